import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { linkFiles } from '#core/contracts/formats/avro/link.ts';
import { parseAvdl } from '#core/contracts/formats/avro/parse/avdl/parser.ts';
import { parseAvpr } from '#core/contracts/formats/avro/parse/avpr.ts';
import { parseAvsc } from '#core/contracts/formats/avro/parse/avsc.ts';
import { problemsOf } from '#core/contracts/formats/avro/problems.ts';
import { readContent } from '#core/contracts/formats/avro/read.ts';
import type { AvroFile, SchemaProblem } from '#core/contracts/formats/avro/schema.ts';
import type { FileContent } from '#core/model/text.ts';
import { saidBy } from './said-by.ts';

let state = 5;
function random(below: number): number {
  state = (state * 1103515245 + 12345) % 2147483648;
  return (state >> 8) % below;
}
function pick<Item>(items: readonly Item[]): Item {
  return items[random(items.length)] as Item;
}

let made = 0;
/** Whether what is made may be wrong, too. */
let wild = true;
const names = ['a', 'b', 'c', 'd', 'e', 'aa', '9', 'ü'];
const typeNames = ['R', 'S', 'n.R', 'm.T', 'int'];
const leaves = [
  '"int"',
  '"string"',
  '"double"',
  '"null"',
  '"R"',
  '"n.R"',
  '"m.T"',
  '["null","long"]',
  '["R","null"]',
  '7',
];
const values = ['1', 'null', '"x"', '[]', '{}', '{}', '{"a": 1}', '"NaN"', '2.5', 'true', '[1, 2]'];

function type(depth: number): string {
  switch (random(depth > 2 ? 2 : 9)) {
    case 0:
    case 1:
    case 2:
      return pick(wild ? leaves : leaves.slice(0, -1));
    case 3:
      return `{"type": "array", "items": ${type(depth + 1)}}`;
    case 4:
      return `{"type": "map", "values": ${type(depth + 1)}, "p": {"q": [${pick(values)}]}}`;
    case 5:
      return wild
        ? `[${type(depth + 1)}, ${type(depth + 1)}]`
        : `["null", {"type": "array", "items": ${type(depth + 1)}}]`;
    case 6:
      return `{"type": "enum", "name": "${name()}", "symbols": ["A", "B"${random(3) === 0 ? ', "C"' : ''}], "default": "A"}`;
    case 7:
      return `{"type": "fixed", "name": "${name()}", "size": 1${random(3)}, "aliases": ["old"], "logicalType": "duration"}`;
    default:
      return record(name(), depth + 1);
  }
}

function numbered(letter: string): string {
  made += 1;
  return `${letter}${made}`;
}

function name(): string {
  return wild && random(2) === 0 ? pick(typeNames) : numbered('T');
}

function field(depth: number, called = wild ? pick(names) : numbered('f')): string {
  const more = [
    random(2) === 0 ? `, "default": ${pick(values)}` : '',
    random(5) === 0 ? `, "aliases": ["${pick(names)}", "z"]` : '',
    random(6) === 0 ? ', "doc": "Deprecated 2030-01-01 {\\"[", "order": "ignore"' : '',
    random(9) === 0 ? ', "name": "twice", "extra": {"k": 1}' : '',
    random(9) === 0 ? ' // why } so\n' : '',
  ];
  return `{    "name": "${called}", "type": ${type(depth)}${more.join('')}}`;
}

function record(called: string, depth = 0): string {
  const fields = Array.from({ length: depth === 0 ? 12 : random(4) }, () => field(depth));
  const space = random(3) === 0 ? `, "namespace": "${pick(['n', 'm', ''])}"` : '';
  return `{"type": "record", "name": "${called}"${space}, "fields": [\n  ${fields.join(',\n  ')}\n]}`;
}

const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '/',
  '/*',
  '*/',
  '//',
  '\\',
  '\n',
  '\r\n',
  ' ',
  'x',
  '"name"',
  '\ufeff',
];

