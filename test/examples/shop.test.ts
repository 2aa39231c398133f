import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSample } from '../../scripts/sample/workspace.ts';
import { runInProcess } from '../support/cli.ts';

interface Found {
  readonly findings: readonly {
    readonly path: string;
    readonly rule: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
}

test('the sample has exactly the defects of its manifest', async (context) => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-shop-')));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  const { manifest } = makeSample(path);
  const { out, code } = await runInProcess(path, ['check', '--format', 'json']);
  assert.equal(code, 1);
  const found = (JSON.parse(out) as Found).findings.map(
    ({ path: file, rule, range }) => `${file}:${range.start.line + 1} ${rule}`,
  );
  const planted = manifest.defects.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  assert.deepEqual(found.sort(), planted.sort());
  assert.ok(planted.length >= 15);
});
