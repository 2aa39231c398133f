import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exchangesOf } from '#core/contracts/formats/avro/compare/exchanges.ts';
import { incompatibilityKinds } from '#core/contracts/formats/avro/compare/incompatibility.ts';
import { resolve } from '#core/contracts/formats/avro/compare/resolution.ts';
import { newSession } from '#core/contracts/formats/avro/compare/session.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import type { AvroSet } from '#core/contracts/formats/avro/link.ts';
import { pairCalls } from '#core/contracts/formats/avro/messages.ts';
import { parseAvdl } from '#core/contracts/formats/avro/parse/avdl/parser.ts';
import { parseAvpr } from '#core/contracts/formats/avro/parse/avpr.ts';
import { type Direction, modes } from '#core/contracts/formats/avro/profiles.ts';
import { readTree } from '#core/contracts/formats/avro/read.ts';
import type { AvroFile, ReferenceSchema, Schema } from '#core/contracts/formats/avro/schema.ts';
import { subjectsOf } from '#core/contracts/formats/avro/subjects.ts';
import { applyFixes } from '../core/contracts/avro/apply.ts';
import { type Answer, type Apache, type Question, startApache } from './support/avro/apache.ts';
import { dump, dumpField } from './support/avro/dump.ts';
import { type Random, randomOf, schema, typeNames } from './support/avro/generate.ts';
import { idlCases } from './support/avro/idl-cases.ts';
import { broken, mistyped, mutated } from './support/avro/mutate.ts';
import { ourCompatibility, readAlone } from './support/avro/ours.ts';
import { idlOf, mutatedProtocol, protocol } from './support/avro/protocols.ts';
import { isWithoutNamespaces, split } from './support/avro/split.ts';

/**
 * Apache Avro Java over generated schemas: whether it reads them, what it says of a reader and a writer (kinds, locations, words, in
 * order), and what that makes of each of our profiles.
 */
