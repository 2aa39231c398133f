import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

const yaml = `targets:
  down: { url: "postgresql://someone:hunter22@127.0.0.1:1/shop" }
  empty: { env: SHOP_URL }
  file: { from: status.json }
  lite: { url: "sqlite:a.db" }
`;

const project = {
  'db/migration/V1__a.sql': 'CREATE TABLE a (id int);\n',
  'schemaward.yaml': yaml,
  'status.json': '{}',
};

const cases: readonly (readonly [line: string, err: RegExp])[] = [
  ['stats', /asks the target of --target NAME\. Known: down, empty, file, lite\./],
  ['stats --target dwn', /There is no target dwn\. Did you mean down\?/],
  ['stats --target down --project other', /down is no target of other, but of /],
  ['stats --target down', /, down: .*someone@127\.0\.0\.1:1\/shop refused the connection/],
  ['stats --target empty', /SHOP_URL is not set/],
  ['stats --target file', /says nothing about sizes/],
  ['stats --target lite', /only PostgreSQL is asked/],
];

for (const [line, err] of cases)
  test(`${line}: says why, writes nothing, tells no secret`, async (context) => {
    const made = folder(context, project);
    const result = await runInProcess(made.path, line.split(' '));
    assert.equal(result.code, 2);
    assert.match(result.err, err);
    assert.doesNotMatch(result.err + result.out, /hunter22/);
    assert.ok(!existsSync(join(made.path, 'schemaward.stats.json')));
  });

test('nothing but this command measures: no editor, trusted or not, and no check', () => {
  const root = join(import.meta.dirname, '..', '..', 'server', 'src');
  const callers = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /\bmeasureTarget\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(callers.sort(), [join('cli', 'commands', 'stats.ts'), join('host', 'targets.ts')]);
});
