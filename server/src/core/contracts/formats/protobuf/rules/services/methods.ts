import type { Pair, SetPair } from '../../compare/pair.ts';
import type { MethodDescriptor } from '../../descriptor.ts';
import { lacksImport } from '../resolution.ts';
import { bufRule, type Category, type Difference } from '../rule.ts';
import { both, ofFile, then } from '../spots.ts';

const every: [Category, ...Category[]] = ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'];

const service = (rpc: string): string =>
  `syntax = "proto3";\npackage shop.v1;\nmessage Id {}\nmessage Key {}\nservice Orders {\n  ${rpc}\n}\n`;

export const rpcNoDelete = bufRule('RPC_NO_DELETE', ['FILE', 'PACKAGE'], {
  on: 'service',
  severity: 'error',
  summary: 'A method stays in its service.',
  messages: {
    deleted:
      'Method {name} is gone: clients that are deployed go on calling it and get UNIMPLEMENTED. Keep it, marked `deprecated`, until no client calls it.',
  },
  explanation: `A call names its method in its path (\`/shop.v1.Orders/Get\`). A server built from the new file answers \`UNIMPLEMENTED\` (HTTP 404 with
Connect and most gateways). Renaming is deleting and adding. Mark the method with \`option deprecated = true;\`, watch its calls, and delete it when
there are none.`,
  examples: [
    {
      title: 'A method is deleted',
      before: service('rpc Get(Id) returns (Id);'),
      after: service(''),
      fires: true,
    },
  ],
  *check(pair) {
    if (pair.after.incomplete) return;
    const left = new Set(pair.after.methods.map(({ name }) => name));
    for (const method of pair.before.methods) {
      if (left.has(method.name)) continue;
      const { fullName: name } = method;
      yield { ...both(pair), messageId: 'deleted', args: { name }, was: then(method), object: name };
    }
  },
});

const types = `Requests and responses do not carry the names of their types. A server reads whatever bytes arrive as its own type: numbers that both types have
are read with the other's meaning, the rest is unknown, and nothing reports an error. Generated stubs change their signatures, so callers stop
compiling. A new type belongs to a new method; a few more fields belong to the old type.`;

export const rpcSameRequestType = bufRule('RPC_SAME_REQUEST_TYPE', every, {
  on: 'method',
  severity: 'error',
  summary: 'A method keeps its request type.',
  messages: {
    changed:
      '{name} takes {after} instead of {before}: a new server reads the bytes of old clients as another message, field by field and without an error. Add a method for the new type.',
  },
  explanation: types,
  examples: [
    {
      title: 'The request has another type',
      before: service('rpc Get(Id) returns (Id);'),
      after: service('rpc Get(Key) returns (Id);'),
      fires: true,
    },
  ],
  *check(pair, sides) {
    const [before, after] = [pair.before.input, pair.after.input];
    if (before !== after && isResolved(after, pair.after, sides))
      yield { ...changed(pair, before, after), ...both(pair, ({ inputSpan }) => inputSpan) };
  },
});

export const rpcSameResponseType = bufRule('RPC_SAME_RESPONSE_TYPE', every, {
  on: 'method',
  severity: 'error',
  summary: 'A method keeps its response type.',
  messages: {
    changed:
      '{name} returns {after} instead of {before}: old clients read the bytes of a new server as another message, field by field and without an error. Add a method for the new type.',
  },
  explanation: types,
  examples: [
    {
      title: 'The response has another type',
      before: service('rpc Get(Id) returns (Id);'),
      after: service('rpc Get(Id) returns (Key);'),
      fires: true,
    },
  ],
  *check(pair, sides) {
    const [before, after] = [pair.before.output, pair.after.output];
    if (before !== after && isResolved(after, pair.after, sides))
      yield { ...changed(pair, before, after), ...both(pair, ({ outputSpan }) => outputSpan) };
  },
});

