import type { Proposal, Refusal } from '../model/proposal.ts';
import { emptyProposal } from '../rules/fix.ts';
import type { EvolutionStatus } from '../service.ts';
import type { WriteContext } from './recipe.ts';

/** Moves the drafts of a contract to the next free versions, in their order, when the evidence says it is due. */
export function promote(
  status: EvolutionStatus | undefined,
  id: string,
  write: WriteContext,
  where: string,
): Proposal | Refusal {
  if (status === undefined) return refused(`There is no evolution ${id}.`);
  const drafts = status.files.filter(({ role }) => role === 'draft').sort((a, b) => number(a.path) - number(b.path));
  if (drafts.length === 0)
    return refused(
      status.phase === 'done' ? `The contract of ${id} has run.` : `${id} has no contract draft left to promote.`,
    );
  if (!status.due) {
    const waiting = status.files.filter(
      ({ role, applied, phase }) => role === 'migration' && !applied && phase !== 'contract',
    );
    const names = waiting.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    return refused(
      names.length === 0
        ? `The contract of ${id} is not due: ${status.next}.`
        : `The contract of ${id} is not due: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not ${where}.`,
    );
  }
  const column = status.ref.old === '' ? id.replaceAll('-', '_') : status.ref.old;
  return {
    ...emptyProposal(),
    evolution: status.ref,
    creates: drafts.map(({ path }, nth) => ({
      path: write.newFile({
        description: drafts.length === 1 ? `${column}_contract` : `${column}_contract_${nth + 1}`,
        phase: 'contract',
        nth,
      }),
      role: 'migration',
      phase: 'contract',
      text: write.files.get(path)?.text ?? '',
      transactional: true,
      label: drafts.length === 1 ? 'Contract' : `Contract ${nth + 1} of ${drafts.length}`,
    })),
    deletes: drafts.map(({ path }) => path),
    notes: [
      ...(write.minReleases > 1
        ? [
            `schemaward.yaml asks for ${write.minReleases} releases between expand and contract: count them before this ships.`,
          ]
        : []),
      ...(status.files.some(({ role }) => role === 'check')
        ? ['Its guard stops the migration while the data does not agree; run check.sql first to know.']
        : []),
    ],
  };
}

function number(path: string): number {
  return Number(/-(\d+)\.sql$/.exec(path)?.[1] ?? 1);
}

function refused(reason: string): Refusal {
  return { kind: 'refusal', reason };
}
