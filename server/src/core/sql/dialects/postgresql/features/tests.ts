import { type PgNode, textOf, textsOf } from '../tree.ts';

/** Is a node of a statement's tree what a feature looks like? */
export type Test = (node: PgNode) => boolean;

export function on<K extends keyof PgNode>(
  kind: K,
  when: (node: NonNullable<PgNode[K]>) => boolean = () => true,
): Test {
  return (node) => {
    const found = node[kind];
    return found !== undefined && when(found as NonNullable<PgNode[K]>);
  };
}

export const either =
  (...tests: readonly Test[]): Test =>
  (node) =>
    tests.some((test) => test(node));

export const command = (subtype: string, when: (def: PgNode) => boolean = () => true): Test =>
  on('AlterTableCmd', (cmd) => cmd.subtype === subtype && when(cmd.def ?? ({} as PgNode)));

export const constraint = (when: (node: NonNullable<PgNode['Constraint']>) => boolean): Test => on('Constraint', when);

type WithOptions = 'CopyStmt' | 'VacuumStmt' | 'DropdbStmt' | 'CreatedbStmt' | 'ReindexStmt' | 'ViewStmt';

/** An option in parentheses or behind WITH. */
export const option = (kind: WithOptions, name: string, value?: string): Test =>
  on(kind, (node) => {
    const list = 'params' in node ? node.params : 'options' in node ? node.options : undefined;
    return hasOption(list, name, value);
  });

export function hasOption(list: readonly PgNode[] | undefined, name: string, value?: string): boolean {
  return (list ?? []).some(
    ({ DefElem: each }) => each?.defname === name && (value === undefined || textOf(each.arg) === value),
  );
}

export const isPartitioned = (elements: (each: PgNode) => boolean): Test =>
  on('CreateStmt', ({ partspec, tableElts = [] }) => partspec !== undefined && constraintsOf(tableElts).some(elements));

/** Of the table and of its columns. */
function constraintsOf(elements: readonly PgNode[]): readonly PgNode[] {
  return elements.flatMap((each) => [each, ...(each.ColumnDef?.constraints ?? [])]);
}

export const isKind =
  (...kinds: readonly string[]) =>
  ({ Constraint: each }: PgNode): boolean =>
    kinds.includes(each?.contype ?? '');

/** OLD and NEW as rows in RETURNING, where no table has the name. */
export const oldOrNew: Test = either(
  ...(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'] as const).map((kind) =>
    on(kind, ({ returningClause, relation }) => {
      const names = [relation?.relname, relation?.alias?.aliasname];
      const renamed = (returningClause?.options ?? []).length > 0;
      return (
        renamed ||
        (returningClause?.exprs ?? []).some(
          on('ResTarget', ({ val }) => {
            const fields = textsOf((val as PgNode | undefined)?.ColumnRef?.fields);
            return fields.length > 1 && ['old', 'new'].includes(fields[0] ?? '') && !names.includes(fields[0]);
          }),
        )
      );
    }),
  ),
);

export const publication = (when: (node: PgNode) => boolean): Test =>
  either(
    on('CreatePublicationStmt', ({ pubobjects = [] }) => pubobjects.some(when)),
    on('AlterPublicationStmt', ({ pubobjects = [] }) => pubobjects.some(when)),
  );
