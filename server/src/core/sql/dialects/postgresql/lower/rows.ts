import type {
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  OnConflictClause,
  RangeVar,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from '@pgsql/types';
import type { Span } from '../../../../model/text.ts';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import type { Ident } from '../../../../schema/names.ts';
import { isNull } from '../expressions.ts';
import {
  addSources,
  addTarget,
  newScope,
  readsOf,
  type Scope,
  type Touched,
  targetReads,
  touched,
  walk,
  walkAll,
  withScope,
} from '../queries.ts';
import {
  findIdent,
  firstAtOrAfter,
  ident,
  indexOfWord,
  inParentheses,
  isWord,
  type Source,
  spanOf,
  type Words,
} from '../source.ts';
import { itemsOf, type PgNode } from '../tree.ts';
import { certain, headTo } from './base.ts';
import { copyReads, readsOption } from './expression-reads.ts';
import { relationName } from './names.ts';
import { isLimited, type Selectivity, selectivity } from './rows-where.ts';
import type { Lowered } from './statement.ts';

type Rows = ChangeOf<'WriteRows'>;

/** INSERT, UPDATE, DELETE and MERGE, with those in its WITH clause first. */
export function lowerWrite(source: Source, node: PgNode, words: Words, ctes?: ReadonlySet<string>): Lowered {
  const found = touched(source, words, ctes);
  const changes: SchemaChange[] = [];
  const own = writeOf(found, node);
  for (const inner of found.writes) {
    const below = lowerWrite(source, inner.node, words, inner.ctes);
    changes.push(...below.changes);
    found.relations.push(...touchedAgain(below));
  }
  return { changes: own === undefined ? changes : [...changes, own], reads: readsOf(found) };
}

function touchedAgain({ reads }: Lowered): Touched['relations'] {
  return reads.map(({ relation, columns, maybe = [] }) => ({
    relation,
    columns: byName(columns),
    maybe: byName(maybe),
  }));
}

function byName(idents: readonly Ident[]): Map<string, Ident> {
  return new Map(idents.map((each) => [each.name, each]));
}

function writeOf(found: Touched, node: PgNode): Rows | undefined {
  if (node.InsertStmt !== undefined) return insert(found, node.InsertStmt);
  if (node.UpdateStmt !== undefined) return update(found, node.UpdateStmt);
  if (node.DeleteStmt !== undefined) return remove(found, node.DeleteStmt);
  return node.MergeStmt === undefined ? undefined : merge(found, node.MergeStmt);
}

function insert(found: Touched, node: InsertStmt): Rows {
  const query = (node.selectStmt as PgNode | undefined)?.SelectStmt;
  const scope = withScope(found, node.withClause, found.outside);
  if (query !== undefined) walk(found, { SelectStmt: query }, newScope(scope));
  const target = newScope(scope);
  addTarget(found, node.relation, target, ['excluded']);
  walkAll(found, node.returningClause?.exprs, target);
  const settled = settling(found, node.onConflictClause, target);
  const columns = targets(found, node.cols);
  const rows = insertedRows(query, found, scope.ctes);
  const inferred = conflictOf(found, node);
  const arbiter = inferred === undefined ? {} : { conflict: inferred };
  const values = valuesOf(node, query);
  return {
    ...base(found, node.relation),
    verb: 'insert',
    rows,
    columns,
    fills: [],
    ...arbiter,
    ...(values === undefined ? {} : { values }),
    ...targetReads(target, settled),
  };
}

/** Undefined where a star or a set of queries hides how many there are. */
function valuesOf({ override }: InsertStmt, query: SelectStmt | undefined): Rows['values'] {
  const overriding = override !== undefined && override !== 'OVERRIDING_NOT_SET';
  const [row] = (query?.valuesLists ?? []) as readonly PgNode[];
  if (row !== undefined) {
    const items = itemsOf(row);
    if (items.some(isStar)) return undefined;
    const defaults = items.flatMap(({ SetToDefault }, nth) => (SetToDefault === undefined ? [] : [nth]));
    return { from: 'rows', width: items.length, defaults, overriding };
  }
  const list = (query?.targetList ?? []) as readonly PgNode[];
  if (query === undefined || query.larg !== undefined || list.length === 0) return undefined;
  if (list.some(({ ResTarget: target }) => target?.val !== undefined && isStar(target.val))) return undefined;
  return { from: 'query', width: list.length, defaults: [], overriding };
}

/** `*`, `t.*`, `(row).*` */
function isStar({ ColumnRef, A_Indirection }: PgNode): boolean {
  const last: PgNode | undefined = (ColumnRef?.fields ?? A_Indirection?.indirection)?.at(-1);
  return last?.A_Star !== undefined;
}

/** What an ON CONFLICT infers its index from; undefined for any conflict, and where an expression is part of it. */
function conflictOf({ words }: Touched, { onConflictClause }: InsertStmt): Rows['conflict'] {
  const infer = onConflictClause?.infer;
  const at = words.findIndex((word, nth) => isWord(word, 'on') && isWord(words[nth + 1], 'conflict'));
  if (infer === undefined || at === -1) return undefined;
  const target = words.slice(at);
  const until = target.findIndex((word) => isWord(word, 'do'));
  const span = spanOf(target.slice(0, until));
  const where = infer.whereClause !== undefined;
  if (infer.conname !== undefined) return { span, columns: [], constraint: findIdent(target, infer.conname, 2), where };
  const elements = (infer.indexElems ?? []) as readonly PgNode[];
  const names = elements.flatMap(({ IndexElem }) => IndexElem?.name ?? []);
  if (names.length === 0 || names.length < elements.length) return undefined;
  return { span, columns: names.map((name) => findIdent(target, name, 2)), where };
}

/** `ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE ...`: the columns that it names, beside those in expressions. */
function settling(found: Touched, clause: OnConflictClause | undefined, scope: Scope): readonly Ident[] {
  if (clause === undefined) return [];
  walkAll(found, clause.targetList, scope);
  for (const each of [clause.whereClause, clause.infer?.whereClause]) if (each !== undefined) walk(found, each, scope);
  const from = indexOfWord(found.words, 'conflict');
  const elements = ((clause.infer?.indexElems ?? []) as readonly PgNode[]).flatMap(({ IndexElem }) => IndexElem ?? []);
  walkAll(
    found,
    elements.flatMap(({ expr }) => expr ?? []),
    scope,
  );
  const inferred = elements.flatMap(({ name }) => (name === undefined ? [] : [findIdent(found.words, name, from)]));
  return [...inferred, ...targets(found, clause.targetList)];
}

/** What a CTE gives is not known; nor what a function or a subquery gives. */
function insertedRows(query: SelectStmt | undefined, { source }: Touched, ctes: ReadonlySet<string>): Rows['rows'] {
  if (query?.valuesLists !== undefined || query === undefined) return 'literal';
  if (query.larg !== undefined) return 'some';
  if (query.fromClause === undefined) return query.whereClause === undefined ? 'literal' : 'key';
  if (isLimited(query)) return 'key';
  if (query.fromClause.every(isValues)) return 'literal';
  const { relation, joined } = soleRelation(query.fromClause);
  if (relation === undefined || ctes.has(relation.relname ?? '')) return 'some';
  return selectivity(query.whereClause, {
    table: relation.relname ?? '',
    joined,
    batch: false,
    variables: source.variables !== false,
  }).rows;
}

/** `FROM (VALUES ...) AS v`: rows that the statement itself writes out. */
function isValues({ RangeSubselect }: PgNode): boolean {
  const query = (RangeSubselect?.subquery as PgNode | undefined)?.SelectStmt;
  return query?.valuesLists !== undefined;
}

function soleRelation(from: readonly PgNode[]): { readonly relation?: RangeVar; readonly joined: boolean } {
  const relation = from[0]?.RangeVar;
  return { ...(relation === undefined ? {} : { relation }), joined: from.length > 1 };
}

function update(found: Touched, node: UpdateStmt): Rows {
  const scope = scopeOf(found, node.relation, node.withClause, node.fromClause);
  walkAll(found, node.targetList, scope);
  return {
    ...base(found, node.relation),
    verb: 'update',
    ...condition(found, node, scope, node.fromClause),
    columns: targets(found, node.targetList),
    fills: filled(node.targetList),
    ...defaulted(node.targetList),
    ...targetReads(scope),
  };
}

/** `SET a = DEFAULT`, `SET (a, b) = (1, DEFAULT)` */
function defaulted(nodes: readonly PgNode[] | undefined): Pick<Rows, 'toDefault'> {
  const toDefault = (nodes ?? []).flatMap(({ ResTarget: target }) => {
    const value: PgNode | undefined = target?.val;
    const { source, colno = 1 } = value?.MultiAssignRef ?? {};
    const row: PgNode | undefined = source;
    const own: PgNode | undefined = value?.MultiAssignRef === undefined ? value : row?.RowExpr?.args?.[colno - 1];
    return own?.SetToDefault === undefined || target?.name === undefined ? [] : [target.name];
  });
  return toDefault.length === 0 ? {} : { toDefault };
}

function remove(found: Touched, node: DeleteStmt): Rows {
  const scope = scopeOf(found, node.relation, node.withClause, node.usingClause);
  return {
    ...base(found, node.relation),
    verb: 'delete',
    ...condition(found, node, scope, node.usingClause),
    columns: [],
    fills: [],
    ...targetReads(scope),
  };
}

function merge(found: Touched, node: MergeStmt): Rows {
  const scope = scopeOf(
    found,
    node.relation,
    node.withClause,
    node.sourceRelation === undefined ? [] : [node.sourceRelation],
  );
  if (node.joinCondition !== undefined) walk(found, node.joinCondition, scope);
  walkAll(found, node.mergeWhenClauses, scope);
  walkAll(found, node.returningClause?.exprs, scope);
  const clauses = ((node.mergeWhenClauses ?? []) as readonly PgNode[]).flatMap(
    ({ MergeWhenClause }) => MergeWhenClause ?? [],
  );
  const updates = clauses
    .filter(({ commandType }) => commandType === 'CMD_UPDATE')
    .flatMap(({ targetList }) => targetList ?? []);
  const written = clauses.flatMap(({ targetList }) => targetList ?? []);
  const changes = clauses.some(({ commandType }) => commandType === 'CMD_UPDATE' || commandType === 'CMD_DELETE');
  return {
    ...base(found, node.relation),
    verb: changes ? 'merge' : 'insert',
    rows: 'some',
    columns: targets(found, written),
    fills: filled(updates),
    ...targetReads(scope),
  };
}

function scopeOf(
  found: Touched,
  relation: RangeVar | undefined,
  ctes: WithClause | undefined,
  from: readonly PgNode[] | undefined,
): Scope {
  const scope = newScope(withScope(found, ctes, found.outside));
  addTarget(found, relation, scope);
  addSources(found, from, scope);
  return scope;
}

type Conditional = Pick<UpdateStmt & DeleteStmt, 'relation' | 'whereClause' | 'returningClause' | 'withClause'>;

function condition(found: Touched, node: Conditional, scope: Scope, from: readonly PgNode[] | undefined) {
  if (node.whereClause !== undefined) walk(found, node.whereClause, scope);
  walkAll(found, node.returningClause?.exprs, scope);
  const { rows, equals }: Selectivity = selectivity(node.whereClause, {
    table: node.relation?.relname ?? '',
    joined: (from ?? []).length > 0,
    batch: isBatch(from, node.withClause),
    variables: found.source.variables !== false,
  });
  const whereSpan = node.whereClause === undefined ? undefined : whereWords(found, node);
  return { rows, ...(equals.length === 0 ? {} : { equals }), ...(whereSpan === undefined ? {} : { whereSpan }) };
}

/** One of the joined relations is a query with LIMIT. */
function isBatch(from: readonly PgNode[] | undefined, ctes: WithClause | undefined): boolean {
  const limited = ((ctes?.ctes ?? []) as readonly PgNode[]).flatMap(({ CommonTableExpr }) => {
    const query: PgNode | undefined = CommonTableExpr?.ctequery;
    return isLimited(query?.SelectStmt) ? [CommonTableExpr?.ctename] : [];
  });
  return (from ?? []).some(({ RangeSubselect, RangeVar }) => {
    const query: PgNode | undefined = RangeSubselect?.subquery;
    return isLimited(query?.SelectStmt) || (RangeVar !== undefined && limited.includes(RangeVar.relname));
  });
}

/** `WHERE ...` up to RETURNING or the end of the (sub)statement. */
function whereWords({ source, words }: Touched, { relation }: Conditional): Span | undefined {
  const from = firstAtOrAfter(words, source.offset(relation?.location));
  const at = indexOfWord(words, 'where', from);
  if (at === -1) return undefined;
  const returning = indexOfWord(words, 'returning', at);
  return spanOf(words.slice(at, returning === -1 ? endOfLevel(words, at) : returning));
}

/** Index of the parenthesis that ends the statement when it stands in WITH. */
function endOfLevel(words: Words, from: number): number {
  let depth = 0;
  for (let i = from; i < words.length; i++) {
    if (words[i]?.text === '(') depth++;
    else if (words[i]?.text === ')' && --depth < 0) return i;
  }
  return words.length;
}

/** From the verb to the table's name: `UPDATE app.users`. */
function base({ source, words }: Touched, relation: RangeVar | undefined) {
  const table = relationName(source, relation, words);
  const at = firstAtOrAfter(words, table.span.start);
  const verb = words.slice(0, at).findLastIndex((word) => isWord(word, ['insert', 'update', 'delete', 'merge']));
  return { kind: 'WriteRows', ...certain(headTo(words.slice(Math.max(verb, 0)), table)), table } as const;
}

function targets({ source, words }: Touched, nodes: readonly PgNode[] | undefined): readonly Ident[] {
  return (nodes ?? []).flatMap(({ ResTarget: target }) =>
    target?.name === undefined
      ? []
      : [ident(words, firstAtOrAfter(words, source.offset(target.location)), target.name)],
  );
}

function filled(nodes: readonly PgNode[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap(({ ResTarget: target }) =>
    target?.name === undefined || (target.val !== undefined && isNull(target.val)) ? [] : [target.name],
  );
}

/** COPY t FROM writes, COPY t TO and COPY (query) TO read. */
export function copy(source: Source, node: CopyStmt, words: Words): Lowered {
  const table = relationName(source, node.relation, words);
  const listed = inParentheses(words.filter(({ start }) => start >= table.span.end));
  const columns = ((node.attlist ?? []) as readonly PgNode[]).map(({ String: name }) =>
    findIdent(listed, name?.sval ?? ''),
  );
  if (!node.is_from) return { changes: [], reads: [{ relation: table, columns }] };
  const change = {
    kind: 'WriteRows',
    ...certain(headTo(words, table)),
    verb: 'copy',
    table,
    rows: node.filename === undefined ? 'literal' : 'some',
    columns,
    ...readsOption(copyReads(source, node, words)),
    fills: [],
  } as const;
  return { changes: [change], reads: [] };
}
