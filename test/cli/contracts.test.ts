import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { type Folder, folder, shallowClone } from '../support/workspace.ts';

const order = (...fields: readonly string[]) =>
  `{"type":"record","name":"Order","namespace":"shop","fields":[\n${fields.join(',\n')}\n]}\n`;
const id = '{"name":"id","type":"long"}';
const note = '{"name":"note","type":"string"}';
const noteWithDefault = '{"name":"note","type":"string","default":""}';

interface Answer {
  readonly findings: readonly {
    readonly rule: string;
    readonly path: string;
    readonly message: string;
    readonly related: readonly { readonly path: string; readonly side?: string }[];
  }[];
  readonly notices: readonly { readonly id: string; readonly message: string }[];
  readonly summary: {
    readonly suppressed: number;
    readonly contracts: number;
    readonly baselines: readonly string[];
  };
}

async function check(cwd: string, ...args: readonly string[]): Promise<Answer> {
  const { out, err } = await runInProcess(cwd, ['check', '--format', 'json', ...args]);
  assert.equal(err, '');
  return JSON.parse(out) as Answer;
}

/** "path rule" of every finding of a peer's rule. */
async function found(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { findings } = await check(cwd, ...args);
  return findings.map(({ path, rule }) => `${path} ${rule}`);
}

function branch(context: TestContext, files: Readonly<Record<string, string>>): Folder {
  const made = folder(context, files);
  made.commitAll();
  made.git('checkout', '--quiet', '-b', 'feature');
  return made;
}

const missingDefault = 'events/order.avsc avro/reader-field-missing-default-value';

test('what a branch changed is compared with where it left main, saved or committed', async (context) => {
  const made = branch(context, { 'events/order.avsc': order(id) });
  assert.deepEqual(await found(made.path), []);
  made.write('events/order.avsc', order(id, note));
  assert.deepEqual(await found(made.path), [missingDefault]);
  made.git('commit', '--quiet', '--all', '-m', 'note');
  assert.deepEqual(await found(made.path), [missingDefault]);
  assert.deepEqual(await found(made.path, '--base', 'feature'), []);
  made.git('checkout', '--quiet', 'main');
  made.write('unrelated.txt', 'x');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'main goes on');
  made.git('checkout', '--quiet', 'feature');
  assert.deepEqual(await found(made.path), [missingDefault]);
});

test('only what lies under the named paths is reported', async (context) => {
  const made = branch(context, { 'events/order.avsc': order(id), 'other/o.avsc': order(id).replace('Order', 'Other') });
  made.write('events/order.avsc', order(id, note));
  made.write('other/o.avsc', order(id, note).replace('Order', 'Other'));
  assert.deepEqual(await found(made.path, 'events'), [missingDefault]);
  assert.equal((await found(made.path)).length, 2);
});

test('a tag by pattern, a ref and a folder are baselines too', async (context) => {
  const made = folder(context, { 'events/order.avsc': order(id, note), 'old/events/order.avsc': order(id) });
  made.commitAll();
  made.git('tag', 'v1.0.0');
  made.write('events/order.avsc', order(id));
  made.git('commit', '--quiet', '--all', '-m', 'without');
  made.git('tag', 'v1.1.0');
  made.git('tag', 'other');
  made.write('events/order.avsc', order(id, note));
  made.git('commit', '--quiet', '--all', '-m', 'again');
  const baseline = (words: string) => made.write('schemaward.yaml', `version: 1\ncontracts:\n  baseline: ${words}\n`);
  for (const [words, expected] of [
    ['merge-base', []],
    ['tag:v1.1.*', [missingDefault]],
    ['tag:v*', [missingDefault]],
    ['ref:v1.0.0', []],
    ['ref:HEAD~1', [missingDefault]],
    ['folder:old', [missingDefault]],
  ] as const) {
    baseline(words);
    assert.deepEqual(await found(made.path), expected, words);
  }
  baseline('folder:old');
  assert.deepEqual(await found(made.path, '--base', 'v1.0.0'), [], '--base is the baseline, whatever the settings say');
});

