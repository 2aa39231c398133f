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

/** What client and server speak: one file for both of them. */
const protocol = 'vscode-languageserver-protocol/node';

const sharedProtocol: Plugin = {
  name: 'shared-protocol',
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-(jsonrpc|languageserver-(protocol|types))(\/node)?$/ }, ({ kind }) =>
      // It holds what it is made of, and exports all of that.
      kind === 'entry-point' ? undefined : { path: './protocol.js', external: true },
    );
  },
};

/**
 * What the client's library brings along and its host has already: VS Code starts no version of itself that the manifest does
 * not allow, and Node matches paths with the same library inside.
 */
const standIns: Plugin = {
  name: 'stand-ins',
  setup({ onLoad }) {
    const semver = /[/\\]semver[/\\]functions[/\\](parse|satisfies)\.js$/;
    onLoad({ filter: semver }, () => ({ contents: 'module.exports = (version) => version;' }));
    onLoad({ filter: /[/\\]minimatch[/\\]dist[/\\]commonjs[/\\]index\.js$/ }, () => ({
      contents: `const { matchesGlob } = require('node:path');
        exports.Minimatch = class {
          constructor(pattern) { this.pattern = pattern; }
          makeRe() { return true; }
          match(path) { return matchesGlob(path, this.pattern); }
        };`,
    }));
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
  // As modules, of which what is not used is left out.
  alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: [protocol], outfile: 'dist/protocol.js' }),
  build({
    ...common,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/client.cjs',
    external: ['vscode'],
    plugins: [onlyVersion, sharedProtocol, standIns],
  }),
  build({ ...common, entryPoints: ['server/src/entry/cli.ts'], outfile: 'dist/cli.js' }),
  build({
    ...common,
    entryPoints: ['server/src/entry/main.ts'],
    outfile: 'dist/main.js',
    plugins: [onlyVersion, sharedProtocol],
  }),
]);
writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n');
const parser = dirname(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.js'));
const wasm = readFileSync(join(parser, 'libpg-query.wasm'));
writeFileSync(
  join(dist, 'libpg-query.wasm.br'),
  brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_LGBLOCK]: 24,
      [constants.BROTLI_PARAM_NPOSTFIX]: 3,
    },
  }),
);
