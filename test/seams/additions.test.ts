import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';

/**
 * Adds a made-up one of everything that has a registry to a copy of the sources: new files, and one line (with its
 * import) in one registry each. The copy must compile, and the made-up things must work together through the command
 * line. Whoever makes an addition need more than that fails here.
 */
const root = resolve(import.meta.dirname, '../..');
const madeUp = join(import.meta.dirname, 'made-up');

const additions = [
  {
    what: 'a tool',
    registry: 'core/migrations/tools/index.ts',
    line: "import { abacus } from './abacus/index.ts';",
    list: ['[flyway', '[abacus, flyway'],
  },
  {
    what: 'a dialect',
    registry: 'core/sql/dialects/index.ts',
    line: "import { toydb } from './toydb/index.ts';",
    list: ['...NAMED_DIALECTS]', '...NAMED_DIALECTS, toydb]'],
  },
  {
    what: 'a rule',
    registry: 'core/rules/index.ts',
    line: "import { forgets } from './lock/forgets.ts';",
    list: ['  severalTables,\n', '  severalTables,\n  forgets,\n'],
  },
  {
    what: 'a quick fix',
    registry: 'core/rules/fixes/index.ts',
    line: "import { remember } from './remember.ts';",
    list: ['  renameToSuggestion,\n', '  renameToSuggestion,\n  remember,\n'],
  },
  {
    what: 'a recipe',
    registry: 'core/plans/index.ts',
    line: "import { forgetSlowly } from './recipes/forget-slowly.ts';",
    list: ['readonly Recipe[] = [', 'readonly Recipe[] = [forgetSlowly, '],
  },
  {
    what: 'a contract format',
    registry: 'core/contracts/formats/index.ts',
    line: "import { beads } from './beads/index.ts';",
    list: ['[avro, protobuf]', '[avro, protobuf, beads]'],
  },
  {
    what: 'a history engine',
    registry: 'host/history/index.ts',
    line: "import { toydbHistory } from './toydb.ts';",
    list: ['sqliteHistory]', 'sqliteHistory, toydbHistory]'],
  },
  {
    what: 'a reporter',
    registry: 'cli/reporters/index.ts',
    line: "import { tally } from './tally.ts';",
    list: ['[text,', '[tally, text,'],
  },
  {
    what: 'a command',
    registry: 'cli/commands/index.ts',
    line: "import { hello } from './hello.ts';",
    list: ['= [check,', '= [hello, check,'],
  },
] as const;

const copy = mkdtempSync(join(tmpdir(), 'schemaward-seams-'));
after(() => rmSync(copy, { recursive: true, force: true }));
const sources = join(copy, 'server/src');

function prepare(): void {
  for (const name of ['package.json', 'tsconfig.base.json', 'server'])
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !path.endsWith('.tsbuildinfo') });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const name of readdirSync(madeUp, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts.txt')) continue;
    const target = join(sources, name.replace(/\.txt$/, ''));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(madeUp, name), target, { errorOnExist: true, force: false });
  }
  for (const { what, registry, line, list } of additions) {
    const path = join(sources, registry);
    const text = readFileSync(path, 'utf8');
    const [before, entry] = list;
    assert.equal(text.split(before).length, 2, `${what}: ${registry} has one place for it`);
    writeFileSync(path, `${line}\n${text.replace(before, entry)}`);
  }
}

prepare();