test('a baseline that the settings name and that is not there is told where they name it, and fails a check', async (context) => {
  const made = folder(context, { 'events/order.avsc': order(id) });
  made.commitAll();
  const run = async (words: string) => {
    made.write('schemaward.yaml', `version: 1\ncontracts:\n  baseline: ${words}\n`);
    const { code, out } = await runInProcess(made.path, ['check']);
    const [head, message] = out.split('\n');
    return [code, head, message?.trim(), out.trimEnd().split('\n').at(-1)];
  };
  const nothing = 'Contracts are compared with nothing:';
  const [error, warning] = ['error', 'warning'].map((each) => `schemaward.yaml:3:13: ${each} config/schemaward-yaml`);
  const closing = '1 contract compared with nothing.';
  assert.deepEqual(await run('ref:gone'), [1, error, `${nothing} the ref gone was not found.`, `1 error. ${closing}`]);
  assert.deepEqual(await run('folder:old'), [1, error, `${nothing} old was not found.`, `1 error. ${closing}`]);
  assert.deepEqual(await run('folder:../old'), [1, error, `${nothing} ../old was not found.`, `1 error. ${closing}`]);
  const before = await run('tag:v*');
  assert.deepEqual(before, [0, warning, `${nothing} a tag v* on this branch was not found.`, `1 warning. ${closing}`]);
  made.git('tag', 'v1.0.0');
  assert.equal((await run('tag:v*')).at(-1), 'No findings. 1 contract compared with v1.0.0.');
  const { summary, notices } = await check(made.path);
  assert.deepEqual([summary.baselines, notices], [['v1.0.0'], []]);
});

test('old files outside the workspace are a baseline too', async (context) => {
  const old = folder(context, { 'events/order.avsc': order(id) });
  const made = folder(context, { 'contracts/events/order.avsc': order(id, note) });
  const missing = ['contracts/events/order.avsc avro/reader-field-missing-default-value'];
  const relative = `../${old.path.split('/').at(-1)}`;
  for (const words of [
    `${old.path}=contracts`,
    `${relative}=contracts`,
    `${old.path}/events/order.avsc=contracts/events/order.avsc`,
  ]) {
    made.write('schemaward.yaml', `version: 1\ncontracts:\n  baseline: folder:${words}\n`);
    assert.deepEqual(await found(made.path), missing, words);
  }
});

test('v1 beside v2, as folders or as files', async (context) => {
  const made = folder(context, { 'api/v1/order.avsc': order(id), 'api/v2/order.avsc': order(id, note) });
  const baseline = (words: string) => made.write('schemaward.yaml', `version: 1\ncontracts:\n  baseline: ${words}\n`);
  baseline('folder:api/v1=api/v2');
  const missing = 'api/v2/order.avsc avro/reader-field-missing-default-value';
  const { findings, notices } = await check(made.path);
  assert.deepEqual(
    findings.map(({ path, rule, related }) => [`${path} ${rule}`, related.map((each) => [each.path, each.side])]),
    [[missing, [['api/v1/order.avsc', undefined]]]],
    'the old text lies where it can be opened',
  );
  assert.deepEqual(
    notices.filter((each) => each.id === 'contracts-no-baseline'),
    [],
  );
  baseline('folder:./api/v1/order.avsc=api/v2/order.avsc');
  assert.deepEqual(await found(made.path), [missing]);
  for (const [words, gone] of [
    ['folder:api/v0=api/v2', 'api/v0'],
    ['folder:api/v1=api/v3', 'api/v3'],
    ['folder:api/v1/order.avsc', 'order.avsc'],
  ] as const) {
    baseline(words);
    const said = (await check(made.path)).findings.map(({ path, message }) => `${path} ${message}`);
    assert.deepEqual(said, [`schemaward.yaml Contracts are compared with nothing: ${gone} was not found.`]);
  }
  made.write('order.avsc', order(id, note));
  assert.deepEqual(await found(made.path), ['order.avsc avro/reader-field-missing-default-value']);
});

