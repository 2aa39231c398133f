import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { applyFixes } from './apply.ts';
import { treeOf } from './compare.ts';

interface Case {
  readonly fix: string;
  readonly file?: string;
  readonly before: string;
  readonly after: string;
  readonly profile?: string;
  /** The text afterwards, or why not. */
  readonly gives: string | { readonly refused: RegExp };
}

const record = (fields: string, rest = ''): string => `{"type": "record", "name": "R"${rest}, "fields": [${fields}]}`;

const protocol = (messages: string): string => `{"protocol": "P", "messages": {${messages}}}`;
const failing = (message: string): string =>
  `{"protocol": "P", "types": [{"type": "error", "name": "E", "fields": []}], "messages": {"a": {${message}}}}`;

const cases: readonly Case[] = [
  {
    fix: 'avro-add-default',
    before: record(''),
    after: record('{"name": "a", "type": {"type": "array", "items": "int"}}'),
    gives: record('{"name": "a", "type": {"type": "array", "items": "int"}, "default": []}'),
  },
  {
    fix: 'avro-add-default',
    before: record(''),
    after: record('\n  {\n    "name": "a",\n    "type": "double"\n  }'),
    gives: record('\n  {\n    "name": "a",\n    "type": "double",\n    "default": 0.0\n  }'),
  },
  {
    fix: 'avro-add-default',
    before: record(''),
    after: record(
      '{"name": "a", "type": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "string"}]}}',
    ),
    gives: record(
      '{"name": "a", "type": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "string"}]}, "default": {"x": ""}}',
    ),
  },
  {
    fix: 'avro-add-default',
    before: record(''),
    after: record('{"name": "next", "type": "R"}'),
    gives: { refused: /suggests itself|further down/ },
  },
  {
    fix: 'avro-add-default',
    file: 'r.avdl',
    before: 'record R {}',
    after: 'record R { string a; }',
    gives: 'record R { string a = ""; }',
  },
  {
    fix: 'avro-make-nullable',
    before: record(''),
    after: record('{"name": "a", "type": "int"}'),
    gives: record('{"name": "a", "type": ["null", "int"], "default": null}'),
  },
  {
    fix: 'avro-make-nullable',
    before: record(''),
    after: record('{"name": "a", "type": ["int", "null"]}'),
    gives: record('{"name": "a", "type": ["null", "int"], "default": null}'),
  },
  {
    fix: 'avro-make-nullable',
    file: 'r.avdl',
    before: 'record R {}',
    after: 'record R { int a; }',
    gives: 'record R { int? a = null; }',
  },
  {
    fix: 'avro-make-nullable',
    file: 'r.avdl',
    before: 'record R {}',
    after: 'record R { array<int> a; }',
    gives: 'record R { union { null, array<int> } a = null; }',
  },
  {
    fix: 'avro-make-nullable',
    file: 'r.avdl',
    before: 'record R {}',
    after: 'record R { int a, b = 1; }',
    gives: { refused: /behind the same type/ },
  },
  {
    fix: 'avro-alias-type',
    before: '{"type": "enum", "name": "Old", "namespace": "n", "symbols": []}',
    after: '{"type": "enum", "name": "New", "namespace": "n", "symbols": []}',
    gives: '{"type": "enum", "name": "New", "aliases": ["n.Old"], "namespace": "n", "symbols": []}',
  },
  {
    fix: 'avro-alias-type',
    before: '{"type": "enum", "name": "Old", "symbols": []}',
    after: '{"type": "enum", "name": "New", "aliases": ["Older"], "symbols": []}',
    gives: '{"type": "enum", "name": "New", "aliases": ["Older", "Old"], "symbols": []}',
  },
  {
    fix: 'avro-alias-type',
    before: '{"type": "enum", "name": "Old", "symbols": []}',
    after: '{"type": "enum", "name": "n.New", "symbols": []}',
    gives: { refused: /without a namespace/ },
  },
  {
    fix: 'avro-alias-type',
    file: 'r.avdl',
    before: 'schema Old; record Old {}',
    after: 'schema New; /** d */ @aliases(["Older"]) record New {}',
    gives: 'schema New; /** d */ @aliases(["Older", "Old"]) record New {}',
  },
  {
    fix: 'avro-alias-field',
    before: record('{"name": "sum", "type": "long"}'),
    after: record('{"name": "total", "type": "long"}'),
    gives: record('{"name": "total", "aliases": ["sum"], "type": "long"}'),
  },
  {
    fix: 'avro-alias-field',
    file: 'r.avdl',
    before: 'record R { long sum; }',
    after: 'record R { long total; }',
    gives: 'record R { long @aliases(["sum"]) total; }',
  },
  {
    fix: 'avro-restore-field',
    profile: 'avro:FORWARD',
    before: record(
      '\n  {"name": "a", "type": "int"},\n  {"name": "b", "type": "int"},\n  {"name": "c", "type": "int"}\n',
    ),
    after: record('\n  {"name": "a", "type": "int"},\n  {"name": "c", "type": "int"}\n'),
    gives: record(
      '\n  {"name": "a", "type": "int"},\n  {"name": "b", "type": "int"},\n  {"name": "c", "type": "int"}\n',
    ),
  },
  {
    fix: 'avro-restore-field',
    profile: 'avro:FORWARD',
    before: record('{"name": "a", "type": {"type": "fixed", "name": "F", "size": 1}}, {"name": "b", "type": "F"}'),
    after: record('{"name": "b", "type": {"type": "fixed", "name": "F", "size": 1}}'),
    gives: { refused: /second time/ },
  },
  {
    fix: 'avro-restore-field',
    file: 'r.avdl',
    profile: 'avro:FORWARD',
    before: 'record R {\n  int a;\n  string b;\n}\n',
    after: 'record R {\n  int a;\n}\n',
    gives: 'record R {\n  int a;\n  string b;\n}\n',
  },
  {
    fix: 'avro-restore-symbols',
    before: '{"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}',
    after: '{"type": "enum", "name": "E", "symbols": ["A"]}',
    gives: '{"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}',
  },
  {
    fix: 'avro-restore-symbols',
    file: 'e.avdl',
    before: 'enum E { A, B }',
    after: 'enum E { A }',
    gives: 'enum E { A, B }',
  },
  {
    fix: 'avro-enum-default',
    before: '{"type": "enum", "name": "E", "symbols": ["A", "B"]}',
    after: '{"type": "enum", "name": "E", "symbols": ["A"]}',
    gives: '{"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}',
  },
  {
    fix: 'avro-enum-default',
    file: 'e.avdl',
    before: 'enum E { A, B }',
    after: 'enum E { A }',
    gives: 'enum E { A } = A;',
  },
  {
    fix: 'avro-restore-size',
    before: '{"type": "fixed", "name": "F", "size": 4}',
    after: '{"type": "fixed", "name": "F", "size": 8}',
    gives: '{"type": "fixed", "name": "F", "size": 4}',
  },
  {
    fix: 'avro-restore-name',
    profile: 'avro:FORWARD',
    before: '{"type": "fixed", "name": "n.F", "size": 4}',
    after: '{"type": "fixed", "name": "n.G", "size": 4}',
    gives: '{"type": "fixed", "name": "n.F", "size": 4}',
  },
  {
    fix: 'avro-restore-type',
    before: record('{"name": "a", "type": {"type": "long", "logicalType": "date"}}'),
    after: record('{"name": "a", "type": "string"}'),
    gives: record('{"name": "a", "type": {"type": "long", "logicalType": "date"}}'),
  },
  {
    fix: 'avro-restore-type',
    file: 'r.avdl',
    before: 'record R { decimal(4, 2) a; }',
    after: 'record R { array<int> a; }',
    gives: 'record R { decimal(4, 2) a; }',
  },
  {
    fix: 'avro-restore-type',
    before: record('{"name": "a", "type": ["null", "int"]}'),
    after: record('{"name": "a", "type": "int"}'),
    gives: record('{"name": "a", "type": ["null", "int"]}'),
  },
  {
    fix: 'avro-make-nullable',
    before: record('{"name": "a", "type": ["null", "int"]}'),
    after: record('{"name": "a", "type": "int", "default": 3}'),
    gives: record('{"name": "a", "type": ["int", "null"], "default": 3}'),
  },
  {
    fix: 'avro-read-both',
    before: record('{"name": "a", "type": "int"}'),
    after: record('{"name": "a", "type": "string"}'),
    gives: record('{"name": "a", "type": ["string", "int"]}'),
  },
  {
    fix: 'avro-read-both',
    file: 'r.avdl',
    before: 'record R { int a; }',
    after: 'record R { string a; }',
    gives: 'record R { union { string, int } a; }',
  },
  {
    fix: 'avro-restore-branch',
    before: record('{"name": "a", "type": ["null", "int", "string"]}'),
    after: record('{"name": "a", "type": ["int", "string"]}'),
    gives: record('{"name": "a", "type": ["int", "string", "null"]}'),
  },
  {
    fix: 'avro-restore-branch',
    file: 'r.avdl',
    before: 'record R { union { null, int, string } a; }',
    after: 'record R { union { int, string } a; }',
    gives: 'record R { union { int, string, null } a; }',
  },
  {
    fix: 'avro-restore-default',
    before: record('{"name": "a", "type": "int", "default": 3}'),
    after: record('{"name": "a", "type": "int"}'),
    gives: record('{"name": "a", "type": "int", "default": 3}'),
  },
  {
    fix: 'avro-restore-default',
    before: record('{"name": "a", "type": "int", "default": 3}'),
    after: record('{"name": "a", "type": "string"}'),
    gives: { refused: /no value of the new type/ },
  },
  {
    fix: 'avro-default-branch-first',
    before: record(''),
    after: record('{"name": "a", "type": ["string", "null"], "default": null}'),
    gives: record('{"name": "a", "type": ["null", "string"], "default": null}'),
  },
  {
    fix: 'avro-default-branch-first',
    file: 'r.avdl',
    before: 'record R {}',
    after: 'record R { union { string, null } a = null; }',
    gives: 'record R { union { null, string } a = null; }',
  },
  {
    fix: 'avro-restore-message',
    file: 'p.avdl',
    before: 'protocol P {\n  void a();\n  int b(string x);\n  void c();\n}\n',
    after: 'protocol P {\n  void a();\n  void c();\n}\n',
    gives: 'protocol P {\n  void a();\n  int b(string x);\n  void c();\n}\n',
  },
  {
    fix: 'avro-restore-message',
    file: 'p.avdl',
    before: 'protocol P { int b(string x); }',
    after: 'protocol P { }',
    gives: 'protocol P { int b(string x); }',
  },
  {
    fix: 'avro-restore-message',
    file: 'p.avdl',
    before: 'protocol P { record R {} R b(string x); }',
    after: 'protocol P { }',
    gives: { refused: /Undefined schema: R/ },
  },
  {
    fix: 'avro-restore-message',
    file: 'p.avpr',
    before: protocol('"a": {"request": [], "response": "null"}, "b": {"request": [], "response": "int"}'),
    after: protocol('"a": {"request": [], "response": "null"}'),
    gives: protocol('"a": {"request": [], "response": "null"}, "b": {"request": [], "response": "int"}'),
  },
  {
    fix: 'avro-restore-message',
    file: 'p.avpr',
    before: protocol('"b": {"request": [], "response": "int"}'),
    after: '{"protocol": "P"}',
    gives: '{"protocol": "P", "messages": {"b": {"request": [], "response": "int"}}}',
  },
  {
    fix: 'avro-restore-one-way',
    file: 'p.avdl',
    before: 'protocol P { void a(); }',
    after: 'protocol P { void a() oneway; }',
    gives: 'protocol P { void a(); }',
  },
  {
    fix: 'avro-restore-one-way',
    file: 'p.avdl',
    before: 'protocol P { void a() oneway; }',
    after: 'protocol P { void a(); }',
    gives: 'protocol P { void a() oneway; }',
  },
  {
    fix: 'avro-restore-one-way',
    file: 'p.avdl',
    before: 'protocol P { void a() oneway; }',
    after: 'protocol P { int a(); }',
    gives: { refused: /answers nothing/ },
  },
  {
    fix: 'avro-restore-one-way',
    file: 'p.avpr',
    before: protocol('"a": {"request": [], "response": "null"}'),
    after: protocol('"a": {"request": [], "one-way": true}'),
    gives: protocol('"a": {"request": [], "one-way": false, "response": "null"}'),
  },
  {
    fix: 'avro-add-default',
    file: 'p.avdl',
    before: 'protocol P { void a(); }',
    after: 'protocol P { void a(string x); }',
    gives: 'protocol P { void a(string x = ""); }',
  },
  {
    fix: 'avro-make-nullable',
    file: 'p.avpr',
    before: protocol('"a": {"request": [], "response": "null"}'),
    after: protocol('"a": {"request": [{"name": "x", "type": "int"}], "response": "null"}'),
    gives: protocol('"a": {"request": [{"name": "x", "type": ["null", "int"], "default": null}], "response": "null"}'),
  },
  {
    fix: 'avro-restore-field',
    file: 'p.avdl',
    profile: 'avro:FORWARD',
    before: 'protocol P { void a(int x, string y); }',
    after: 'protocol P { void a(string y); }',
    gives: 'protocol P { void a(int x, string y); }',
  },
  {
    fix: 'avro-restore-field',
    file: 'p.avpr',
    profile: 'avro:FORWARD',
    before: protocol('"a": {"request": [{"name": "x", "type": "int"}], "response": "null"}'),
    after: protocol('"a": {"request": [], "response": "null"}'),
    gives: protocol('"a": {"request": [{"name": "x", "type": "int"}], "response": "null"}'),
  },
  {
    fix: 'avro-restore-type',
    file: 'p.avdl',
    before: 'protocol P { void a(); }',
    after: 'protocol P { int a(); }',
    gives: 'protocol P { void a(); }',
  },
  {
    fix: 'avro-read-both',
    file: 'p.avdl',
    profile: 'avro:FORWARD',
    before: 'protocol P { int a(); }',
    after: 'protocol P { string a(); }',
    gives: 'protocol P { union { string, int } a(); }',
  },
  {
    fix: 'avro-restore-branch',
    file: 'p.avdl',
    profile: 'avro:FORWARD',
    before: 'protocol P { error E {} error F {} void a() throws E, F; }',
    after: 'protocol P { error E {} error F {} void a() throws E; }',
    gives: 'protocol P { error E {} error F {} void a() throws E, F; }',
  },
  {
    fix: 'avro-restore-branch',
    file: 'p.avdl',
    profile: 'avro:FORWARD',
    before: 'protocol P { error E {} void a() throws E; }',
    after: 'protocol P { error E {} void a(); }',
    gives: 'protocol P { error E {} void a() throws E; }',
  },
  {
    fix: 'avro-restore-branch',
    file: 'p.avpr',
    profile: 'avro:FORWARD',
    before: failing('"request": [], "response": "null", "errors": ["E"]'),
    after: failing('"request": [], "response": "null"'),
    gives: failing('"request": [], "response": "null", "errors": ["E"]'),
  },
];

