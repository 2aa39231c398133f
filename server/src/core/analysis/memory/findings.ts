import type { Finding, Related } from '../../model/finding.ts';
import type { Anchor, FilePath, StatementId } from '../../model/text.ts';
import type { KeptStatement } from './statements.ts';

type KeptAnchor = Omit<Anchor, 'statement'> & { readonly statement?: KeptStatement };

/** A finding whose anchors name statements by their places. */
export type KeptFinding = Omit<Finding, 'anchor' | 'related'> & {
  readonly anchor: KeptAnchor;
  readonly related: readonly (Omit<Related, 'anchor'> & { readonly anchor: KeptAnchor })[];
};

export function keptFinding(finding: Finding, keep: (file: FilePath, id: StatementId) => KeptStatement): KeptFinding {
  const kept = ({ statement, ...anchor }: Anchor): KeptAnchor =>
    statement === undefined ? anchor : { ...anchor, statement: keep(anchor.file, statement) };
  const related = finding.related.map((each) => ({ ...each, anchor: kept(each.anchor) }));
  return { ...finding, anchor: kept(finding.anchor), related };
}

export function findingOf(
  kept: KeptFinding,
  statement: (file: FilePath, kept: KeptStatement) => StatementId | undefined,
): Finding {
  const anchored = ({ statement: place, ...anchor }: KeptAnchor): Anchor => {
    const id = place === undefined ? undefined : statement(anchor.file, place);
    return id === undefined ? anchor : { ...anchor, statement: id };
  };
  const related = kept.related.map((each) => ({ ...each, anchor: anchored(each.anchor) }));
  return { ...kept, anchor: anchored(kept.anchor), related };
}