test('transitive profiles look back at the tags, else at the states of each file on the branch', async (context) => {
  const made = folder(context, { 'events/order.avsc': order(id) });
  made.commitAll();
  made.git('tag', 'v1');
  made.write('events/order.avsc', order(id, noteWithDefault));
  made.git('commit', '--quiet', '--all', '-m', 'with default');
  made.git('tag', 'v2');
  made.git('checkout', '--quiet', '-b', 'feature');
  made.write('events/order.avsc', order(id, note));
  const breaks = async (...args: readonly string[]) =>
    (await found(made.path, ...args)).filter((each) => each === missingDefault);
  assert.deepEqual(await breaks(), []);
  assert.deepEqual(await breaks('--profile', 'avro:BACKWARD_TRANSITIVE'), [missingDefault]);
  made.write(
    'schemaward.yaml',
    'version: 1\ncontracts:\n  versions: v*\n  profiles:\n    avro: avro:BACKWARD_TRANSITIVE\n',
  );
  assert.deepEqual(await breaks(), [missingDefault]);
});

test('without a baseline it is said once, and migrations are judged all the same', async (context) => {
  const sql = { 'db/migration/V1__a.sql': 'CREATE TABLE a (id int);\n' };
  const bare = folder(context, { ...sql, 'events/order.avsc': order(id, note) });
  const { findings, notices } = await check(bare.path);
  assert.deepEqual(findings, []);
  assert.equal(notices.filter((each) => each.id === 'contracts-no-baseline').length, 1);
  const made = branch(context, { ...sql, 'events/order.avsc': order(id) });
  made.write('x.txt', '1');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'x');
  made.git('checkout', '--quiet', 'main');
  made.write('y.txt', '1');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'y');
  const shallow = shallowClone(context, made, 'feature');
  const said = (await check(shallow)).notices.map(({ message }) => message).join();
  assert.match(said, /shallow clone has no merge base/);
  const none = folder(context, sql);
  assert.deepEqual(
    (await check(none.path)).notices.filter((each) => each.id === 'contracts-no-baseline'),
    [],
  );
});

test('ignore comments, severities, overrides and excluded files hold for contracts', async (context) => {
  const made = branch(context, { 'events/order.avsc': order(id) });
  const rule = 'avro/reader-field-missing-default-value';
  made.write('events/order.avsc', order(id, `// schemaward-ignore ${rule}: read by nobody yet\n${note}`));
  assert.equal((await check(made.path)).summary.suppressed, 1);
  assert.deepEqual(await found(made.path), []);
  made.write('events/order.avsc', order(id, `${note} // schemaward-ignore ${rule}: the same, behind it`));
  assert.deepEqual(await found(made.path), []);
  made.write('events/order.avsc', `// schemaward-ignore-file avro/* until=2026-12-31: moving\n${order(id, note)}`);
  assert.deepEqual(await found(made.path), []);
  made.write('events/order.avsc', `// schemaward-ignore-file ${rule} until=2026-11-01: past\n${order(id, note)}`);
  assert.deepEqual(await found(made.path), ['events/order.avsc config/ignore-comment', missingDefault]);
  made.write('events/order.avsc', order(id, note));
  for (const settings of [
    `rules:\n  severity:\n    ${rule}: off\n`,
    `overrides:\n  - paths: ['events/**']\n    rules:\n      ${rule}: off\n`,
    `ignore:\n  - rule: ${rule}\n    object: shop.Order.note\n    reason: agreed\n`,
    "contracts:\n  exclude: ['events/**']\n",
  ]) {
    made.write('schemaward.yaml', `version: 1\n${settings}`);
    assert.deepEqual(await found(made.path), [], settings);
  }
});

