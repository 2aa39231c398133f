import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, win32 } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

/** What ships: the list of files, their size, and what the manifest promises. */
const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Everything in the .vsix. A new file is a decision: add it to `.vscodeignore` and here. */
const golden = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'client/media/icon.png',
  'client/media/migrations.svg',
  'client/media/walkthrough/connect.md',
  'client/media/walkthrough/edit.md',
  'client/media/walkthrough/plan.md',
  'client/media/walkthrough/recognised.md',
  'dist/cli.js',
  'dist/client.cjs',
  'dist/libpg-query.wasm.br',
  'dist/main.js',
  'dist/package.json',
  'dist/protocol.js',
  'package.json',
  'schemaward.schema.json',
  'syntaxes/flyway-placeholders.tmLanguage.json',
  'syntaxes/flyway-strings.tmLanguage.json',
  'syntaxes/proto.language-configuration.json',
];

const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const listed = () =>
  execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort();

test('the package holds exactly the golden list, and stays under 1.5 MB', () => {
  assert.deepEqual(listed(), golden);
  const packed = golden.reduce((sum, name) => sum + gzipSync(readFileSync(join(root, name))).length, 0);
  assert.ok(packed < 1_500_000, `${packed} bytes`);
});

test('the list is one of allowances: everything else is denied', () => {
  const [first, ...rest] = readFileSync(join(root, '.vscodeignore'), 'utf8').trim().split('\n');
  assert.equal(first, '**');
  assert.ok(rest.every((line) => line.startsWith('!')));
});

test('the bundles are CommonJS and need nothing beside VS Code and Node', () => {
  for (const name of ['dist/client.cjs', 'dist/cli.js', 'dist/main.js', 'dist/protocol.js']) {
    const text = readFileSync(join(root, name), 'utf8');
    // Protobuf files, which the bundle carries as texts, have imports of their own.
    assert.doesNotMatch(text, /^\s*(import\s[\w*{][^;]*\sfrom\s|export\s+(default|const|function|class|[{*]))/m, name);
    const needed = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, id]) => id ?? '');
    const outside = needed.filter((id) => !isBuiltin(id));
    assert.deepEqual(
      [...new Set(outside)].filter((id) => id !== 'vscode' && id !== './protocol.js'),
      [],
      name,
    );
  }
  assert.deepEqual(JSON.parse(readFileSync(join(root, 'dist/package.json'), 'utf8')), { type: 'commonjs' });
});

test('Node matches the paths that the client asks for, in place of the library that it left out', () => {
  const selected = readFileSync(join(root, 'client/src/client.ts'), 'utf8').matchAll(/pattern: '([^']+)'/g);
  const patterns = [...selected].map(([, pattern]) => pattern ?? '');
  const among = (path: string, on = posix) => patterns.filter((pattern) => on.matchesGlob(path, pattern));
  assert.ok(patterns.length >= 3);
  for (const name of ['V1__a.sql', 'schemaward.yaml', 'a.proto', 'a.avsc', 'a.avdl']) {
    assert.equal(among(`/home/me/shop/${name}`).length, 1, name);
    assert.equal(among(`c:\\shop\\db\\${name}`, win32).length, 1, name);
  }
  assert.deepEqual(among('/home/me/shop/a.sql.txt'), []);
});

test('the manifest: engine, trust with the restricted settings named, few settings, each with scope and words', () => {
  assert.equal(manifest.engines.vscode, '^1.138.0');
  assert.equal(manifest.devDependencies['@types/vscode'], '1.138.0');
  assert.equal(manifest.dependencies, undefined, 'everything is bundled');
  const { supported, restrictedConfigurations, description } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, 'limited');
  assert.match(description, /Git is not run and nothing connects/);
  const settings: Record<string, { scope?: string; markdownDescription?: string; default?: unknown }> =
    manifest.contributes.configuration.properties;
  assert.ok(Object.keys(settings).length <= 12);
  for (const [name, each] of Object.entries(settings)) {
    assert.ok(
      each.scope !== undefined && each.default !== undefined && (each.markdownDescription ?? '').endsWith('.'),
      name,
    );
  }
  for (const name of restrictedConfigurations) assert.ok(name in settings, name);
  assert.deepEqual(
    Object.keys(settings)
      .filter((name) => /dialect|target/i.test(name))
      .sort(),
    [...restrictedConfigurations].sort(),
    'what decides which database is meant comes from a trusted workspace only',
  );
});

test('every command that is shown somewhere is contributed, and every contributed one has a category', () => {
  const commands: { command: string; category?: string; title: string }[] = manifest.contributes.commands;
  const known = new Set(commands.map(({ command }) => command));
  for (const entries of Object.values<{ command: string }[]>(manifest.contributes.menus))
    for (const { command } of entries) assert.ok(known.has(command), command);
  for (const { category, command } of commands) assert.equal(category, 'Schemaward', command);
  const shown = JSON.stringify([manifest.contributes.walkthroughs, manifest.contributes.viewsWelcome]);
  for (const [, command = ''] of shown.matchAll(/\(command:([\w.]+)\)/g)) assert.ok(known.has(command), command);
});

test('what the marketplace shows: a 128 pixel PNG, banner, categories, licence, changelog, four steps with media', () => {
  const icon = readFileSync(join(root, manifest.icon));
  assert.equal(icon.subarray(1, 4).toString('latin1'), 'PNG');
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [128, 128]);
  assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
  assert.ok(manifest.categories.includes('Linters'));
  for (const name of ['LICENSE', 'CHANGELOG.md', 'README.md']) assert.ok(statSync(join(root, name)).size > 100, name);
  const [walkthrough] = manifest.contributes.walkthroughs;
  assert.equal(walkthrough.steps.length, 4);
  for (const { media, description } of walkthrough.steps) {
    assert.ok(existsSync(join(root, media.markdown)));
    assert.ok(description.length > 20);
  }
});
