import type { ContractFinding } from '../../contracts/finding.ts';
import type { ContractPlace } from '../../contracts/tree.ts';
import type { Finding } from '../../model/finding.ts';
import type { Anchor, FilePath } from '../../model/text.ts';
import { ruleInfo } from '../../rules/index.ts';

/**
 * A finding of a comparison in the words that all findings have.
 * @param fileOf a path below the compared folder to the file's own
 * @param baseline name of the version whose texts are at hand: places in others are left out
 */
export function findingOf(
  found: ContractFinding,
  project: string,
  fileOf: (path: string) => FilePath,
  baseline: string | undefined,
): Finding {
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
    related: (isOther(found, baseline) ? [] : found.related).map(({ place, messageId, args }) => ({
      anchor: anchorOf(place),
      messageId,
      args,
    })),
    fixes: found.fixes,
    peerRule: found.peerRule,
  };
}

function isOther({ against }: ContractFinding, baseline: string | undefined): boolean {
  return against !== undefined && against !== baseline;
}