test('compat compares two files or folders, whatever they are called', async (context) => {
  const made = folder(context, {
    'a.avsc': order(id),
    'b.avsc': order(id, note),
    'old/x/order.avsc': order(id),
    'new/x/order.avsc': order(id, note),
  });
  const compat = async (...args: readonly string[]) => {
    const { code, out } = await runInProcess(made.path, ['compat', ...args, '--format', 'json']);
    return { code, answer: JSON.parse(out) as Answer & { readonly compatible: boolean } };
  };
  const files = await compat('a.avsc', 'b.avsc');
  assert.equal(files.code, 1);
  assert.equal(files.answer.compatible, false);
  assert.deepEqual(
    files.answer.findings.map(({ path }) => path),
    ['b.avsc'],
  );
  const folders = await compat('old', 'new');
  assert.deepEqual(
    folders.answer.findings.map(({ path, related }) => [path, related.map(({ side }) => side)]),
    [['x/order.avsc', ['before']]],
  );
  assert.deepEqual((await compat('new', 'old')).code, 0);
  assert.deepEqual((await compat('new', 'old', '--profile', 'avro:FULL')).code, 1);
  for (const format of ['text', 'sarif', 'github']) {
    const { code, out } = await runInProcess(made.path, ['compat', 'old', 'new', '--format', format]);
    assert.equal(code, 1);
    assert.match(out, /x\/order\.avsc/);
  }
});

test('a batch answers every line, in order, and says what it cannot answer', async (context) => {
  const made = folder(context, { 'a.avsc': order(id), 'b.avsc': order(id, note) });
  const lines = [
    JSON.stringify({ before: 'a.avsc', after: 'b.avsc' }),
    'not json',
    JSON.stringify({ before: 'a.avsc', after: 'missing.avsc' }),
    '',
    JSON.stringify({ before: 'a.avsc', after: 'b.avsc', profile: 'avro:FORWARD', config: null }),
    JSON.stringify({ before: 'a.avsc', after: 'b.avsc', profile: 'avro:SIDEWAYS' }),
    JSON.stringify({
      before: ['b.avsc', 'a.avsc'],
      after: join(made.path, 'b.avsc'),
      profile: 'avro:BACKWARD_TRANSITIVE',
    }),
  ];
  const { code, out } = await runInProcess(made.path, ['compat', '--batch', '-'], {}, lines);
  assert.equal(code, 2);
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { compatible?: boolean; error?: string });
  assert.deepEqual(
    answers.map(({ compatible, error }) => error?.replace(/^(\S+ \S+ \S+).*/, '$1') ?? compatible),
    [false, 'The line is', 'missing.avsc does not', true, 'The profile is', false],
  );
});

test('lines of a batch that name no profile take that of the command, and a byte order mark is none of the first', async (context) => {
  const made = folder(context, { 'a.avsc': order(id), 'b.avsc': order(id, note) });
  const line = { before: 'a.avsc', after: 'b.avsc' };
  const lines = [`\ufeff${JSON.stringify(line)}`, JSON.stringify({ ...line, profile: 'avro:BACKWARD' })];
  const { code, out } = await runInProcess(
    made.path,
    ['compat', '--batch', '-', '--profile', 'avro:FORWARD'],
    {},
    lines,
  );
  assert.equal(code, 0);
  assert.deepEqual(
    out
      .trim()
      .split('\n')
      .map((each) => [JSON.parse(each).profiles.join(), JSON.parse(each).compatible]),
    [
      ['avro:FORWARD', true],
      ['avro:BACKWARD', false],
    ],
  );
});

test('one file in each folder is two files, two files are two states of one where both are of one language', async (context) => {
  const idl = 'record Order {\n  int id;\n}\n';
  const made = folder(context, {
    'old/a.proto': orderProto,
    'new/b.proto': orderProto,
    'a.avsc': '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}',
    'b.avdl': idl,
  });
  const compat = async (...args: readonly string[]) => {
    const { out } = await runInProcess(made.path, ['compat', ...args, '--format', 'json']);
    return JSON.parse(out).findings.map(({ peerRule, path }: Record<string, string>) => `${peerRule} ${path}`);
  };
  assert.deepEqual(await compat('old', 'new'), ['FILE_NO_DELETE a.proto']);
  assert.deepEqual(await compat('old/a.proto', 'new/b.proto'), []);
  assert.deepEqual(await compat('old/a.proto', 'new'), []);
  assert.deepEqual(await compat('a.avsc', 'b.avdl'), ['TYPE_MISMATCH b.avdl']);
});

