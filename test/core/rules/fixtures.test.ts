import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedFinding } from '#core/model/finding.ts';
import { rules } from '#core/rules/index.ts';
import type { Snapshot } from '#core/service.ts';
import { ruleFixtures } from '../../fixtures/rules.ts';
import { checkAll, engine, folder, inOneRelease, saidAlone, snapshot, strict } from '../support/engine.ts';

function findings(
  rule: string,
  given: string,
  sql: string,
  version?: number,
  earlier?: readonly string[],
): readonly ReportedFinding[] {
  return saidAlone(engine(), workspace(given, sql, version, earlier)).filter(
    (finding) => finding.rule === rule && finding.path === `${folder}/V2__new.sql`,
  );
}

function workspace(given: string, sql: string, version?: number, earlier: readonly string[] = []): Snapshot {
  return snapshot({
    ...(given === '' ? {} : { released: { 'V1__given.sql': given } }),
    pending: { ...inOneRelease(earlier), 'V2__new.sql': sql },
    other: strict,
    ...(version === undefined ? {} : { version }),
  });
}

const wide = '/* é 𝒳 日本 e\u0301 */ ';

for (const { rule, given, bad, words, good, quoted, whenNew, inDoBlock, target, versions, earlier } of ruleFixtures) {
  const said = (before: string, sql: string) => findings(rule, before, sql, target, before === given ? earlier : []);

  test(`${rule}: bad, on the words that cause it`, () => {
    const [found] = said(given, bad);
    assert.ok(found !== undefined);
    assert.equal(bad.slice(found.span.start, found.span.end), words);
    assert.ok(!/\{\w+\}/.test(found.message), found.message);
  });

  test(`${rule}: good is silent`, () => {
    for (const sql of good) assert.deepEqual(said(given, sql), [], sql);
  });

  test(`${rule}: made in the same release, it is ${whenNew}`, () => {
    assert.equal(said('', `${given}\n${bad}`).length > 0, whenNew === 'fires');
  });

  test(`${rule}: suppressed with a reason, and the comment is not reported`, () => {
    const last = bad.lastIndexOf('\n') + 1;
    const comment = `-- schemaward-ignore ${rule}: agreed with the team\n`;
    const at = rule === 'tx/enum-value-used' || words !== '' ? last : 0;
    const sql = bad.slice(0, at) + comment + bad.slice(at);
    const made = workspace(given, sql, target, earlier);
    const report = checkAll(engine(), made);
    assert.deepEqual(
      report.findings.filter((finding) => finding.rule === rule || finding.rule === 'config/ignore-comment'),
      [],
    );
    assert.ok(report.summary.suppressed > 0);
  });

  test(`${rule}: wide characters before it, CRLF and a byte order mark move nothing`, () => {
    for (const sql of [`${wide}${bad}`, `\ufeff${bad.replaceAll('\n', '\r\n')}\r\n`, `-- ${wide}\r\n${bad}`]) {
      const [found] = said(given, sql);
      assert.ok(found !== undefined, sql);
      assert.equal(sql.slice(found.span.start, found.span.end).replaceAll('\r\n', '\n'), words);
    }
  });

  test(`${rule}: quoted and qualified names`, () => {
    assert.ok(said(quoted.given, quoted.bad).length > 0);
  });

  if (inDoBlock !== 'not-possible') {
    test(`${rule}: behind an IF in a DO block it ${inDoBlock === 'fires' ? 'may happen' : 'is silent'}`, () => {
      const [plain] = said(given, bad);
      const [found] = said(given, `DO $$\nBEGIN\n  IF current_user = 'x' THEN\n    ${bad}\n  END IF;\nEND\n$$;`);
      assert.equal(found !== undefined, inDoBlock === 'fires');
      if (found === undefined || plain === undefined) return;
      const rank = { error: 3, warning: 2, info: 1, hint: 0 };
      assert.ok(rank[found.severity] <= rank[plain.severity]);
    });
  }

  for (const [version, fires] of Object.entries(versions ?? {})) {
    test(`${rule}: on version ${version} it ${fires ? 'fires' : 'is silent'}`, () => {
      assert.equal(findings(rule, given, bad, Number(version)).length > 0, fires);
    });
  }
}

test('every rule about SQL has its fixture', () => {
  const have = new Set(ruleFixtures.map(({ rule }) => rule));
  assert.deepEqual(
    rules.filter(({ scope, id }) => scope !== 'timeline' && scope !== 'undo' && !have.has(id)).map(({ id }) => id),
    [],
  );
});
