import type { FieldEvolution } from '../../../evolution.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import { isDeprecated } from '../compare/deprecated.ts';
import { entryName } from '../link/names.ts';
import { type Found, find } from './contract.ts';
import { findMessage } from './find.ts';

/** The field, and what generated code has only because of it. Its number and name are reserved, so that nothing is lost on the wire. */
export function announced(
  { before: [baseline], after }: CompareRequest,
  evolution: FieldEvolution,
): ((finding: ContractFinding) => boolean) | undefined {
  const found = baseline && find('before', baseline.tree, evolution);
  if (found === undefined || 'kind' in found || !isDeprecated(found.field)) return undefined;
  const now = findMessage('after', after, found.home.message.fullName, evolution.path);
  const gone = goneWith(found);
  return ({ rule, object, place }) => gone.get(rule) === object && place.path === now?.path;
}

function goneWith({ home: { message }, field }: Found): ReadonlyMap<string, string> {
  const { fullName, name, oneof, isMap } = field;
  const isAlone =
    oneof !== undefined && message.fields.every((each) => each === field || each.oneof?.name !== oneof.name);
  return new Map([
    ['proto/field-no-delete', fullName],
    ...(isAlone ? [['proto/oneof-no-delete', oneof.fullName] as const] : []),
    ...(isMap ? [['proto/message-no-delete', `${message.fullName}.${entryName(name)}`] as const] : []),
  ]);
}