/** As somebody types: a character more or less, a field more, less, or another one, now and then all behind a place gone. */
function edited(text: string, more = pieces): string {
  const at = random(text.length + 1);
  const end = Math.min(text.length, at + random(4));
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + pick(more) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, at) + pick(more) + text.slice(end);
    case 3:
      return random(8) === 0 ? text.slice(0, at) : text.replace(/$/m, '\r');
    default:
      return withField(text);
  }
}

function withField(text: string): string {
  const places = [...text.matchAll(/\{ {4}"name"/g)].map(({ index }) => index);
  const at = pick(places) ?? 0;
  const other = pick(places) ?? 0;
  switch (random(4)) {
    case 0:
      return `${text.slice(0, at)}${field(0)},${text.slice(at)}`;
    case 1:
      return text.slice(0, Math.min(at, other)) + text.slice(Math.max(at, other));
    case 2: {
      const called = /"name": "([^"]*)"/.exec(text.slice(at))?.[1];
      return `${text.slice(0, at)}${field(1, called)}${text.slice(text.indexOf('}', at) + 1)}`;
    }
    default:
      return `${text.slice(0, at)}${text.slice(at, text.indexOf('}', at) + 1)},${text.slice(at)}`;
  }
}

const idlTypes = [
  'int',
  'string?',
  'R',
  'n.R?',
  'union { null, long }',
  'array<map<`int`>>',
  '@logicalType("x;") bytes',
  'decimal(4, 2)',
  'date',
  'array<R>',
  'union { R, R }',
  'void',
];
const idlDocs = [
  '',
  '',
  '/** Deprecated; 2030-01-01 "a */ ',
  '/* b; */ ',
  '// c;\n',
  '/**/',
  '@aliases(["z"]) ',
  '@order("up") ',
];

function statement(): string {
  const more = random(5) === 0 ? `, ${pick(['', '/** d */ '])}${pick(names)}` : '';
  const value = random(2) === 0 ? ` = ${pick(values)}` : '';
  return `${pick(['\n  ', ' ', '\r\n', '\n', random(9) === 0 ? '\ufeff' : ''])}${pick(idlDocs)}${pick(idlTypes)} ${pick(idlDocs)}${pick(names)}${value}${more};`;
}

function idl(): string {
  const declared = Array.from({ length: 3 }, () => {
    const space = random(3) === 0 ? `@namespace("${pick(['n', 'm'])}") ` : '';
    return `${space}record ${pick(['R', 'S', 'T', 'Wide'])} {${Array.from({ length: 6 }, statement).join('')}\n}\n`;
  });
  const all = `${declared.join('')}enum E { A, B } = A;\n`;
  return random(2) === 0
    ? `@namespace("n") protocol P {\n${all} void m(int a = 1); }`
    : `${pick(['', 'namespace n;\n'])}${all}`;
}

function editedIdl(text: string): string {
  return random(3) === 0 ? edited(text, [...pieces, ';', '/**/', '`', '\u001a', '?']) : withStatement(text);
}

/** Statements more, less, twice or elsewhere. */
function withStatement(text: string): string {
  const ends = [...text.matchAll(/;/g)].map(({ index }) => index + 1);
  const [at, other] = [pick(ends) ?? 0, pick(ends) ?? 0];
  const [from, to] = [Math.min(at, other), Math.max(at, other)];
  switch (random(3)) {
    case 0:
      return text.slice(0, at) + statement() + text.slice(at);
    case 1:
      return random(3) === 0 ? text.slice(0, from) + text.slice(to) : text;
    default:
      return text.slice(0, to) + text.slice(from, Math.min(to, from + 40)) + text.slice(to);
  }
}

interface Way {
  readonly read: (content: FileContent) => AvroFile;
  readonly make: () => string;
  readonly edit: (text: string) => string;
}

const ways: Readonly<Record<string, Way>> = {
  'a.avsc': { read: parseAvsc, make: () => record('Wide'), edit: (text) => edited(text) },
  'a.avpr': {
    read: parseAvpr,
    make: () =>
      `{"protocol": "P", "namespace": "n", "types": [${record('A')}, ${record('B', 1)}], "messages": {"m": {"request": [${field(1)}], "response": "null"}}}`,
    edit: (text) => edited(text),
  },
  'a.avdl': { read: parseAvdl, make: idl, edit: editedIdl },
};

