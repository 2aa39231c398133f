import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Bundles the client and the command line (which is the server too) into `dist/`; `cli.js` starts `main.js`. CommonJS,
 * because VS Code loads it faster; `dist/package.json` says so to Node, since the package itself is of type module.
 */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const development = process.argv.includes('--development');

/** Of the manifest the programs need the version. */
const onlyVersion: Plugin = {
  name: 'only-version',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return dirname(path) === root ? { contents: JSON.stringify({ version }), loader: 'json' } : undefined;
    });
  },
};

const common: BuildOptions = {
  bundle: true,
  minify: !development,
  sourcemap: development ? 'inline' : false,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  plugins: [onlyVersion],
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['server/src/entry/cli.ts'], outfile: 'dist/cli.js' }),
  build({ ...common, entryPoints: ['server/src/entry/main.ts'], outfile: 'dist/main.js', external: ['pg-native'] }),
]);
writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n');
const parser = dirname(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.js'));
const wasm = readFileSync(join(parser, 'libpg-query.wasm'));
writeFileSync(
  join(dist, 'libpg-query.wasm.br'),
  brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } }),
);