const streams = `A unary side sends exactly one message, a streaming side any number. An old peer that expects one takes the first and fails on the second (or
on none); one that streams to a unary peer is cut off with \`INTERNAL\` or \`UNIMPLEMENTED\`. Stubs change their signatures too. Add a method beside the old one.`;

export const rpcSameClientStreaming = bufRule('RPC_SAME_CLIENT_STREAMING', every, {
  on: 'method',
  severity: 'error',
  summary: 'A method keeps streaming, or not streaming, its requests.',
  messages: {
    changed:
      'Requests of {name} change from {before} to {after}: old clients and new servers disagree on how many messages a call has, and calls fail. Add a method for the new form.',
  },
  explanation: streams,
  examples: [
    {
      title: 'Requests become a stream',
      before: service('rpc Put(Id) returns (Id);'),
      after: service('rpc Put(stream Id) returns (Id);'),
      fires: true,
    },
  ],
  *check(pair) {
    const [before, after] = [form(pair.before.clientStreaming), form(pair.after.clientStreaming)];
    if (before !== after) yield { ...changed(pair, before, after), ...both(pair) };
  },
});

export const rpcSameServerStreaming = bufRule('RPC_SAME_SERVER_STREAMING', every, {
  on: 'method',
  severity: 'error',
  summary: 'A method keeps streaming, or not streaming, its responses.',
  messages: {
    changed:
      'Responses of {name} change from {before} to {after}: old clients and new servers disagree on how many messages a call has, and calls fail. Add a method for the new form.',
  },
  explanation: streams,
  examples: [
    {
      title: 'Responses become a stream',
      before: service('rpc Get(Id) returns (Id);'),
      after: service('rpc Get(Id) returns (stream Id);'),
      fires: true,
    },
  ],
  *check(pair) {
    const [before, after] = [form(pair.before.serverStreaming), form(pair.after.serverStreaming)];
    if (before !== after) yield { ...changed(pair, before, after), ...both(pair) };
  },
});

export const rpcSameIdempotencyLevel = bufRule('RPC_SAME_IDEMPOTENCY_LEVEL', every, {
  on: 'method',
  severity: 'error',
  summary: 'A method keeps its idempotency level.',
  messages: {
    changed:
      '{name} changes idempotency_level from {before} to {after}: clients that are deployed retry it, or send it as HTTP GET, by the old level. Keep the level, or add a method.',
  },
  explanation: `\`NO_SIDE_EFFECTS\` lets Connect clients send a call as a cacheable GET, and \`IDEMPOTENT\` lets clients and proxies retry one that may have
arrived. Clients have the level compiled in. Taken away on the server, their retries do things twice and their GETs are refused; added, nothing
breaks, but only new clients use it. buf reports both directions.`,
  examples: [
    {
      title: 'A level is taken away',
      before: service('rpc Get(Id) returns (Id) { option idempotency_level = NO_SIDE_EFFECTS; }'),
      after: service('rpc Get(Id) returns (Id);'),
      fires: true,
    },
  ],
  *check(pair) {
    const [before, after] = [level(pair.before), level(pair.after)];
    if (before === after) return;
    yield {
      ...changed(pair, before, after),
      at: ofFile('after', pair.after.file, levelSpan(pair.after)),
      was: ofFile('before', pair.before.file, levelSpan(pair.before) ?? pair.before.span),
    };
  },
});

function changed({ before: { fullName: name } }: Pair<MethodDescriptor>, before: string, after: string) {
  return { messageId: 'changed', args: { name, before, after }, object: name } satisfies Partial<Difference>;
}

function isResolved(name: string, { file }: MethodDescriptor, { after }: SetPair): boolean {
  return after.message(name) !== undefined || lacksImport(file);
}

function form(streaming: boolean): string {
  return streaming ? 'a stream' : 'one message';
}

function level({ options }: MethodDescriptor): string {
  const value = options.get('idempotency_level')?.value;
  return value?.kind === 'identifier' ? value.value : 'IDEMPOTENCY_UNKNOWN';
}

function levelSpan({ options }: MethodDescriptor) {
  return options.get('idempotency_level')?.span;
}
