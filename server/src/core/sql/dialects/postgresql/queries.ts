import type { ColumnRef, JoinExpr, RangeVar, SelectStmt, WithClause } from '@pgsql/types';
import type { Reads } from '../../../schema/change.ts';
import type { Ident, ObjectName } from '../../../schema/names.ts';
import { systemColumns } from '../../../schema/system-columns.ts';
import { nowhere } from '../../../text/nowhere.ts';

import { figuredName } from './column-names.ts';
import { relationName } from './lower/names.ts';
import { firstAtOrAfter, ident, isWord, type Source, type Words } from './source.ts';
import { childrenOf, functionName, type PgNode, textsOf } from './tree.ts';

/** What queries and expressions touch. Filled by walking trees; one per statement. */
export interface Touched {
  readonly source: Source;
  readonly words: Words;
  readonly relations: MutableReads[];
  /** Functions that it calls, folded. */
  readonly functions: Set<string>;
  /** What the whole statement sees: the names of WITH clauses around it, OLD and NEW of a rule. */
  readonly outside: Scope;
  /** INSERT, UPDATE, DELETE and MERGE in WITH, and the names that each sees. */
  readonly writes: { readonly node: PgNode; readonly ctes: ReadonlySet<string> }[];
}

interface MutableReads {
  readonly relation: ObjectName;
  readonly columns: Map<string, Ident>;
  readonly maybe: Map<string, Ident>;
}

/** Names that a query may use, innermost first. */
export interface Scope {
  readonly entries: Entry[];
  readonly ctes: ReadonlySet<string>;
  readonly parent?: Scope;
  /** Names that the select list gives: ORDER BY and GROUP BY may use them. */
  readonly aliases: ReadonlySet<string>;
}

interface Entry {
  readonly alias: string;
  /** Other names of the same rows: `excluded`, `old`, `new`. */
  readonly also?: readonly string[];
  readonly schema?: string;
  /** Its columns have no bare names. */
  readonly qualifiedOnly?: true;
  /** Undefined for a subquery, a function and a CTE. */
  readonly reads?: MutableReads;
}

export function touched(source: Source, words: Words, ctes: ReadonlySet<string> = new Set()): Touched {
  const outside = newScope(undefined, ctes);
  const found: Touched = { source, words, relations: [], functions: new Set(), outside, writes: [] };
  if (source.ruled !== undefined) addRuled(found, source.ruled, outside);
  return found;
}

function addRuled(found: Touched, { alias: _, ...relation }: RangeVar, { entries }: Scope): void {
  const reads = newReads(found, relation);
  found.relations.push(reads);
  for (const alias of CHANGED_ROWS) entries.push({ alias, qualifiedOnly: true, reads });
}

function newReads({ source, words }: Touched, relation: RangeVar | undefined): MutableReads {
  return { relation: relationName(source, relation, words), columns: new Map(), maybe: new Map() };
}

export function readsOf({ relations }: Touched): readonly Reads[] {
  return listed(relations);
}

function listed(relations: readonly MutableReads[]): readonly Reads[] {
  return relations.map(({ relation, columns, maybe }) => ({
    relation,
    columns: [...columns.values()],
    ...(maybe.size === 0 ? {} : { maybe: [...maybe.values()] }),
  }));
}

/** Relations and columns of one query. */
export function queryReads(source: Source, query: PgNode | undefined, words: Words): readonly Reads[] {
  const found = touched(source, words);
  if (query !== undefined) walk(found, query, found.outside);
  return readsOf(found);
}

export function newScope(parent?: Scope, ctes: ReadonlySet<string> = parent?.ctes ?? new Set()): Scope {
  return { entries: [], ctes, ...(parent === undefined ? {} : { parent }), aliases: new Set() };
}

/** Scope with the names of a WITH clause, whose queries are walked. */
export function withScope(found: Touched, clause: WithClause | undefined, parent: Scope): Scope {
  if (clause === undefined) return parent;
  const names = new Set(parent.ctes);
  const ctes = ((clause.ctes ?? []) as readonly PgNode[]).flatMap(({ CommonTableExpr }) => CommonTableExpr ?? []);
  if (clause.recursive) for (const { ctename } of ctes) names.add(ctename ?? '');
  for (const { ctename, ctequery } of ctes) {
    const query: PgNode = ctequery ?? {};
    if (query.SelectStmt === undefined) found.writes.push({ node: query, ctes: new Set(names) });
    else walk(found, query, newScope(parent, new Set(names)));
    names.add(ctename ?? '');
  }
  return newScope(parent, names);
}

/** Adds what a FROM list names to the scope. */
export function addSources(found: Touched, items: readonly PgNode[] | undefined, scope: Scope): void {
  for (const item of items ?? []) addSource(found, item, scope);
}

