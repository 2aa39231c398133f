import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromNative, fromUri, toUri } from '#host/paths.ts';

for (const [native, path] of [
  ['/repo/db/V1.sql', '/repo/db/V1.sql'],
  ['/repo/db/', '/repo/db'],
  ['/', '/'],
  ['C:\\repo\\db\\V1.sql', 'c:/repo/db/V1.sql'],
  ['c:\\', 'c:/'],
  ['\\\\server\\share\\db', '//server/share/db'],
] as const) {
  test(`native ${native}`, () => assert.equal(fromNative(native), path));
}

for (const [uri, path] of [
  ['file:///repo/db/V1.sql', '/repo/db/V1.sql'],
  ['file:///c%3A/repo/V1.sql', 'c:/repo/V1.sql'],
  ['file:///C:/repo/V1.sql', 'c:/repo/V1.sql'],
  ['file:///repo/a%20b/%23c/100%25.sql', '/repo/a b/#c/100%.sql'],
  ['file://server/share/db/V1.sql', '//server/share/db/V1.sql'],
  ['file:///repo/100%.sql', '/repo/100%.sql'],
  ['vscode-remote://wsl+ubuntu/repo/V1.sql', 'vscode-remote://wsl+ubuntu/repo/V1.sql'],
  ['untitled:Untitled-1', 'untitled://Untitled-1'],
] as const) {
  test(`URI ${uri}`, () => assert.equal(fromUri(uri), path));
}

test('what is no URI is undefined', () => assert.equal(fromUri('/just/a/path'), undefined));

test('VS Code writes the drive with an escaped colon', () =>
  assert.equal(toUri('c:/repo/a b.sql'), 'file:///c%3A/repo/a%20b.sql'));

test('a path survives the way to a URI and back', () => {
  const name = fc
    .stringMatching(/^[a-zA-Z0-9 _.#%&+=@é日'()!*-]{1,12}$/)
    .filter((part) => part.trim() !== '' && part !== '.' && part !== '..');
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (parts) => {
      for (const path of [`/${parts.join('/')}`, `c:/${parts.join('/')}`]) assert.equal(fromUri(toUri(path)), path);
    }),
  );
});
