import type { ContractFinding } from '../../../finding.ts';
import type { ContractPlace, Side } from '../../../tree.ts';
import type { AvroSet } from '../link.ts';
import { defaultChanged } from './default-changed.ts';
import { defaultNotOfFirstBranch } from './default-not-of-first-branch.ts';
import { enumSymbolAdded } from './enum-symbol-added.ts';
import { logicalTypeChanged } from './logical-type-changed.ts';
import { namespaceChanged } from './namespace-changed.ts';
import { readsAsDefault } from './reads-as-default.ts';
import { renamedWithoutAlias } from './renamed-without-alias.ts';
import type { BeyondContext, BeyondRule, Observation, Words } from './rule.ts';

export const beyondRules: readonly BeyondRule[] = [
  defaultChanged,
  defaultNotOfFirstBranch,
  enumSymbolAdded,
  logicalTypeChanged,
  namespaceChanged,
  readsAsDefault,
  renamedWithoutAlias,
];

/** What the rules beyond Apache's say, in the order of the text. */
export function lookBeyond(context: BeyondContext, against: string): readonly ContractFinding[] {
  const findings: ContractFinding[] = [];
  for (const rule of beyondRules)
    for (const one of rule.check(context)) {
      const finding = toFinding(rule, one, context, against);
      if (finding !== undefined) findings.push(finding);
    }
  return findings.sort((a, b) => a.place.span.start - b.place.span.start);
}

function toFinding(
  rule: BeyondRule,
  one: Observation,
  { before, after }: BeyondContext,
  against: string,
): ContractFinding | undefined {
  const place = placeIn(after, 'after', one.at);
  const was = one.was === undefined ? undefined : placeIn(before, 'before', one.was);
  if (place === undefined) return undefined;
  return {
    rule: rule.id,
    messageId: one.messageId,
    args: { ...one.args, against },
    place,
    object: one.object,
    compat: one.compat ?? 'breaking',
    ...(one.severity === undefined ? {} : { severity: one.severity }),
    related: was === undefined ? [] : [{ place: was, messageId: 'before', args: { against } }],
    fixes: one.fixes ?? [],
    against,
  };
}

function placeIn(set: AvroSet, side: Side, { file, span }: Words): ContractPlace | undefined {
  const path = set.pathOf(file);
  return path === undefined ? undefined : { side, path, span };
}
