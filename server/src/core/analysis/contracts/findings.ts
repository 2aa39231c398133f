import type { ContractFinding } from '../../contracts/finding.ts';
import type { ContractPlace } from '../../contracts/tree.ts';
import type { Finding } from '../../model/finding.ts';
import type { Anchor, FilePath } from '../../model/text.ts';
import { ruleInfo } from '../../rules/index.ts';

/**
 * A finding of a comparison in the words that all findings have.
 * @param fileOf a path below the compared folder to the file's own
 */
export function findingOf(found: ContractFinding, project: string, fileOf: (path: string) => FilePath): Finding {
  const anchorOf = ({ path, span, side }: ContractPlace): Anchor => ({
    file: fileOf(path),
    span,
    ...(side === 'before' ? { side } : {}),
  });
  return {
    rule: found.rule,
    messageId: found.messageId,
    args: found.args,
    severity: found.severity ?? ruleInfo(found.rule)?.severity ?? 'error',
    project,
    anchor: anchorOf(found.place),
    object: found.object,
    compat: found.compat,
    rollback: 'none',
    evidence: found.peerRule === undefined ? 'derived' : 'measured',
    related: found.related.map(({ place, messageId, args }) => ({ anchor: anchorOf(place), messageId, args })),
    fixes: found.fixes,
    peerRule: found.peerRule,
  };
}
