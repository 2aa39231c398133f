import assert from 'node:assert/strict';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runBundle } from '../support/cli.ts';
import { type Diagnostic, type Range, startServer } from './harness.ts';

const shop = resolve(import.meta.dirname, '../../examples/shop');
const severities = ['', 'error', 'warning', 'info', 'hint'];

interface Finding {
  readonly path: string;
  readonly range: Range;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
}

type Related = { readonly location: { readonly uri: string; readonly range: Range }; readonly message: string };

interface Compared {
  readonly rule: unknown;
  readonly range: Range;
  readonly related?: readonly { readonly message: string }[];
}

/**
 * Of a declaration in a contract an editor underlines only the head, and old texts are shown to our own client alone: there
 * ends and related places are others.
 */
function asBothSay(found: Compared & { readonly message: string }): object {
  if (!/^(proto|avro)\//.test(String(found.rule))) return found;
  return { ...found, range: found.range.start, related: found.related?.map(({ message }) => message) };
}

test('the editor and the command line say the same of the sample, in the same order', async () => {
  const { out } = await runBundle(shop, ['check', '--all', '--format', 'json']);
  const { findings } = JSON.parse(out) as { findings: readonly Finding[] };
  assert.ok(findings.length > 10);

  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: pathToFileURL(shop).href, name: 'shop' }] });
  await server.request('schemaward/checkHistory', { on: true });
  const { items } = await server.request<{
    items: { uri: string; items: (Diagnostic & { relatedInformation?: Related[] })[] }[];
  }>('workspace/diagnostic', { previousResultIds: [] });
  const pathOf = (uri: string) => relative(shop, fileURLToPath(uri)).replaceAll('\\', '/');
  const shown = items.flatMap(({ uri, items: problems }) =>
    problems.map(({ range, severity, code, message, relatedInformation = [] }) => ({
      path: pathOf(uri),
      range,
      severity: severities[severity],
      rule: code,
      message,
      related: relatedInformation.map((each) => ({
        path: pathOf(each.location.uri),
        range: each.location.range,
        message: each.message,
      })),
    })),
  );
  const printed = findings.map(({ path, range, severity, rule, message, related }) => ({
    path,
    range,
    severity,
    rule,
    message,
    related,
  }));
  const byFile = <T extends { readonly path: string }>(list: readonly T[]) => Map.groupBy(list, ({ path }) => path);
  const expected = byFile(printed);
  const actual = byFile(shown);
  assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort());
  for (const [path, wanted] of expected) {
    assert.deepEqual(actual.get(path)?.map(asBothSay), wanted.map(asBothSay), path);
    // One file pulled by itself says what the whole workspace says of it.
    const pulled = await server.problems(pathToFileURL(join(shop, path)).href);
    assert.deepEqual(
      pulled.map(({ code, range, message }) => asBothSay({ rule: code, range, message })),
      wanted.map(({ rule, range, message }) => asBothSay({ rule, range, message })),
    );
  }
  assert.equal(await server.shutdown(), 0);
});
