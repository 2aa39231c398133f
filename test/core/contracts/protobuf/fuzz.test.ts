import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ProtoSet } from '#core/contracts/formats/protobuf/descriptor.ts';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';
import type { Span } from '#core/model/text.ts';
import { protoText } from '../../../support/proto-model.ts';
import { protoSet, randomLayout, seeded } from '../../../support/proto-sets.ts';

const folder = join(import.meta.dirname, '../../../fixtures/protobuf/shaped');
const shaped = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.proto'))
  .map((path) => readFileSync(join(folder, path), 'utf8'));
const random = seeded(5);
const made = Array.from({ length: 3 }, () => {
  const layout = randomLayout(random);
  return protoSet(random, 'p', 4).map((file) => protoText(file, layout));
}).flat();

function linked(text: string): ProtoSet {
  return linkProtos(new Map([['a.proto', readProto({ path: '/a.proto', text })]]));
}

/** Every place is in the text, and every problem says something. */
function sound(text: string): void {
  const set = linked(text);
  const inText = ({ start, end }: Span) =>
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end} of ${text}`);
  for (const { span, message } of set.problems) {
    inText(span);
    assert.match(message, /\S.*[.?]$/);
  }
  for (const message of set.messages.values()) {
    if (message.file.path !== 'a.proto') continue;
    inText(message.span);
    for (const field of message.fields) for (const span of [field.span, field.nameSpan, field.numberSpan]) inText(span);
  }
}

test('every prefix is read', () => {
  for (const text of [...shaped, ...made.slice(0, 2)])
    for (let end = 0; end <= text.length; end += text.length > 1000 ? 3 : 1) sound(text.slice(0, end));
});

test('files without some of their words, with words of others, or cut together are read', () => {
  const texts = [...shaped, ...made];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const words = texts.flatMap((text) => text.match(/\w+|[^\w\s]|\s+/g) ?? []);
  for (let round = 0; round < 800; round++) {
    const text = pick(texts);
    const tokens = text.match(/\w+|[^\w\s]|\s+/g) ?? [];
    for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) {
      const at = Math.floor(random() * tokens.length);
      const roll = random();
      if (roll < 0.4) tokens.splice(at, 1 + Math.floor(random() * 3));
      else if (roll < 0.7) tokens.splice(at, 0, pick(words));
      else if (roll < 0.9)
        tokens[at] = pick([
          '"',
          "'",
          '/*',
          '//',
          '{',
          '}',
          '[',
          '(',
          '\ufeff',
          '\0',
          '🙂',
          '\ud800',
          '\r',
          ';',
          '.',
          '-',
        ]);
      else
        tokens.splice(
          at,
          0,
          ...(pick(texts)
            .slice(0, 200)
            .match(/\w+|[^\w\s]|\s+/g) ?? []),
        );
    }
    sound(tokens.join(''));
  }
});

test('a broken line in a well laid out file leaves all other elements as they are', () => {
  for (let round = 0; round < 300; round++) {
    const text = protoText(protoSet(random, 'p', 1)[0]!);
    const lines = text.split('\n');
    const fields = lines.flatMap((line, index) => (/^ +[\w.<>, ]+ \w+ = \d+[^{]*;$/.test(line) ? [index] : []));
    if (fields.length === 0) continue;
    const at = fields[Math.floor(random() * fields.length)]!;
    const line = lines[at]!;
    const name = / (\w+) = /.exec(line)?.[1];
    const cut = line.trimEnd().slice(0, line.search(/\S/) + 1 + Math.floor(random() * (line.trim().length - 2)));
    const names = (set: ProtoSet) =>
      [...set.messages.values(), ...set.enums.values()]
        .filter(({ file }) => file.path === 'a.proto')
        .flatMap((it) => ['values' in it ? it.values : it.fields].flat().map(({ fullName }) => fullName))
        .filter((fullName) => !fullName.endsWith(`.${name}`));
    const broken = linked(lines.with(at, cut).join('\n'));
    const gone = names(linked(text)).filter((fullName) => !names(broken).includes(fullName));
    // The entry of a map that is no longer one.
    const others = gone.filter((fullName) => !/Entry\.(key|value)$/.test(fullName));
    assert.deepEqual(
      others,
      [],
      `${lines.slice(Math.max(0, at - 2), at).join('\n')}\n${cut}\n${lines.slice(at + 1, at + 3).join('\n')}`,
    );
    assert.ok(broken.problems.length > 0);
  }
});

test('what a half-typed statement hides is known to be incomplete', () => {
  const incomplete = (text: string) => {
    const set = linked(`syntax = "proto3";\n${text}`);
    const own = [...set.messages.values(), ...set.enums.values(), ...set.services.values()].filter(
      ({ file }) => file.path === 'a.proto',
    );
    const names = own.flatMap((it) => (it.incomplete ? [it.name] : []));
    return [...(set.files.get('a.proto')?.incomplete ? ['file'] : []), ...names].sort();
  };
  assert.deepEqual(incomplete('message A { int32 x = 1; }\nenum E { Z = 0; }'), []);
  assert.deepEqual(incomplete('message A {\n  int32 x\n}\nmessage B {}'), ['A']);
  assert.deepEqual(incomplete('message A {\n  oneof o {\n    int32 x\n  }\n}\nmessage B {}'), ['A']);
  assert.deepEqual(incomplete('message A {\n  )\n}\nmessage B {}'), ['A']);
  assert.deepEqual(incomplete('message A {\n  message C {\n    int32 x\n  }\n}\n'), ['C']);
  assert.deepEqual(incomplete('message A {\n  message\n  int32 x = 1;\n}\n'), ['A']);
  assert.deepEqual(incomplete('enum E {\n  Z = 0;\n  Y\n}\nservice S {\n  rpc\n}\n'), ['E', 'S']);
  assert.deepEqual(incomplete('message A {}\nmess\nmessage B {}\n'), ['file']);
  assert.deepEqual(incomplete('message A {\n  int32 x = 1;\n\nmessage B {}\n'), ['A', 'file']);
});

test('long files cost what they are long', () => {
  // Time of the processor, and the better of two: other processes are no part of it.
  const time = (text: string) =>
    Math.min(
      ...[1, 2].map((run) => {
        const start = process.cpuUsage().user;
        linked(text + ' '.repeat(run));
        return (process.cpuUsage().user - start) / 1000;
      }),
    );
  const shapes: readonly ((lines: number) => string)[] = [
    (lines) =>
      `message A {\n${Array.from({ length: lines }, (_, at) => `  optional int32 f${at} = ${at + 1};`).join('\n')}\n}\n`,
    (lines) => 'message A {}\n'.repeat(lines),
    (lines) => 'message A {\n'.repeat(lines),
    (lines) => 'a.\n'.repeat(lines),
    (lines) => 'option (a) = {\n'.repeat(lines),
    (lines) => '/*\n*/'.repeat(lines),
    (lines) => '"\n'.repeat(lines),
    (lines) => `enum E { ${'reserved 1 to 2; '.repeat(lines)} }`,
    (lines) => `message A { ${'reserved 1 to max; '.repeat(lines)} int32 x = 1; }`,
  ];
  for (const shape of shapes) {
    const [short, long] = [Math.max(20, time(shape(5000))), time(shape(50_000))];
    assert.ok(long < short * 60, `${shape(1).slice(0, 30)}: ${short} and ${long} ms`);
  }
});