test('after any edit a file reads as if nothing had been read before', () => {
  wild = true;
  const shared = new Map<string, number>();
  for (const [path, { read, make, edit }] of Object.entries(ways))
    for (let round = 0; round < 40; round += 1) {
      let text = make();
      for (let edits = 0; edits < 40; edits += 1) {
        const content = { path: `/${path}`, text: padded(text) };
        const again = readContent(content);
        assert.ok(again !== undefined);
        const anew = read({ ...content });
        assert.deepEqual(saidBy(again), saidBy(anew), text);
        assert.deepEqual(problemsIn(again), problemsIn(anew), text);
        shared.set(path, (shared.get(path) ?? 0) + meaningsIn(again));
        // What was wrong is mended now and then, else all texts would end as rubbish.
        text = random(10) === 0 ? make() : edit(text);
      }
    }
  for (const [path, count] of shared) assert.ok(count > 1000, `${path}: ${count} fields were read by themselves`);
});

function meaningsIn({ types }: AvroFile): number {
  const fields = [...types.values()].flatMap((type) => (type.kind === 'record' ? type.fields : []));
  return fields.filter(({ meaning }) => meaning !== undefined).length;
}

test('a default may be of a type that was read by itself', () => {
  const inner = '{"type": "record", "name": "R", "fields": [{"name": "i", "type": "int", "default": 1}]}';
  const fields = `{"name": "a", "type": ${inner}}, {"name": "b", "type": "R", "default": {}}`;
  const file = readContent({ path: '/r.avsc', text: padded(`{"type": "record", "name": "W", "fields": [${fields}]}`) });
  assert.ok(file?.types.get('R')?.meaning !== undefined);
  assert.deepEqual(problemsIn(file), []);
});

test('what a name between backticks means depends on the namespace around', () => {
  for (const space of ['', 'namespace n;', '']) {
    const content = { path: '/b.avdl', text: padded(`${space} record A { int x; \`int\` y; int z; }`) };
    const file = readContent(content);
    assert.ok(file !== undefined);
    assert.deepEqual(saidBy(file), saidBy(parseAvdl({ ...content })));
  }
});

test('after any edit of fields the findings are those of texts that nothing is remembered of', () => {
  let found = 0;
  let noticed = 0;
  for (const path of Object.keys(ways))
    for (let round = 0; round < 50; round += 1) {
      wild = false;
      const old = ways[path]?.make() ?? '';
      const shared = { path: `/old/${path}`, text: padded(old) };
      for (let text = old, edits = 0; edits < 12; edits += 1) {
        const profile = pick(['avro:FULL', 'avro:BACKWARD', 'avro:FORWARD']);
        const ask = (before: FileContent, after: FileContent) => {
          const versions = [{ name: 'old', tree: new Map([[path, before]]) }];
          return avro.compare({ before: versions, after: new Map([[path, after]]), profile, beyond: true });
        };
        // Of what breaks off some is told at the end of the text, which is elsewhere in the longer one.
        if (path === 'a.avdl' && readContent({ path, text })?.incomplete === true) text = old;
        const remembered = ask(shared, { path: `/now/${path}`, text: padded(text) });
        const anew = ask({ path: `/old/${path}`, text: old }, { path: `/now/${path}`, text });
        assert.deepEqual(plain(remembered, text), plain(anew, text), text);
        found += remembered.findings.length;
        noticed += remembered.notices.length;
        wild = random(3) === 0;
        text = path === 'a.avdl' ? withStatement(text) : withField(text);
      }
    }
  assert.ok(found > 500 && noticed > 1000, `${found} findings, ${noticed} notices`);
});

function problemsIn(file: AvroFile): readonly SchemaProblem[] {
  return problemsOf(linkFiles(new Map([[file.content.path, file]])), file);
}

const padding = 64 * 1024;

/** Of long files alone the parts are remembered. */
function padded(text: string): string {
  return text + ' '.repeat(padding);
}

/** What nothing closes ends with the text, before it was made long. */
function plain(comparison: object, text: string): object {
  return JSON.parse(
    JSON.stringify(comparison, (key, value) => (key === 'end' && value > padding ? text.length : value)),
  );
}
