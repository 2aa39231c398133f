import { namesMatch, promotions } from '../compare/resolution.ts';
import { type AvroSet, follow } from '../link.ts';
import {
  type Field,
  fieldsByName,
  isNamed,
  isPrimitive,
  meansTheSame,
  type RecordSchema,
  type Schema,
  type UnionSchema,
} from '../schema.ts';

/** A type of now beside the one it was, where both stand at the same place. */
export interface TypePair {
  readonly before: Schema;
  readonly after: Schema;
  /** The words that stand for them. */
  readonly beforeWord: Schema;
  readonly afterWord: Schema;
  /** `shop.Order.total`, else the type's own name. */
  readonly object: string;
}

export interface FieldPair {
  readonly before: Field;
  readonly after: Field;
  readonly beforeRecord: RecordSchema;
  readonly afterRecord: RecordSchema;
}

export interface RecordPair {
  readonly before: RecordSchema;
  readonly after: RecordSchema;
  /** Those that may tell something: not of one text. */
  readonly fields: readonly FieldPair[];
  readonly removed: readonly Field[];
  readonly added: readonly Field[];
}

export interface Walked {
  /** Those that have a name or a property. */
  readonly types: readonly TypePair[];
  readonly records: readonly RecordPair[];
}

/** What belongs together, and what it is called where it has no name. */
export interface Root {
  readonly before: Schema;
  readonly after: Schema;
  readonly object?: string;
}

type Finder = Pick<AvroSet, 'find'>;

/**
 * Everything of two schemas that belongs together: fields by name, else by an alias; branches of unions by what they are called. What
 * stands in other files on both sides is looked at there.
 */
export function walk(sets: { readonly before: Finder; readonly after: Finder }, roots: readonly Root[]): Walked {
  const types: TypePair[] = [];
  const records: RecordPair[] = [];
  const seen = new Map<Schema, Set<Schema>>();
  const open: { readonly before: Schema; readonly after: Schema; readonly object: string }[] = roots
    .map((one) => ({ object: '', ...one }))
    .reverse();
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const before = follow(sets.before, pair.before);
    const after = follow(sets.after, pair.after);
    if (isElsewhere(roots, before, after)) continue;
    const met = seen.get(before) ?? new Set<Schema>();
    if (met.has(after)) continue;
    seen.set(before, met.add(after));
    const object = pair.object === '' && isNamed(after) ? after.name.full : pair.object;
    // A type that becomes a branch, or was one, is told as that branch.
    const isOfUnion = (before.kind === 'union') !== (after.kind === 'union');
    if (!isOfUnion && (isTelling(before) || isTelling(after)))
      types.push({ before, after, beforeWord: pair.before, afterWord: pair.after, object });
    if (before.kind === 'record' && after.kind === 'record') {
      const record = pairRecords(before, after);
      records.push(record);
      for (const { before: old, after: now } of record.fields.toReversed())
        if (!isPlain(old.type) || !isPlain(now.type))
          open.push({ before: old.type, after: now.type, object: `${after.name.full}.${now.name}` });
    } else open.push(...childPairs(sets, before, after).map((one) => ({ ...one, object })));
  }
  return { types, records };
}

/** More than a bare type: a name, or a property. */
function isTelling(schema: Schema): boolean {
  return schema.props.size > 0 || isNamed(schema);
}

/** Most fields of most records: nothing below them can tell anything. */
function isPlain(schema: Schema): boolean {
  if (schema.kind === 'union') return schema.branches.every((one) => isPrimitive(one.kind) && one.props.size === 0);
  return isPrimitive(schema.kind) && schema.props.size === 0;
}

function isElsewhere(
  [root]: readonly { readonly before: Schema; readonly after: Schema }[],
  before: Schema,
  after: Schema,
): boolean {
  return isNamed(before) && isNamed(after) && before.file !== root?.before.file && after.file !== root?.after.file;
}

function childPairs(
  sets: { readonly before: Finder; readonly after: Finder },
  before: Schema,
  after: Schema,
): readonly { readonly before: Schema; readonly after: Schema }[] {
  if (before.kind === 'array' && after.kind === 'array') return [{ before: before.items, after: after.items }];
  if (before.kind === 'map' && after.kind === 'map') return [{ before: before.values, after: after.values }];
  if (before.kind === 'union' && after.kind === 'union') return pairBranches(sets, before, after);
  if (before.kind === 'union') return pairBranches(sets, before, { branches: [after] });
  return after.kind === 'union' ? pairBranches(sets, { branches: [before] }, after) : [];
}

function pairBranches(
  sets: { readonly before: Finder; readonly after: Finder },
  before: Pick<UnionSchema, 'branches'>,
  after: Pick<UnionSchema, 'branches'>,
): readonly { readonly before: Schema; readonly after: Schema }[] {
  const old = before.branches.map((word) => ({ word, schema: follow(sets.before, word) }));
  const matched = new Set<Schema>();
  const same = after.branches.flatMap((branch) => {
    const now = follow(sets.after, branch);
    const match = old.find(({ schema }) => isSameBranch(schema, now));
    if (match === undefined) return [];
    matched.add(match.word).add(branch);
    return [{ before: match.word, after: branch }];
  });
  // What is left is read as a wider type: an int as a long.
  const widened = after.branches.flatMap((branch) => {
    if (matched.has(branch)) return [];
    const now = follow(sets.after, branch).kind;
    const match = old.find(({ word, schema }) => !matched.has(word) && isReadAs(schema.kind, now));
    return match === undefined ? [] : [{ before: match.word, after: branch }];
  });
  return [...same, ...widened];
}

function isReadAs(writer: Schema['kind'], reader: Schema['kind']): boolean {
  return isPrimitive(reader) && isPrimitive(writer) && promotions[reader]?.includes(writer) === true;
}

export function isSameBranch(before: Schema, after: Schema): boolean {
  if (before.kind !== after.kind) return false;
  return !isNamed(before) || !isNamed(after) || namesMatch(after, before);
}

function pairRecords(before: RecordSchema, after: RecordSchema): RecordPair {
  const byName = fieldsByName(before);
  const taken = new Set<Field>();
  const added: Field[] = [];
  const fields: FieldPair[] = [];
  for (const field of after.fields) {
    const old =
      byName.get(field.name) ?? field.aliases.map(({ name }) => byName.get(name)).find((one) => one !== undefined);
    if (old === undefined) added.push(field);
    else {
      taken.add(old);
      if (!meansTheSame(old, field))
        fields.push({ before: old, after: field, beforeRecord: before, afterRecord: after });
    }
  }
  return { before, after, fields, added, removed: before.fields.filter((field) => !taken.has(field)) };
}