test('what compat cannot do is said in a line', async (context) => {
  const made = folder(context, { 'a.avsc': order(id), empty: '' });
  for (const [args, words] of [
    [['a.avsc'], /needs two places/],
    [['a.avsc', 'nowhere'], /nowhere does not exist/],
    [['a.avsc', 'a.avsc', '--profile', 'avro:BACKWARDS'], /Did you mean avro:BACKWARD\?/],
    [['a.avsc', 'a.avsc', '--profile', 'x'], /one of avro, avro:BACKWARD, .* avro:NONE, buf, buf:FILE, /],
    [['a.avsc', 'a.avsc', '--profile', 'backward'], /Did you mean avro:BACKWARD\?/],
    [['a.avsc', 'a.avsc', '--config', 'buf.yaml'], /buf\.yaml cannot be read/],
    [['--batch', '-', '--format', 'sarif'], /leave --format out/],
    [['a.avsc', 'a.avsc', '--batch', '-'], /leave <before> and <after> out/],
  ] as const) {
    const { code, err, out } = await runInProcess(made.path, ['compat', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.equal(out, '');
    assert.match(err, words);
  }
});

const cart = (field: string) =>
  `syntax = "proto3";\npackage shop.v1;\nimport "shop/v1/order.proto";\nmessage Cart {\n  repeated Order orders = 1;\n  ${field}\n}\n`;
const orderProto = 'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n}\n';

test('without buf.yaml import paths start where imports and packages say, in a repository', async (context) => {
  const made = branch(context, {
    'svc/src/main/proto/shop/v1/order.proto': orderProto,
    'svc/src/main/proto/shop/v1/cart.proto': cart('string note = 2;'),
  });
  assert.deepEqual((await check(made.path)).notices, []);
  made.write('svc/src/main/proto/shop/v1/cart.proto', cart('reserved 2;'));
  const { findings, notices, summary } = await check(made.path);
  assert.deepEqual(notices, []);
  assert.equal(summary.contracts, 1);
  assert.deepEqual(
    findings.map(({ path, rule }) => `${path} ${rule}`),
    ['svc/src/main/proto/shop/v1/cart.proto proto/field-no-delete'],
  );
  assert.match(findings[0]?.related[0]?.path ?? '', /cart\.proto$/);
});

test('a file that is gone is told at its neighbour, with the old file beside it', async (context) => {
  const made = branch(context, {
    'proto/buf.yaml': 'version: v2\n',
    'proto/shop/v1/buf.yaml': 'no neighbour of a contract',
    'proto/shop/v1/order.proto': orderProto,
    'proto/shop/v1/cart.proto': cart('reserved 2;'),
  });
  made.remove('proto/shop/v1/cart.proto');
  const { findings } = await check(made.path);
  assert.deepEqual(
    findings.map(({ path, rule, related }) => [path, rule, related.map((each) => `${each.side} ${each.path}`)]),
    [['proto/shop/v1/order.proto', 'proto/file-no-delete', ['before proto/shop/v1/cart.proto']]],
  );
  const compat = await runInProcess(made.path, ['compat', 'proto', 'proto', '--format', 'json']);
  assert.equal(compat.code, 0);
});

test('half-typed words are told at their place, and the rest is compared; a broken baseline is told once', async (context) => {
  const made = branch(context, { 'shop/v1/order.proto': orderProto });
  made.write('shop/v1/order.proto', orderProto.replace('string id = 1;', 'int32 id = 1;\n  string = ;'));
  assert.deepEqual(await found(made.path), [
    'shop/v1/order.proto proto/field-same-type',
    'shop/v1/order.proto proto/unreadable',
  ]);
  const broken = branch(context, { 'order.avsc': '{"type": "record", "name": ' });
  broken.write('order.avsc', order(id));
  assert.deepEqual(await found(broken.path), ['order.avsc avro/unreadable']);
  const { out, code } = await runInProcess(broken.path, ['compat', 'order.avsc', 'order.avsc', '--format', 'json']);
  assert.equal(code, 0, out);
  broken.write('order.avsc', '{"type": "record", ');
  const unread = await runInProcess(broken.path, ['compat', 'order.avsc', 'order.avsc', '--format', 'json']);
  assert.equal(unread.code, 1);
  assert.equal((JSON.parse(unread.out) as { compatible: boolean }).compatible, false);
});