const factor = Number(process.env.SW_ORACLE_FACTOR ?? 1);
const seed = Number(process.env.SEED ?? 1);
let apache: Apache;
before(async () => {
  apache = await startApache();
});
const folder = mkdtempSync(join(tmpdir(), 'schemaward-avro-'));
after(async () => {
  await apache.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seen = new Set<string>();

test('readers and writers: the same incompatibilities', async () => {
  const random = randomOf(seed);
  const pairs = Array.from({ length: 6000 * factor }, () => pairOf(random));
  const answers = await apache.ask(pairs.map((pair) => ({ ask: 'compatibility', ...pair })));
  for (const [at, { reader, writer }] of pairs.entries()) {
    const theirs = answers[at] as Answer;
    const ours = ourCompatibility(reader, writer);
    const about = `reader ${reader}\nwriter ${writer}\nJava: ${theirs.refused}\nours: ${ours.refused}`;
    assert.equal(ours.refused === undefined, theirs.refused === undefined, about);
    assert.deepEqual(ours.incompatibilities, theirs.incompatibilities, about);
    for (const one of theirs.incompatibilities ?? []) seen.add(one.slice(0, one.indexOf('@')));
  }
});

test('every kind of incompatibility was met', () => {
  assert.deepEqual([...seen].sort(), [...incompatibilityKinds].sort());
});

test('schemas: the same are refused, for the same reason', async () => {
  const random = randomOf(seed + 1);
  const texts = Array.from({ length: 5000 * factor }, () => JSON.stringify(broken(random, schema(random))));
  const answers = await apache.ask(texts.map((text) => ({ ask: 'schema', text })));
  for (const [at, text] of texts.entries()) {
    const { refused } = answers[at] as Answer;
    const problems = readAlone(text).problems.map(({ message }) => message);
    assert.equal(problems.length > 0, refused !== undefined, `${text}\nJava: ${refused}\nours: ${problems.join('\n')}`);
    if (refused !== undefined && !isOtherwiseSaid(refused))
      assert.ok(
        problems.some((one) => sameReason(one, refused)),
        `${text}\nJava: ${refused}\nours: ${problems.join('\n')}`,
      );
  }
});

test('documents: the same are no JSON', async () => {
  const random = randomOf(seed + 2);
  const texts = Array.from({ length: 5000 * factor }, () => mistyped(random, JSON.stringify(schema(random))));
  const answers = await apache.ask(texts.map((text) => ({ ask: 'schema', text })));
  for (const [at, text] of texts.entries()) {
    const { refused } = answers[at] as Answer;
    const { problems } = readAlone(text);
    assert.equal(problems.length > 0, refused !== undefined, `${text}\nJava: ${refused}\n${JSON.stringify(problems)}`);
  }
});

test('nesting: the depth at which a document is refused', async () => {
  for (const depth of [498, 499, 500, 501, 5000]) {
    const text = `${'{"type":"array","items":'.repeat(depth * 2)}"int"${'}'.repeat(depth * 2)}`;
    const [answer] = await apache.ask([{ ask: 'schema', text }]);
    assert.equal(readAlone(text).problems.length > 0, answer?.refused !== undefined, `${depth} ${answer?.refused}`);
  }
});

test('profiles: what Apache says of every version and direction, in order', async () => {
  const random = randomOf(seed + 3);
  for (let count = 300 * factor; count > 0; count -= 1) await compareProfiles(random);
});

test('several files: the same incompatibilities as of one', async () => {
  const random = randomOf(seed + 7);
  const cases = Array.from({ length: 3000 * factor }, () => pairOf(random)).filter(({ reader, writer }) =>
    [reader, writer].every((text) => isWithoutNamespaces(JSON.parse(text)) && readAlone(text).problems.length === 0),
  );
  const answers = await apache.ask(cases.map((pair) => ({ ask: 'compatibility', ...pair })));
  for (const [at, pair] of cases.entries()) {
    const { refused, incompatibilities = [] } = answers[at] as Answer;
    if (refused !== undefined) continue;
    const own = new Set(typeNames.filter(() => random.chance(0.4)));
    const [reader, writer] = [pair.reader, pair.writer].map((text) => setOf(split(random, JSON.parse(text), own)));
    assert.ok(reader && writer);
    const found = resolve(newSession(reader.set, writer.set), reader.main, writer.main).incompatibilities;
    const ours = found.map(({ kind, message }) => `${kind} : ${message}`).sort();
    const theirs = incompatibilities.map((one) => one.replace(/@\S+/, '')).sort();
    assert.deepEqual(ours, theirs, `${[...own]}\nreader ${pair.reader}\nwriter ${pair.writer}`);
  }
});

function setOf(files: ReadonlyMap<string, string>): { readonly set: AvroSet; readonly main: Schema } {
  const set = readTree(new Map([...files].map(([path, text]) => [path, { path: `/repo/${path}`, text }])));
  const main = set.files.get('main.avsc')?.main;
  assert.ok(main);
  return { set, main };
}

test('fixes: what Apache found is gone, and the schema is one', async () => {
  const random = randomOf(seed + 6);
  const made = new Set<string>();
  for (let count = 60 * factor; count > 0; count -= 1) await judgeFixes(random, made);
  const never = (avro.fixes ?? []).map(({ id }) => id).filter((id) => !made.has(id) && !ofRulesBeyond.has(id));
  assert.deepEqual(never, []);
});

/** Apache has no word for what they answer. */
const ofRulesBeyond: ReadonlySet<string> = new Set([
  'avro-default-branch-first',
  'avro-restore-default',
  'avro-restore-file',
  'avro-restore-message',
  'avro-restore-one-way',
]);

async function judgeFixes(random: Random, made: Set<string>): Promise<void> {
  const asked: { readonly ask: Question; readonly about: string; readonly line: string }[] = [];
  for (let pairs = 40; pairs > 0; pairs -= 1) {
    const { reader: old, writer: now } = pairOf(random);
    if ([old, now].some((text) => readAlone(text).problems.length > 0)) continue;
    const direction = random.pick<Direction>(['BACKWARD', 'FORWARD']);
    const request = { before: [{ name: 'main', tree: treeOf(old) }], after: treeOf(now), profile: `avro:${direction}` };
    for (const finding of avro.compare(request).findings)
      for (const { fix, refused, files } of applyFixes(finding, request)) {
        if (refused !== undefined) continue;
        made.add(fix);
        const text = files['schema.avsc'] ?? '';
        const line = `${finding.peerRule}@${finding.args.location} : ${finding.args.message}`;
        asked.push({
          ask: question(direction, old, text),
          line,
          about: `${fix}\nold ${old}\nnow ${now}\nmade ${text}`,
        });
      }
  }
  const answers = await apache.ask(asked.map(({ ask }) => ask));
  for (const [at, { line, about }] of asked.entries()) {
    const { refused, incompatibilities = [] } = answers[at] as Answer;
    // Of other fields, as they were: Java gives no answer about the pair before either, or only because it got no further.
    if (refused?.includes('matches multiple fields') === true) continue;
    assert.equal(refused, undefined, about);
    assert.ok(!incompatibilities.includes(line), `${line}\n${about}`);
  }
}

test('IDL: the same files are refused, the others mean the same', async () => {
  const answers = await askIdl(idlCases);
  for (const [at, text] of idlCases.entries()) compareIdl(text, answers[at] as Answer);
});

test('IDL: generated files, whole and mistyped', async () => {
  const random = randomOf(seed + 4);
  const texts = Array.from({ length: 700 * factor }, () => {
    const text = idlOf(random, schema(random));
    return random.chance(0.6) ? text : mistyped(random, text);
  });
  const answers = await askIdl(texts);
  for (const [at, text] of texts.entries()) compareIdl(text, answers[at] as Answer);
});

test('protocols: the same are refused, the others mean the same', async () => {
  const random = randomOf(seed + 5);
  const texts = Array.from({ length: 2000 * factor }, () => {
    const whole = protocol(random);
    return JSON.stringify(random.chance(0.4) ? whole : broken(random, whole));
  });
  const answers = await apache.ask(texts.map((text) => ({ ask: 'protocol', text })));
  for (const [at, text] of texts.entries()) {
    const { refused, protocol: theirs } = answers[at] as Answer;
    const { file, problems } = readAlone(text, parseAvpr);
    const about = `${text}\nJava: ${refused}\nours: ${problems.map(({ message }) => message).join('\n')}`;
    assert.equal(problems.length > 0, refused !== undefined, about);
    if (theirs === undefined || !isPrintable(file)) continue;
    assert.deepEqual(dumpProtocol(file), dumpProtocol(readAlone(theirs, parseAvpr).file), about);
  }
});

test('messages: the same incompatibilities of requests, responses and errors', async () => {
  const random = randomOf(seed + 8);
  const pairs = protocolPairs(random, 2500 * factor);
  const answers = await apache.ask(pairs.map((pair) => ({ ask: 'messages', ...pair })));
  const parts = new Set<string>();
  for (const [at, { client, server }] of pairs.entries()) {
    const { refused, incompatibilities = [] } = answers[at] as Answer;
    const about = `client ${client}\nserver ${server}\nJava: ${refused}`;
    if (refused?.includes('matches multiple fields') === true) continue;
    assert.equal(refused, undefined, about);
    const [asking, serving] = [readAlone(client, parseAvpr), readAlone(server, parseAvpr)];
    for (const asked of ['BACKWARD', 'FORWARD'] as const) {
      const before = asked === 'BACKWARD' ? asking : serving;
      const now = asked === 'BACKWARD' ? serving : asking;
      const sessions = { BACKWARD: newSession(now.set, before.set), FORWARD: newSession(before.set, now.set) };
      const exchanges = exchangesOf(pairCalls(subjectIn(before), subjectIn(now), now.set).pairs, asked);
      const ours = exchanges.flatMap(({ call, part, direction, reader, writer }) =>
        resolve(sessions[direction], reader, writer).incompatibilities.map(
          (one) => `${call.message.name} ${part} ${one.kind}@${one.location} : ${one.message}`,
        ),
      );
      assert.deepEqual(ours.toSorted(), incompatibilities.toSorted(), `${asked}\n${about}`);
      compareTold(asked, before.file, now.file, incompatibilities, about);
    }
    for (const one of incompatibilities) parts.add(one.split(' ').slice(1, 3).join(' ').replace(/@.*/, ''));
  }
  // Others than the usual seed meet fewer of the rare ones.
  assert.ok(parts.size >= (seed === 1 ? 12 : 8), [...parts].sort().join(', '));
});

/** Findings of calls are Java's; all that Java says is told, if not of a call, of a type that others read as data. */
function compareTold(
  asked: Direction,
  before: AvroFile,
  now: AvroFile,
  theirs: readonly string[],
  about: string,
): void {
  const [old, after] = [before, now].map(({ content }) => new Map([['mail.avpr', content]]));
  assert.ok(old && after);
  const { findings } = avro.compare({ before: [{ name: 'v1', tree: old }], after, profile: `avro:${asked}` });
  const said = new Set(theirs.map((one) => one.slice(one.indexOf(' ', one.indexOf(' ') + 1) + 1).replace(/@\S+/, '')));
  const told = findings.filter(({ peerRule }) => peerRule !== undefined);
  const all = new Set(told.map(({ peerRule, args }) => `${peerRule} : ${args.message}`));
  const ofCalls = told.filter(({ args }) => args.call !== undefined);
  for (const { peerRule, args } of ofCalls) assert.ok(said.has(`${peerRule} : ${args.message}`), about);
  for (const one of said) assert.ok(all.has(one), `${one}\n${about}`);
}

function subjectIn({ set }: Pick<ReturnType<typeof readAlone>, 'set'>) {
  const [subject] = subjectsOf(set);
  assert.ok(subject);
  return subject;
}

function protocolPairs(random: Random, count: number): readonly { readonly client: string; readonly server: string }[] {
  const isRead = (text: string): boolean => readAlone(text, parseAvpr).problems.length === 0;
  return Array.from({ length: count }, () => {
    const one = protocol(random);
    const [client, server] = [one, mutatedProtocol(random, one)].map((value) => JSON.stringify(value));
    return { client: client ?? '', server: server ?? '' };
  }).filter(({ client, server }) => isRead(client) && isRead(server));
}

test('fixes of messages: what Apache found is gone, and the protocol is one', async () => {
  const random = randomOf(seed + 10);
  const asked: { readonly ask: Question; readonly line: string; readonly had: number; readonly about: string }[] = [];
  const made = new Set<string>();
  for (const { client: old, server: now } of protocolPairs(random, 1200 * factor))
    for (const direction of ['BACKWARD', 'FORWARD'] as const) {
      const [before, after] = [old, now].map((text) => new Map([['p.avpr', { path: '/p.avpr', text }]]));
      assert.ok(before && after);
      const request = { before: [{ name: 'v1', tree: before }], after, profile: `avro:${direction}` };
      const told = avro.compare(request).findings;
      const lineOf = ({ peerRule, args }: (typeof told)[number]): string =>
        `${peerRule}@${args.location} : ${args.message}`;
      for (const finding of told.filter(({ args, peerRule }) => args.call !== undefined && peerRule !== undefined))
        for (const { fix, refused, files } of applyFixes(finding, request)) {
          if (refused !== undefined) continue;
          made.add(fix);
          const text = files['p.avpr'] ?? '';
          const [client, server] = direction === 'BACKWARD' ? [old, text] : [text, old];
          asked.push({
            ask: { ask: 'messages', client, server },
            line: lineOf(finding),
            had: told.filter((one) => lineOf(one) === lineOf(finding)).length,
            about: `${fix} ${direction}\nold ${old}\nnow ${now}\nmade ${text}`,
          });
        }
    }
  assert.ok(made.size > 6, [...made].join(', '));
  const answers = await apache.ask(asked.map(({ ask }) => ask));
  for (const [at, { line, had, about }] of asked.entries()) {
    const { refused, incompatibilities = [] } = answers[at] as Answer;
    if (refused?.includes('matches multiple fields') === true) continue;
    assert.equal(refused, undefined, about);
    const left = incompatibilities.filter((one) => one.endsWith(` ${line}`)).length;
    // A type may stand in several messages, each of them told by Apache.
    if (had === 1 && !line.includes('/type')) assert.equal(left, 0, `${line}\n${about}`);
  }
});

test('calls: a server of now answers a client of before, or refuses it', async () => {
  const sent = (fields: string): string => `{"type": "record", "name": "Sent", "fields": [${fields}]}`;
  const field = (name: string, more = ''): string => `{"name": "${name}", "type": "long"${more}}`;
  const protocolOf = (message: string, types = ''): string =>
    `{"protocol": "P", "types": [${types}], "messages": {${message}}}`;
  const asking = (request: string): string => protocolOf(`"m": {"request": [${request}], "response": "null"}`);
  const answering = (fields: string): string => protocolOf('"m": {"request": [], "response": "Sent"}', sent(fields));
  const oneWay = protocolOf('"m": {"request": [], "response": "null", "one-way": true}');
  const gone = protocolOf('');
  const cases: readonly (readonly [client: string, server: string, refused?: RegExp])[] = [
    [asking(''), asking('')],
    [oneWay, oneWay],
    [asking(''), oneWay, /^AvroRuntimeException: Not both one-way messages/],
    [oneWay, asking(''), /^AvroRuntimeException: Not both one-way messages/],
    [asking(''), gone, /^AvroRuntimeException: Not a remote message/],
    [oneWay, gone, /^AvroRuntimeException: Not a remote message/],
    [asking(''), asking(field('a')), /missing required field a/],
    [asking(''), asking(field('a', ', "default": 1'))],
    [asking(field('a')), asking('')],
    [asking('{"name": "a", "type": "string"}'), asking(field('a')), /Found string, expecting long/],
    [answering(''), answering(field('a'))],
    [answering(field('a')), answering(''), /missing required field a/],
    [answering(field('a', ', "default": 1')), answering('')],
  ];
  for (const [client, server, refused] of cases) {
    const [answer] = await apache.ask([{ ask: 'call', client, server, message: 'm' }]);
    const [before, after] = [client, server].map((text) => new Map([['p.avpr', { path: '/p.avpr', text }]]));
    assert.ok(before && after);
    const { findings } = avro.compare({ before: [{ name: 'v1', tree: before }], after, profile: 'avro:BACKWARD' });
    const about = `${client}\n${server}\n${answer?.refused}`;
    assert.match(answer?.called === true ? 'called' : (answer?.refused ?? ''), refused ?? /^called$/, about);
    assert.equal(findings.length > 0, refused !== undefined, about);
  }
});

/** What Java prints can be read again: within a namespace a name without one, or one of two equal ones, means another type there. */
function isPrintable({ types }: AvroFile): boolean {
  const all = [...types.values()];
  const names = new Set(all.map(({ name }) => name.simple));
  const full = all.flatMap(({ name, aliases }) => [name.full, ...aliases.map((alias) => alias.name)]);
  const withSpace = full.filter((name) => name.includes('.')).length;
  return names.size === all.length && (withSpace === 0 || withSpace === full.length);
}

/** Types by name, for Java prints a type where it is met first. */
function dumpProtocol(file: AvroFile): unknown {
  const set = { find: ({ known, name }: ReferenceSchema) => known ?? file.types.get(name) };
  const types = [...file.types.values()].map((one) => dump(one, set));
  const messages = file.protocol?.messages.map(({ name, request, response, errors, oneWay }) => ({
    name,
    request: request.map((one) => dumpField(one, set)),
    response: dump(response, set),
    errors: errors.map((one) => dump(one, set)),
    oneWay,
  }));
  return {
    name: file.protocol?.name,
    namespace: file.protocol?.namespace,
    types: new Set(types.map((one) => JSON.stringify(one))),
    messages,
  };
}

async function askIdl(texts: readonly string[]): Promise<readonly Answer[]> {
  const questions = texts.map((text, at): Question => {
    const path = join(folder, `${at}.avdl`);
    writeFileSync(path, text);
    return { ask: 'idl', path };
  });
  return apache.ask(questions);
}

function compareIdl(text: string, { refused, types, schema: main }: Answer): void {
  const { file, set, problems } = readAlone(text, parseAvdl);
  const about = `${text}\nJava: ${refused}\nours: ${problems.map(({ message }) => message).join('\n')}`;
  // An import that is not there is no reason for us: it may lie where Java finds it and we do not.
  if (refused?.includes('Error importing') !== true) assert.equal(problems.length > 0, refused !== undefined, about);
  if (refused !== undefined || !isPrintable(file)) return;
  // A file's own schema comes first in Java, wherever it is defined.
  const theirs = Object.fromEntries(Object.entries(types ?? {}).map(([name, one]) => [name, dumpText(one)]));
  const ours = Object.fromEntries([...file.types].map(([name, one]) => [name, dump(one, set)]));
  assert.deepEqual(ours, theirs, about);
  if (main !== undefined && file.main !== undefined) assert.deepEqual(dump(file.main, set), dumpText(main), about);
}

function dumpText(text: string): unknown {
  const { file, set } = readAlone(text);
  return file.main === undefined ? undefined : dump(file.main, set);
}

async function compareProfiles(random: Random): Promise<void> {
  const newest = schema(random);
  const versions = [mutated(random, newest), mutated(random, mutated(random, newest))].map((one) =>
    JSON.stringify(one),
  );
  const now = JSON.stringify(newest);
  if ([now, ...versions].some((text) => readAlone(text).problems.length > 0)) return;
  for (const mode of modes) {
    const asked = mode.transitive ? versions : versions.slice(0, 1);
    const answers = await apache.ask(asked.flatMap((old) => mode.directions.map((one) => question(one, old, now))));
    if (answers.some(({ refused }) => refused !== undefined)) return;
    const theirs = answers.flatMap(({ incompatibilities }) => incompatibilities ?? []);
    const { findings } = avro.compare({
      before: versions.map((text, at) => ({ name: `v${at}`, tree: treeOf(text) })),
      after: treeOf(now),
      profile: mode.profile.name,
    });
    const ours = findings.map(({ peerRule, args }) => `${peerRule}@${args.location} : ${args.message}`);
    const about = `${mode.profile.name}\nnow ${now}\nbefore ${versions.join('\n')}`;
    if (mode.transitive) assert.deepEqual([...new Set(ours)].sort(), [...new Set(theirs)].sort(), about);
    else assert.deepEqual(ours, theirs, about);
  }
}

function treeOf(text: string) {
  return new Map([['schema.avsc', { path: '/repo/schema.avsc', text }]]);
}

function question(direction: Direction, before: string, now: string): Question {
  const [reader, writer] = direction === 'BACKWARD' ? [now, before] : [before, now];
  return { ask: 'compatibility', reader, writer };
}

function pairOf(random: Random): { readonly reader: string; readonly writer: string } {
  const one = schema(random);
  const other = mutated(random, one);
  const [reader, writer] = random.chance(0.5) ? [one, other] : [other, one];
  return { reader: JSON.stringify(reader), writer: JSON.stringify(writer) };
}

/** Java's reason begins as ours does, whatever it prints of the schema behind it. */
function sameReason(ours: string, theirs: string): boolean {
  const reason = theirs.slice(theirs.indexOf(': ') + 2);
  return reason.slice(0, 9) === ours.slice(0, 9);
}

/** What Java stumbles over without a reason of its own, and names that it misses under a made-up one. */
function isOtherwiseSaid(refused: string): boolean {
  return /^(NullPointer|NumberFormat|IllegalArgument)Exception/.test(refused) || refused.includes('UnresolvedSchema');
}
