import { castsKey } from '../schema/keys.ts';
import type { Casts } from '../schema/semantics.ts';
import type { DataType } from '../schema/types.ts';
import type { ChangeContext } from './rule.ts';
import { baseType, knownType } from './support.ts';

/** Does a stored value of the one type become the other by itself? Undefined: not known. */
export function isAssignable(context: ChangeContext, from: DataType, to: DataType): boolean | undefined {
  return judged(context, from, to, (casts, ...types) => casts.isAssignable(...types));
}

/** Can a foreign key of the one type point to a key of the other? Undefined: not known. */
export function canReference(context: ChangeContext, from: DataType, to: DataType): boolean | undefined {
  const comparable = judged(context, from, to, (casts, ...types) => casts.canReference(...types));
  return comparable === true && [from, to].some((type) => isDomainOfEnum(context, type)) ? false : comparable;
}

/** What the dialect's casts say of two types, domains as what they are made of. Undefined: not known. */
export function judged<Answer>(
  context: ChangeContext,
  from: DataType,
  to: DataType,
  judge: (casts: Casts, from: DataType, to: DataType) => Answer,
): Answer | undefined {
  const { casts } = context.dialect.semantics(context.target);
  const { tainted } = context.before;
  if (casts === undefined || tainted.has('*') || tainted.has(castsKey)) return undefined;
  const types = [baseType(context, from).type, baseType(context, to).type] as const;
  return types.every((type) => casts.knows(type) || isOwn(context, type)) ? judge(casts, ...types) : undefined;
}

/** Made by the history, which gave it no casts. */
function isOwn(context: ChangeContext, type: DataType): boolean {
  const form = knownType(context, type)?.value.form;
  return form === 'enum' || form === 'composite';
}

/** Keys of enums compare by operators for any enum, which do not take a domain over one. */
function isDomainOfEnum(context: ChangeContext, type: DataType): boolean {
  const base = baseType(context, type).type;
  return type.name !== base.name && base.array === 0 && knownType(context, base)?.value.form === 'enum';
}
