import type { Impact } from '#core/model/impact.ts';
import { apply } from '#core/schema/apply.ts';
import type { Catalog } from '#core/schema/catalog.ts';
import type { ChangeKind, SchemaChange } from '#core/schema/change.ts';
import { emptyCatalog } from '#core/schema/empty.ts';
import type { SqlTarget } from '#core/sql/dialect.ts';
import { postgresqlImpact } from '#core/sql/dialects/postgresql/impact.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { postgresqlReader } from '#core/sql/dialects/postgresql/read.ts';
import { postgresqlNames, postgresqlSemantics } from '#core/sql/dialects/postgresql/semantics.ts';
import { splitScript } from '#core/sql/split.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

/** What our own reader and our own replay of the setup make of a statement. */
export interface Prediction {
  readonly kinds: readonly ChangeKind[];
  readonly impacts: readonly Impact[];
  /** The schema that the statement meets. */
  readonly before: Catalog;
}

const reader = postgresqlReader(await loadPostgresqlParser());
const setups = new Map<string, Catalog>();

/** The impact of each change of the statement, each against the schema that the one before it left. */
export function predict(setup: string, sql: string, version: number): Prediction {
  const target = { version, versionKnown: true };
  const named = `${version} ${setup}`;
  const before = setups.get(named) ?? replay(setup, target);
  setups.set(named, before);
  let catalog = before;
  const impacts: Impact[] = [];
  const changes = changesOf(sql);
  for (const [nth, change] of changes.entries()) {
    impacts.push(postgresqlImpact(change, catalog, target));
    catalog = applied(catalog, change, sql, nth, target);
  }
  return { kinds: changes.map(({ kind }) => kind), impacts, before };
}

/** The major that first knows all of the script's grammar. */
export function neededBy(script: string): number {
  return Math.max(
    0,
    ...statementsOf(script).flatMap((text) => reader.read(text).needs?.map(({ since }) => since) ?? []),
  );
}

function statementsOf(script: string): readonly string[] {
  return splitScript(script, postgresqlLexical).map(({ span }) => script.slice(span.start, span.end));
}

function replay(script: string, target: SqlTarget): Catalog {
  let catalog = emptyCatalog({ complete: true, semantics: postgresqlNames });
  for (const text of statementsOf(script)) {
    for (const [nth, change] of changesOf(text).entries()) catalog = applied(catalog, change, text, nth, target);
  }
  return catalog;
}

function changesOf(text: string) {
  const { changes, problem } = reader.read(text);
  if (problem !== undefined) throw new Error(`not read: ${text}: ${JSON.stringify(problem)}`);
  return changes;
}

function applied(catalog: Catalog, change: SchemaChange, text: string, nth: number, target: SqlTarget): Catalog {
  return apply(
    catalog,
    change,
    { migration: 'setup', statement: { text, nth: 0 }, nth, span: change.span },
    postgresqlSemantics(target),
  );
}
