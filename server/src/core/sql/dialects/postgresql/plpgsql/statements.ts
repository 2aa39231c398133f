/** A statement of PL/pgSQL that runs SQL. */
export interface PlStatement {
  readonly kind: 'static' | 'perform' | 'dynamic';
  /** The SQL, or for `dynamic` the expression whose value is the SQL. */
  readonly query: string;
  /** Offset of the query's first character in the body; undefined where it cannot be found. */
  readonly at: number | undefined;
  /** In a branch, a loop, a block that catches exceptions, or behind a conditional RETURN. */
  readonly conditional: boolean;
}

/** Statements of a parsed body that run SQL, in order. @param body the text between the quotes */
export function plStatements(tree: unknown, body: string): readonly PlStatement[] {
  const walk: Walk = { body, lines: lineStarts(body), from: 0, mayHaveLeft: false, found: [] };
  visit(walk, actionOf(tree), false);
  return walk.found;
}

interface Walk {
  readonly body: string;
  readonly lines: readonly number[];
  /** Everything before it was seen. */
  from: number;
  mayHaveLeft: boolean;
  readonly found: PlStatement[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The function's outermost block: what it declares is no statement. */
function actionOf(tree: unknown): unknown {
  return fieldsOf(fieldsOf(tree).PLpgSQL_function).action;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** Nodes are objects with one member, named after PL/pgSQL's structs; lists hold nodes. */
function visit(walk: Walk, value: unknown, conditional: boolean): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(walk, each, conditional);
    return;
  }
  for (const [name, below] of Object.entries(fieldsOf(value))) visitNode(walk, name, below, conditional);
}

function visitNode(walk: Walk, name: string, below: unknown, conditional: boolean): void {
  const fields = fieldsOf(below);
  const runs = RUNS_SQL[name];
  if (runs !== undefined) {
    add(walk, runs.kind, fields[runs.field], fields, conditional || walk.mayHaveLeft);
    if (fields.body !== undefined) visit(walk, fields.body, true);
  } else if (name === 'PLpgSQL_stmt_return') walk.mayHaveLeft ||= conditional;
  else if (name === 'PLpgSQL_stmt_block') {
    const { body, exceptions } = fields;
    visit(walk, { body, exceptions }, conditional || exceptions !== undefined);
  } else if (name === 'PLpgSQL_expr') expression(walk, String(fields.query ?? ''), conditional);
  else visit(walk, below, conditional || BRANCHING.test(name));
}

const RUNS_SQL: Readonly<Record<string, { readonly kind: PlStatement['kind']; readonly field: string }>> = {
  PLpgSQL_stmt_execsql: { kind: 'static', field: 'sqlstmt' },
  PLpgSQL_stmt_fors: { kind: 'static', field: 'query' },
  PLpgSQL_stmt_return_query: { kind: 'static', field: 'query' },
  PLpgSQL_stmt_call: { kind: 'static', field: 'expr' },
  PLpgSQL_stmt_perform: { kind: 'perform', field: 'expr' },
  PLpgSQL_stmt_dynexecute: { kind: 'dynamic', field: 'query' },
  PLpgSQL_stmt_dynfors: { kind: 'dynamic', field: 'query' },
};

/** IF, CASE and every loop. */
const BRANCHING = /^PLpgSQL_stmt_(if|case|loop|while|for|dynfor)/;

function add(
  walk: Walk,
  kind: PlStatement['kind'],
  expression: unknown,
  { lineno }: Fields,
  conditional: boolean,
): void {
  const query = String(fieldsOf(fieldsOf(expression).PLpgSQL_expr).query ?? '');
  if (query === '') return;
  const line = typeof lineno === 'number' ? (walk.lines[lineno - 1] ?? 0) : 0;
  const found = place(walk, kind === 'perform' ? query.slice(SELECT) : query, Math.max(walk.from, line));
  if (found !== undefined) walk.from = found.end;
  const at = found === undefined ? undefined : found.start - (kind === 'perform' ? SELECT : 0);
  walk.found.push({ kind, query, at, conditional });
}

/** A condition or the right side of an assignment, which runs SQL where it holds a query. */
function expression(walk: Walk, written: string, conditional: boolean): void {
  const query = written.replace(/^[\w."[\]]+\s*:?=/, '');
  const found = place(walk, query, walk.from);
  if (found !== undefined) walk.from = found.end;
  if (!/\bselect\b/i.test(query)) return;
  const at = found === undefined ? undefined : found.start - OVER.length;
  walk.found.push({ kind: 'static', query: OVER + query, at, conditional: conditional || walk.mayHaveLeft });
}

const OVER = 'SELECT ';

/** PL/pgSQL writes SELECT over PERFORM, and blanks over `INTO target`. */
const SELECT = 'SELECT'.length;

function place(walk: Walk, query: string, from: number): { readonly start: number; readonly end: number } | undefined {
  if (query.trim() === '') return undefined;
  const exact = walk.body.indexOf(query, from);
  if (exact !== -1) return { start: exact, end: exact + query.length };
  const into = query.search(/ {6}/);
  const start = into <= 0 ? -1 : walk.body.indexOf(query.slice(0, into), from);
  return start === -1 ? undefined : { start, end: start + query.length };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
