import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { facadeTypes, layers } from '../../scripts/layers.ts';

const root = resolve(import.meta.dirname, '../..');

/** Paths of every source file below a folder, relative to the repository, POSIX. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
}

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  const statement = /(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g;
  for (const match of text.matchAll(statement)) {
    const target = resolveImport(file, match[2] ?? match[3] ?? '');
    if (target !== undefined) found.push({ from: file, target, typeOnly: match[1] !== undefined });
  }
  return found;
}

function resolveImport(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#client/')) return specifier.replace('#client/', 'client/src/');
  if (specifier.startsWith('#')) return `server/src/${specifier.slice(1)}`;
  if (!specifier.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/');
}

/** The most specific layer; `*` stands for one folder, whose name tells siblings apart. */
function layerOf(file: string): { readonly index: number; readonly sibling: string } | undefined {
  let best: { readonly index: number; readonly sibling: string; readonly length: number } | undefined;
  for (const [index, { folder }] of layers.entries()) {
    const pattern = new RegExp(`^${folder.replaceAll('*', '([^/]+)')}/`);
    const match = pattern.exec(file);
    if (match !== null && folder.length > (best?.length ?? 0))
      best = { index, sibling: match[1] ?? '', length: folder.length };
  }
  return best;
}

function isAllowed({ from, target, typeOnly }: Import): boolean {
  if (typeOnly && target === facadeTypes) return true;
  if (/package\.json$/.test(target)) return true;
  const a = layerOf(from);
  const b = layerOf(target);
  if (a === undefined || b === undefined) return false;
  if (a.index === b.index) return a.sibling === b.sibling;
  const name = (layers[b.index]?.folder ?? '').replace(/^server\/src\//, '');
  return (layers[a.index]?.mayImport ?? []).some(
    (allowed) => allowed === name || (allowed === 'core' && name.startsWith('core')),
  );
}

test('imports go down only, never sideways between two tools or dialects', () => {
  const files = [...sources('server/src'), ...sources('client/src')];
  assert.ok(files.length > 100, 'the scanner found the sources');
  const forbidden = files.flatMap(importsOf).filter((each) => !isAllowed(each));
  assert.deepEqual(
    forbidden.map(({ from, target }) => `${from} -> ${target}`),
    [],
  );
});

test('the core asks nobody: no clock, no chance, no platform', () => {
  const offenders = sources('server/src/core').filter((file) =>
    /\bMath\.random\b|\bnew Date\b|\bDate\.now\b|from 'node:|\bprocess\.|\bglobalThis\b/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  assert.deepEqual(offenders, []);
});

test('every source file belongs to a layer', () => {
  assert.deepEqual(
    [...sources('server/src'), ...sources('client/src')].filter((file) => layerOf(file) === undefined),
    [],
  );
});
