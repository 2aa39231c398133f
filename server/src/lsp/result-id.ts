import type { ReportedFinding } from '#core/model/finding.ts';

/**
 * Names a list of findings: equal for those that a face would show equally. What was not worked out again is the same object
 * and has its mark already, so that a keystroke in a long file costs one number a finding.
 */
export function resultIdOf(findings: readonly ReportedFinding[]): string {
  let state = start;
  for (const finding of findings) state = mixed(mixed(state, markOf(finding).a), markOf(finding).b);
  // 53 bits, enough to tell two results of one file apart.
  return ((state.b >>> 0) * 4096 + (state.a >>> 20)).toString(36);
}

interface Mark {
  readonly a: number;
  readonly b: number;
}

const start: Mark = { a: 0xdeadbeef, b: 0x41c6ce57 };

const marks = new WeakMap<ReportedFinding, Mark>();

function markOf(finding: ReportedFinding): Mark {
  const known = marks.get(finding);
  if (known !== undefined) return known;
  const mark = hash(shown(finding));
  marks.set(finding, mark);
  return mark;
}

function shown({ rule, severity, span, head, message, relatedPlaces }: ReportedFinding): string {
  const related = relatedPlaces.map((each) => `${each.path} ${each.span.start}`).join();
  return `${rule} ${severity} ${span.start} ${(head ?? span).end} ${message} ${related}`;
}

function hash(text: string): Mark {
  let { a, b } = start;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return { a, b };
}

function mixed({ a, b }: Mark, value: number): Mark {
  // The upper bits come down, since multiplying alone carries them up only.
  return { a: Math.imul(a ^ value ^ (a >>> 15), 2654435761), b: Math.imul(b ^ value ^ (b >>> 13), 1597334677) };
}