for (const { fix, file = 'r.avsc', before, after, profile = 'avro:BACKWARD', gives } of cases)
  test(`${fix}: ${after.replaceAll('\n', ' ')}`, () => {
    const request = (text: string) => ({
      before: [{ name: 'main', tree: treeOf({ [file]: before }, '/old') }],
      after: treeOf({ [file]: text }),
      profile,
      beyond: true,
    });
    const found = avro.compare(request(after)).findings.filter((one) => one.fixes.some(({ id }) => id === fix));
    assert.equal(found.length, 1, `${found.length} findings offer it`);
    const [finding] = found;
    assert.ok(finding);
    const applied = applyFixes(finding, request(after)).find((one) => one.fix === fix);
    assert.doesNotMatch(applied?.title ?? 'undefined', /undefined/);
    if (typeof gives !== 'string') {
      assert.match(applied?.refused ?? '', gives.refused);
      return;
    }
    const text = applied?.files[file] ?? applied?.refused ?? '';
    assert.equal(text, gives);
    const rest = avro.compare(request(text));
    assert.deepEqual(
      rest.notices.filter(({ place }) => place?.side === 'after'),
      [],
    );
    assert.ok(!rest.findings.some(({ rule, object }) => rule === finding.rule && object === finding.object));
  });

test('avro-restore-file: a schema that is gone comes back with its text', () => {
  const old = { 'r.avsc': record(''), 'sub/s.avsc': '{"type": "fixed", "name": "S", "size": 1}\n' };
  const request = {
    before: [{ name: 'main', tree: treeOf(old, '/old') }],
    after: treeOf({ 'r.avsc': record('') }),
    profile: 'avro:BACKWARD',
    beyond: true,
  };
  const [finding] = avro.compare(request).findings;
  assert.ok(finding);
  const [applied] = applyFixes(finding, request);
  assert.equal(applied?.title, 'Restore the file sub/s.avsc');
  assert.deepEqual(applied?.files, old);
});

test('every fix has a case', () => {
  for (const { id } of avro.fixes ?? [])
    assert.ok(id === 'avro-restore-file' || cases.some(({ fix }) => fix === id), id);
});
