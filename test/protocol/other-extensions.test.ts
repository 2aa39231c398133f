import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingOf, knowsLanguage, type Manifest } from '#client/contracts/others.ts';

const code = { main: './out/extension.js' };
const declaring = (...extensions: readonly string[]): Manifest => ({ contributes: { languages: [{ extensions }] } });
const text = ['.textproto', '.pbtxt', '.prototxt'];

/** As their `package.json` in their public repositories says it: id, manifest, endings of ours that are left to it. */
const others: readonly (readonly [string, Manifest, readonly string[]])[] = [
  ['bufbuild.vscode-buf', { ...code, contributes: { languages: [{}, { extensions: ['.proto'] }] } }, ['.proto']],
  ['zxh404.vscode-proto3', { ...code, ...declaring('.proto') }, ['.proto']],
  [
    'DrBlury.protobuf-vsc',
    { ...code, contributes: { languages: [{ extensions: ['.proto'] }, { extensions: text }] } },
    ['.proto'],
  ],
  ['pbkit.vscode-pbkit', { ...code, ...declaring('.proto') }, ['.proto']],
  ['ianandhum.protobuf-support', { ...code, ...declaring('.proto') }, ['.proto']],
  ['n3fariox.vscode-pbls', { ...code, ...declaring('.proto') }, ['.proto']],
  ['jeongukjae.vscode-protobuf', { ...code, ...declaring('.proto') }, ['.proto']],
  // A linter.
  ['plex.vscode-protolint', { ...code, contributes: {} }, []],
  // Colours alone.
  ['streetsidesoftware.avro', declaring('.avdl', '.avpr', '.avsc'), []],
  // Data, not schemas.
  ['romiogaku.vscode-avro-viewer', { ...code, contributes: {} }, []],
];

test('names are left to extensions that are known to declare a language and to run code', () => {
  for (const [id, manifest, wanted] of others) {
    const left = ['.proto', '.avsc', '.avpr', '.avdl'].filter((ending) => knowsLanguage(manifest, ending));
    assert.deepEqual(left, wanted, id);
  }
});

test('endings are those of our languages, in any case', () => {
  assert.deepEqual(['/a/b.proto', '/a/B.AVSC', '/a.proto/b.sql', '/a'].map(endingOf), [
    '.proto',
    '.avsc',
    undefined,
    undefined,
  ]);
});