/** The table that the statement itself changes: what is read of it is told apart. */
export function addTarget(
  found: Touched,
  relation: RangeVar | undefined,
  scope: Scope,
  also: readonly string[] = [],
): void {
  const alias = relation?.alias?.aliasname ?? relation?.relname ?? '';
  const schema = relation?.schemaname === undefined ? {} : { schema: relation.schemaname };
  const own = found.source.ruled === undefined ? [...also, ...CHANGED_ROWS] : also;
  scope.entries.push({ alias, also: own, ...schema, reads: newReads(found, relation) });
}

/** What rules and RETURNING call the rows before and after. */
const CHANGED_ROWS = ['old', 'new'];

/** What was read of the scope's first relation, and `more` columns of it; nothing where there is none. */
export function targetReads({ entries }: Scope, more: readonly Ident[] = []): { readonly reads?: readonly Reads[] } {
  const own = entries[0]?.reads;
  if (own === undefined) return {};
  for (const each of more) own.columns.set(each.name, each);
  return own.columns.size + own.maybe.size === 0 ? {} : { reads: listed([own]) };
}

/** Walks an expression, or a query, whose bare names mean what the scope says. */
export function walk(found: Touched, node: PgNode, scope: Scope): void {
  if (node.SelectStmt !== undefined) select(found, node.SelectStmt, scope);
  else if (node.ColumnRef !== undefined) column(found, node.ColumnRef, scope);
  else if (node.RangeVar === undefined && !isRepeated(node)) {
    if (node.FuncCall !== undefined) found.functions.add(functionName(node.FuncCall.funcname));
    for (const child of childrenOf(node)) walk(found, child, scope);
  }
}

/** `SET (a, b) = (SELECT ...)`: the tree has the query once per column. */
function isRepeated({ MultiAssignRef }: PgNode): boolean {
  return (MultiAssignRef?.colno ?? 1) > 1;
}

function select(found: Touched, query: SelectStmt, parent: Scope): void {
  const outer = withScope(found, query.withClause, parent);
  if (query.larg !== undefined) select(found, query.larg, newScope(outer));
  if (query.rarg !== undefined) select(found, query.rarg, newScope(outer));
  if (query.larg !== undefined) return;
  const targets = (query.targetList ?? []) as readonly PgNode[];
  const aliases = new Set(targets.flatMap(({ ResTarget }) => ResTarget?.name ?? impliedName(ResTarget?.val) ?? []));
  const scope: Scope = { ...newScope(outer), aliases };
  addSources(found, query.fromClause, scope);
  const plain: Scope = { ...scope, aliases: new Set() };
  for (const part of [query.targetList, query.valuesLists, query.windowClause]) walkAll(found, part, plain);
  for (const part of [query.whereClause, query.havingClause, query.limitCount, query.limitOffset])
    if (part !== undefined) walk(found, part, plain);
  for (const part of [query.groupClause, query.distinctClause, query.sortClause]) walkAll(found, part, scope);
}

/** What a column without AS is called where it is no column itself. */
function impliedName(value: PgNode | undefined): string | undefined {
  const cast: PgNode | undefined = value?.TypeCast?.arg;
  if (value?.ColumnRef !== undefined || cast?.ColumnRef !== undefined) return undefined;
  return figuredName(value);
}

export function walkAll(found: Touched, nodes: readonly PgNode[] | undefined, scope: Scope): void {
  for (const node of nodes ?? []) walk(found, node, scope);
}

function addSource(found: Touched, item: PgNode, scope: Scope): void {
  if (item.RangeVar !== undefined) addRelation(found, item.RangeVar, scope);
  else if (item.JoinExpr !== undefined) addJoin(found, item.JoinExpr, scope);
  else if (item.RangeTableSample?.relation !== undefined) addSource(found, item.RangeTableSample.relation, scope);
  else addDerived(found, item, scope);
}

/** A subquery, a function, XMLTABLE, JSON_TABLE: its columns are no relation's. */
function addDerived(found: Touched, item: PgNode, scope: Scope): void {
  const { RangeSubselect: subselect, RangeFunction, RangeTableFunc, JsonTable } = item;
  if (subselect?.subquery !== undefined) walk(found, subselect.subquery, newScope(lateral(item, scope)));
  else for (const child of childrenOf(item)) walk(found, child, scope);
  const { alias } = subselect ?? RangeFunction ?? RangeTableFunc ?? JsonTable ?? {};
  scope.entries.push({ alias: alias?.aliasname ?? '' });
}

/** Only a LATERAL subquery sees its neighbours; every one sees the enclosing query. */
function lateral(item: PgNode, scope: Scope): Scope {
  if (item.RangeSubselect?.lateral) return { ...scope, entries: [...scope.entries] };
  return scope.parent === undefined ? newScope(undefined, scope.ctes) : newScope(scope.parent, scope.ctes);
}

