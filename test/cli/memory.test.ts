import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeBenchProject } from '../../scripts/bench-project.ts';

/** What `check` keeps between two runs, through the bundle that users get. */
const cli = join(import.meta.dirname, '../../dist/cli.js');
const home = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-memory-')));
const project = join(home, 'project');
const cache = join(home, 'cache');
writeBenchProject(project, 250);
after(() => rmSync(home, { recursive: true, force: true }));

function check(kept: string, ...more: readonly string[]): string {
  const args = [cli, 'check', '--all', '--format', 'json', ...more];
  const env = { ...process.env, SCHEMAWARD_CACHE: kept };
  const { stdout, status, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 1, stderr);
  return stdout;
}

const fresh = check(cache, '--no-cache');

function memory(): string {
  const [name = '', ...rest] = readdirSync(cache).filter((each) => each.endsWith('.jsonl'));
  assert.deepEqual(rest, []);
  return join(cache, name);
}

test('--no-cache keeps nothing', () => assert.equal(existsSync(cache), false));

test('a second run says the same, from a file that only its owner reads', () => {
  assert.equal(check(cache), fresh);
  assert.equal(statSync(memory()).mode & 0o777, 0o600);
  assert.equal(check(cache), fresh);
});

test('a memory that was changed or cut off is none, and is written anew', () => {
  check(cache);
  const whole = readFileSync(memory(), 'utf8');
  const silent = whole.replaceAll('"severity":"error"', '"severity":"hint"');
  assert.notEqual(silent, whole);
  for (const text of [silent, whole.slice(0, whole.length / 2), '', '\n', '\0']) {
    writeFileSync(memory(), text);
    assert.equal(check(cache), fresh);
    assert.equal(readFileSync(memory(), 'utf8'), whole);
  }
});

test('a place that cannot be written changes nothing', () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  assert.equal(check(join(file, 'cache')), fresh);
});
