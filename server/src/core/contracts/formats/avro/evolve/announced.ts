import { type FieldEvolution, splitElement } from '../../../evolution.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import { isDeprecated } from '../verdict.ts';
import { find } from './contract.ts';
import { findRecord } from './subject.ts';

/** What readers with the old schema miss, who were told to update. In transitive modes any of the older schemas may have told them. */
export function announced(
  { before, after }: CompareRequest,
  evolution: FieldEvolution,
): ((finding: ContractFinding) => boolean) | undefined {
  const { parent, name } = splitElement(evolution.element);
  const home = findRecord(after, evolution.path, parent);
  const isTold = before.some(({ tree }) => {
    const found = find(tree, evolution);
    return !('kind' in found) && isDeprecated(found.field);
  });
  if (home === undefined || !isTold) return undefined;
  const { start } = home.record.name.span;
  return ({ rule, args, place }) =>
    wantsField.has(rule) &&
    args.direction === 'FORWARD' &&
    args.field === name &&
    place.path === home.path &&
    place.span.start === start;
}

/** The second is said of an enum whose own default is none of a field. */
const wantsField: ReadonlySet<string> = new Set([
  'avro/reader-field-missing-default-value',
  'avro/type-mismatch',
  'avro/reads-as-default',
]);
