import type { ContractFinding } from '../../../finding.ts';

/** buf's order: what is about no file first, then by path, place and id. */
export function inOrder(findings: readonly ContractFinding[]): readonly ContractFinding[] {
  return [...findings].sort(
    (a, b) =>
      text(a.place.side === 'before' ? '' : a.place.path, b.place.side === 'before' ? '' : b.place.path) ||
      a.place.span.start - b.place.span.start ||
      a.place.span.end - b.place.span.end ||
      text(a.peerRule ?? a.rule, b.peerRule ?? b.rule) ||
      text(a.object, b.object),
  );
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