/** The command line of the copy, run from its sources. */
function run(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(sources, 'entry/cli.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

function project(): string {
  const folder = mkdtempSync(join(copy, 'project-'));
  const files = {
    'abacus.ini': '',
    '001.step.sql': 'MAKE TABLE bead;\n',
    '002.step.sql': 'FORGET TABLE bead;\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('with one file and one line each, everything compiles', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  for (const config of ['server/tsconfig.json', 'server/src/core/tsconfig.json']) {
    const args = [tsc, '-p', join(copy, config), '--incremental', 'false', '--tsBuildInfoFile', 'null'];
    assert.equal(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout, '');
  }
});

test('the made-up tool, dialect, rule and reporter work together', () => {
  const { status, out, err } = run(project(), 'check', '--format', 'tally');
  assert.equal(err, '');
  assert.match(out, /^lock\/forgets/m);
  assert.match(out, /schema\/drop-table|lock\/forgets/);
  assert.ok(status === 0 || status === 1);
});

test('the configuration knows their names', () => {
  const folder = project();
  const problems = (yaml: string) => {
    writeFileSync(join(folder, 'schemaward.yaml'), yaml);
    return run(folder, 'check', '--format', 'tally').out.includes('config/schemaward-yaml');
  };
  assert.equal(problems('projects: [{ root: ., tool: abacus, dialect: toydb, targetVersion: 5 }]\n'), false);
  assert.equal(
    problems('rules: { severity: { lock/forgets: info }, options: { lock/forgets: { most: 2 } } }\n'),
    false,
  );
  assert.equal(problems('rules: { options: { lock/forgets: { most: 10 } } }\n'), true);
  assert.equal(run(folder, 'check', '--dialect', 'toydb', '--target-version', '3', '--fail-on', 'never').status, 0);
});

test('the made-up contract format is compared, configured and judged as the others', () => {
  const folder = project();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('old.beads', 'red\nblue\n');
  write('new.beads', 'red\n');
  const { status, out } = run(folder, 'compat', 'old.beads', 'new.beads', '--profile', 'beads:ALL', '--format', 'json');
  assert.equal(status, 1);
  const { compatible, findings } = JSON.parse(out) as { compatible: boolean; findings: { message: string }[] };
  assert.deepEqual([compatible, ...findings.map(({ message }) => message)], [false, 'The bead blue is lost.']);
  assert.match(run(copy, 'explain', 'beads/bead-lost').out, /A made-up rule of contracts\./);
  write(
    'schemaward.yaml',
    'contracts: { profiles: { beads: beads:ALL } }\nrules: { severity: { beads/bead-lost: info } }\n',
  );
  assert.equal(run(folder, 'check', '--format', 'tally').out.includes('config/schemaward-yaml'), false);
});

test('the made-up history engine says what is applied, in the made-up words of the tool', () => {
  const { out } = run(project(), 'status', '--target', 'abacus');
  assert.match(out, /beads: abacus, ToyDB/);
  assert.match(out, /1 +001\.step\.sql +STEP +counted/);
  assert.match(out, /2 +002\.step\.sql +STEP +to count/);
});

test('the made-up recipe and command are offered by name', () => {
  assert.match(run(copy, 'help').out, /^ {2}hello /m);
  assert.equal(run(copy, 'hello').out, 'hello\n');
  assert.match(run(copy, 'scaffold', '--help').out, /forget-slowly/);
  const { out } = run(project(), 'scaffold', 'forget-slowly', '--table', 'bead');
  assert.match(out, /003\.step\.sql/);
  assert.match(out, /FADE TABLE bead/i);
});

test('the made-up fix stands in the lightbulb', () => {
  const script = `
    import { makeService } from '${join(sources, 'entry/service.ts')}';
    import { createWorkspace } from '${join(sources, 'host/workspace.ts')}';
    const [root] = process.argv.slice(2);
    const service = await makeService();
    const workspace = createWorkspace(service, { roots: [root], trusted: true, overrides: {}, env: {}, now: () => '2026-11-24T12:00:00Z' });
    await workspace.load();
    const offers = service.actions(workspace.snapshot, root + '/002.step.sql', { start: 0, end: 5 });
    console.log(offers.map(({ title }) => title).join('\\n'));
  `;
  const file = join(copy, 'actions.ts');
  writeFileSync(file, script);
  const { stdout, stderr } = spawnSync(process.execPath, [file, project()], { encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.match(stdout, /^Remember the table$/m);
});
