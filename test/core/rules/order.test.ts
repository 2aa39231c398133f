import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedFinding } from '#core/model/finding.ts';
import { rules } from '#core/rules/index.ts';
import { orderFixtures } from '../../fixtures/order.ts';
import { applied, checkAll, engine, folder, type Made, snapshot } from '../support/engine.ts';

function findings(rule: string, made: Made, file?: string): readonly ReportedFinding[] {
  return checkAll(engine(), snapshot(made)).findings.filter(
    (finding) => finding.rule === rule && (file === undefined || finding.path === `${folder}/${file}`),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

for (const { rule, bad, file, says, related, good, wide, renames } of orderFixtures) {
  test(`${rule}: bad, at the file whose name it is about`, () => {
    const [found] = findings(rule, bad, file);
    assert.ok(found !== undefined);
    assert.match(found.message, says);
    assert.ok(!/\{\w+\}/.test(found.message), found.message);
    assert.equal(found.span.start, 0);
  });

  test(`${rule}: the related place is the other file`, () => {
    const [found] = findings(rule, bad, file);
    const names = (found?.relatedPlaces ?? []).map(({ path }) => nameOf(path));
    assert.deepEqual(names, typeof related === 'string' ? [related] : []);
  });

  test(`${rule}: good is silent`, () => {
    for (const made of good) assert.deepEqual(findings(rule, made), []);
  });

  test(`${rule}: suppressed by schemaward.yaml, where the file is frozen or not`, () => {
    const config = `ignore:\n  - rule: ${rule}\n    reason: agreed with the team\n`;
    const made = { ...bad, other: { ...bad.other, 'schemaward.yaml': config } };
    const report = checkAll(engine(), snapshot(made));
    assert.deepEqual(
      report.findings.filter((finding) => finding.rule === rule || finding.rule.startsWith('config/')),
      [],
    );
    assert.ok(report.summary.suppressed > 0);
  });

  test(`${rule}: suppressed by a comment in the file`, () => {
    const comment = `-- schemaward-ignore-file ${rule}: agreed with the team\n`;
    const text = bad.pending?.[file] ?? '';
    const made = { ...bad, pending: { ...bad.pending, [file]: comment + text } };
    assert.deepEqual(
      checkAll(engine(), snapshot(made)).findings.filter(
        (finding) =>
          finding.path === `${folder}/${file}` && (finding.rule === rule || finding.rule === 'config/ignore-comment'),
      ),
      [],
    );
  });

  test(`${rule}: letters beyond ASCII in names and text`, () => {
    assert.ok(findings(rule, wide.made, wide.file).length > 0);
  });

  test(`${rule}: the quick fix renames the file, or there is none`, () => {
    const made = snapshot(bad);
    const path = `${folder}/${file}`;
    const offers = engine().actions(made, path, { start: 0, end: 0 });
    const offer = offers.find((each) => each.kind === 'fix' && each.rule === rule);
    if ('none' in renames) {
      assert.equal(offer, undefined);
      return;
    }
    assert.ok(offer !== undefined, 'a fix is offered');
    const after = applied(engine().resolveAction(made, offer.data), made);
    for (const [from, to] of Object.entries(renames)) {
      assert.ok(!after.has(`${folder}/${from}`));
      assert.ok(after.has(`${folder}/${to}`), [...after.keys()].join(' '));
    }
  });
}

test('every rule about order has its fixture', () => {
  const have = new Set(orderFixtures.map(({ rule }) => rule));
  const timeline = rules.filter(({ scope, id }) => scope === 'timeline' && id.startsWith('order/'));
  assert.ok(timeline.length >= 9);
  assert.deepEqual(
    timeline.filter(({ id }) => !have.has(id)).map(({ id }) => id),
    [],
  );
});
