import type { Span } from '../model/text.ts';
import type { Reads, SchemaChange } from './change.ts';
import type { Ident, ObjectName } from './names.ts';

/** A relation, type or column that a statement names, where it names it. */
export type Mention =
  | { readonly kind: 'relation'; readonly name: ObjectName; readonly span: Span }
  | { readonly kind: 'type'; readonly name: ObjectName; readonly span: Span }
  | { readonly kind: 'column'; readonly table: ObjectName; readonly column: string; readonly span: Span };

/** Everything that a change names, in no order. Reads the fields of the union by their names, which mean the same in every member. */
export function mentions(change: SchemaChange): readonly Mention[] {
  const found: Mention[] = [];
  const fields = change as unknown as Readonly<Record<string, unknown>>;
  for (const field of ['table', 'view', 'index', 'sequence', 'partition', 'parent', 'target'])
    relation(found, fields[field]);
  for (const list of ['tables', 'inherits', 'objects'])
    if (Array.isArray(fields[list])) for (const name of fields[list]) relation(found, name);
  if (isName(fields.type)) found.push({ kind: 'type', name: fields.type, span: fields.type.span });
  const table = isName(fields.table) ? fields.table : isName(fields.view) ? fields.view : undefined;
  if (table !== undefined) columns(found, table, change);
  for (const reads of readsOf(change)) pushReads(found, reads);
  return found;
}

export function mentionsOfReads(reads: readonly Reads[]): readonly Mention[] {
  const found: Mention[] = [];
  for (const each of reads) pushReads(found, each);
  return found;
}

function columns(found: Mention[], table: ObjectName, change: SchemaChange): void {
  const push = (ident: Ident | undefined, of: ObjectName = table) => {
    if (ident !== undefined) found.push({ kind: 'column', table: of, column: ident.name, span: ident.span });
  };
  if ('column' in change) push(change.column);
  if (change.kind === 'AddColumn') push(change.spec.column);
  if (change.kind === 'CreateTable') for (const spec of change.columns) push(spec.column);
  if (change.kind === 'WriteRows') for (const column of change.columns) push(column);
  for (const constraint of constraintsOf(change)) {
    for (const column of constraint.columns) push(column);
    const references = constraint.references;
    if (references === undefined) continue;
    relation(found, references.table);
    for (const column of references.columns) push(column, references.table);
  }
}

function constraintsOf(change: SchemaChange) {
  if (change.kind === 'AddConstraint') return [change.constraint];
  return change.kind === 'AddColumn' || change.kind === 'CreateTable' ? change.constraints : [];
}

function readsOf(change: SchemaChange): readonly Reads[] {
  if ('reads' in change) return change.reads ?? [];
  return change.kind === 'CreateTable' ? (change.asQuery ?? []) : [];
}

function pushReads(found: Mention[], reads: Reads): void {
  relation(found, reads.relation);
  for (const column of reads.columns) {
    if (column.name !== '*')
      found.push({ kind: 'column', table: reads.relation, column: column.name, span: column.span });
  }
}

function relation(found: Mention[], value: unknown): void {
  if (isName(value)) found.push({ kind: 'relation', name: value, span: value.span });
}

function isName(value: unknown): value is ObjectName {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'span' in value && typeof value.name === 'string'
  );
}