function addRelation(found: Touched, relation: RangeVar, scope: Scope): void {
  const name = relation.relname ?? '';
  const alias = relation.alias?.aliasname ?? name;
  if (relation.schemaname === undefined && scope.ctes.has(name)) {
    scope.entries.push({ alias });
    return;
  }
  const reads = newReads(found, relation);
  found.relations.push(reads);
  const schema =
    relation.alias === undefined && relation.schemaname !== undefined ? { schema: relation.schemaname } : {};
  // `t AS x(a, b)`: its columns have other names here.
  const isRenamed = (relation.alias?.colnames ?? []).length > 0;
  scope.entries.push({ alias, ...schema, ...(isRenamed ? {} : { reads }) });
}

function addJoin(found: Touched, join: JoinExpr, scope: Scope): void {
  const first = scope.entries.length;
  if (join.larg !== undefined) addSource(found, join.larg, scope);
  if (join.rarg !== undefined) addSource(found, join.rarg, scope);
  for (const name of usedColumns(found, join))
    for (const { reads } of scope.entries.slice(first)) reads?.maybe.set(name.name, name);
  if (join.quals !== undefined) walk(found, join.quals, { ...scope, entries: scope.entries.slice(first) });
}

/** `USING (a, b)`: the tree has no place for the names. They stand behind the right side. */
function usedColumns({ source, words }: Touched, { usingClause, rarg }: JoinExpr): readonly Ident[] {
  const names = textsOf(usingClause);
  if (names.length === 0) return [];
  const right = (rarg as PgNode | undefined)?.RangeVar?.location;
  const from = right === undefined ? 0 : firstAtOrAfter(words, source.offset(right));
  return names.flatMap((name) => {
    const at = words.findIndex((word, i) => i >= from && word.value === name && isInUsing(words, i));
    return at === -1 ? [] : [ident(words, at, name)];
  });
}

function isInUsing(words: Words, at: number): boolean {
  for (let i = at - 1; i > 0; i--) {
    if (words[i]?.text === '(') return isWord(words[i - 1], 'using');
    if (words[i]?.text === ')') return false;
  }
  return false;
}

function column(found: Touched, { fields, location }: ColumnRef, scope: Scope): void {
  const nodes = (fields ?? []) as readonly PgNode[];
  const names = nodes.map((field) => (field.A_Star === undefined ? (field.String?.sval ?? '') : '*'));
  const name = names.at(-1) ?? '';
  const at = firstAtOrAfter(found.words, found.source.offset(location)) + 2 * (names.length - 1);
  const mention = location === undefined ? writtenNowhere(name, scope) : ident(found.words, at, name);
  if (names.length === 1) bare(found, mention, scope);
  else if (!systemColumns.has(name)) entryOf(scope, names)?.reads?.columns.set(name, mention);
}

/** The star of `TABLE t` stands for the table's name. */
function writtenNowhere(name: string, { entries }: Scope): Ident {
  return { name, span: entries[0]?.reads?.relation.span ?? nowhere };
}

/** The entry that `a.c` or `s.a.c` means. */
function entryOf(scope: Scope | undefined, names: readonly string[]): Entry | undefined {
  const alias = names.at(-2);
  const schema = names.at(-3);
  for (let at = scope; at !== undefined; at = at.parent) {
    const found = at.entries.find(
      (entry) =>
        (entry.alias === alias || entry.also?.includes(alias ?? '')) &&
        (schema === undefined || entry.schema === schema),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function bare({ source }: Touched, mention: Ident, scope: Scope): void {
  const { name } = mention;
  if (systemColumns.has(name) || scope.aliases.has(name)) return;
  const named = entriesOf(scope);
  const visible = named.filter(({ qualifiedOnly }) => qualifiedOnly !== true);
  if (name === '*') {
    for (const { reads } of scope.entries) reads?.columns.set(name, mention);
    return;
  }
  const row = named.find(({ alias }) => alias === name);
  // The whole row, or a column of the relation's own name: only a catalog knows.
  if (row !== undefined) row.reads?.maybe.set(name, mention);
  else if (visible.length === 1 && !mayBeVariable(source, name)) visible[0]?.reads?.columns.set(name, mention);
  else for (const { reads } of visible) reads?.maybe.set(name, mention);
}

function mayBeVariable({ variables }: Source, name: string): boolean {
  return typeof variables === 'boolean' ? variables : variables.has(name);
}

function entriesOf(scope: Scope | undefined): readonly Entry[] {
  const found: Entry[] = [];
  for (let at = scope; at !== undefined; at = at.parent) found.push(...at.entries);
  return found;
}
