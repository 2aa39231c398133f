import type { Column, Constraint, ObjectKey, Table } from '../catalog.ts';
import type { ObjectName } from '../names.ts';
import { makeSequence } from './columns.ts';
import { addConstraint, specOf } from './constraints.ts';
import { copiedIndex } from './copied-index.ts';
import { type Editor, indexAt, tableAt, tableOf } from './editor.ts';
import { copyStatistics } from './statistics.ts';

/** LIKE copies columns with NOT NULL; the rest only as INCLUDING asks. */
export function copyLikeColumns(editor: Editor, key: ObjectKey, name: ObjectName, including: readonly string[]): void {
  const source = tableOf(editor, name);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (source === undefined) return editor.set(key, { ...table, partial: true });
  const copies = source.table.columns.map(({ defaultTo, sequence, identity, generated, ...column }): Column => {
    const nullable = column.nullable && !forbidsNull(source.table, column.name);
    const own = identity !== undefined && including.includes('identity');
    if (own) makeSequence(editor, table, column.name);
    const standard = defaultTo !== undefined && including.includes('defaults');
    return {
      ...column,
      nullable,
      notNullHere: !nullable,
      inherited: false,
      local: true,
      origin: editor.origin,
      ...(standard ? { defaultTo, ...(sequence === undefined ? {} : { sequence }) } : {}),
      ...(own ? { identity } : {}),
      ...(generated !== undefined && including.includes('generated') ? { generated } : {}),
    };
  });
  const now = tableAt(editor, key) ?? table;
  editor.set(key, { ...now, partial: now.partial || source.table.partial, columns: [...now.columns, ...copies] });
}

/** A NOT NULL that is not validated yet is one of the copy, which has no rows. */
function forbidsNull({ constraints }: Table, name: string): boolean {
  return constraints.some(({ kind, columns }) => kind === 'not-null' && columns.includes(name));
}

/** Checks and indexes follow when the table stands. Foreign keys are never copied. */
export function copyLikeParts(editor: Editor, key: ObjectKey, name: ObjectName, including: readonly string[]): void {
  const source = tableOf(editor, name);
  if (source === undefined) return;
  const { copiedChecksAreInherited } = editor.semantics.habits;
  const copied = (each: Constraint): Constraint => (copiedChecksAreInherited ? { ...each, inheritable: true } : each);
  for (const constraint of source.table.constraints)
    if (constraint.kind === 'check' && including.includes('constraints'))
      addConstraint(editor, key, { ...specOf(editor, copied(constraint), true), notValid: false });
  if (including.includes('statistics')) copyStatistics(editor, source.key, key);
  if (!including.includes('indexes')) return;
  for (const index of source.table.indexes) copyIndex(editor, key, index, source.table.constraints);
}

function copyIndex(
  editor: Editor,
  key: ObjectKey,
  from: ObjectKey,
  constraints: NonNullable<ReturnType<typeof tableAt>>['constraints'],
): void {
  const index = indexAt(editor, from);
  const table = tableAt(editor, key);
  if (index === undefined || table === undefined) return;
  const constraint = constraints.find((each) => each.index === from);
  if (constraint !== undefined)
    return addConstraint(editor, key, specOf(editor, constraint, false), { labels: index.labels });
  copiedIndex(editor, key, table, index);
}
