import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedFinding } from '#core/model/finding.ts';
import { resultIdOf } from '#lsp/result-id.ts';
import { checkAll, engine, snapshot } from '../core/support/engine.ts';

const text = 'CREATE TABLE a (id int);\nCREATE TABLE a (id int);\nDROP TABLE b;\nDROP TABLE c;\n';
const found = checkAll(engine(), snapshot({ pending: { 'V1__a.sql': text } })).findings;

test('a result is named by what is shown of it', () => {
  assert.ok(found.length >= 3);
  const copied: readonly ReportedFinding[] = JSON.parse(JSON.stringify(found));
  assert.equal(resultIdOf(copied), resultIdOf(found));
  const [first, second, ...rest] = found;
  assert.ok(first !== undefined && second !== undefined);
  const moved = { ...first, span: { start: first.span.start + 1, end: first.span.end } };
  const others = [
    [],
    [first],
    [first, first],
    [second, first, ...rest],
    [moved, second, ...rest],
    [{ ...first, head: { start: first.span.start, end: first.span.end + 1 } }, second, ...rest],
    [{ ...first, message: `${first.message}.` }, second, ...rest],
    [{ ...first, severity: 'hint' as const }, second, ...rest],
    [{ ...first, relatedPlaces: [{ path: '/a', span: first.span, message: '' }] }, second, ...rest],
    [...found, second],
    found.slice(1),
  ].map(resultIdOf);
  assert.equal(new Set([resultIdOf(found), ...others]).size, others.length + 1);
});
