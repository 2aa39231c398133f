import type { Environment } from '#core/analysis/contexts.ts';
import { openScript } from '#core/analysis/open-script.ts';
import { runningRules } from '#core/analysis/run-rules.ts';
import type { Migration } from '#core/model/migration.ts';
import { duplicateObject } from '#core/rules/run/duplicate-object.ts';
import { inUse } from '#core/rules/run/in-use.ts';
import { partition } from '#core/rules/run/partition.ts';
import { unknownObject } from '#core/rules/run/unknown-object.ts';
import { viewColumns } from '#core/rules/run/view-columns.ts';
import type { Catalog } from '#core/schema/catalog.ts';
import type { ChangeKind } from '#core/schema/change.ts';
import { emptyCatalog } from '#core/schema/empty.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { postgresqlNames } from '#core/sql/dialects/postgresql/semantics.ts';
import { readStatements } from '#core/sql/script.ts';
import { splitScript } from '#core/sql/split.ts';
import { unmapped } from '#core/text/mapped.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

/** What our own engine makes of one statement. */
export interface Replay {
  readonly after: Catalog;
  readonly kinds: readonly ChangeKind[];
  readonly isSyntaxError: boolean;
  /** Findings that say that it fails: `run/unknown-object`, `run/duplicate-object`, `run/in-use`, in words. */
  readonly unknown: readonly string[];
  readonly duplicate: readonly string[];
  readonly inUse: readonly string[];
  /** Of `run/partition` and `run/view-columns`. */
  readonly misfit: readonly string[];
}

type JudgedRule = typeof unknownObject | typeof duplicateObject | typeof inUse | typeof partition | typeof viewColumns;

const dialect = createDialects({ postgresql: await loadPostgresqlParser() }).get('postgresql');
if (dialect === undefined) throw new Error('no PostgreSQL');
const transactionRule = { mode: 'one-transaction', why: '', lockHangsConcurrently: false, detected: true } as const;
const migration: Migration = {
  id: 'V1',
  kind: 'versioned',
  file: '/V1.sql',
  description: '',
  script: 'V1.sql',
  language: 'sql',
};

export const emptySchema = emptyCatalog({ complete: true, semantics: postgresqlNames });

export function replay(before: Catalog, text: string, major: number): Replay {
  if (dialect === undefined) throw new Error('no PostgreSQL');
  const statements = readStatements(splitScript(text, dialect.lexical), dialect);
  const steps = statements.flatMap(({ id, reading }, statementIndex) => {
    return reading.changes.map((change, nth) => ({
      migration,
      statement: id,
      reading,
      statementIndex,
      change,
      nth,
      transaction: 0,
    }));
  });
  const content = { path: migration.file, text };
  const environment: Environment = {
    completeFrom: undefined,
    project: {
      name: 'oracle',
      tool: 'flyway',
      root: '/',
      locations: [],
      foundBy: 'convention',
      configFiles: [],
      dialect: { id: 'postgresql', guessed: false, because: '' },
      options: undefined,
    },
    dialect,
    target: { version: major, versionKnown: true },
    session: [],
    isFrozen: () => false,
    all: false,
    rules: runningRules(() => false, new Map()),
    scriptOf: () => script,
    migrationOf: () => migration,
  };
  const script = { migration, content, mapped: unmapped(text), statements, transactionRule, steps };
  const { context, after } = openScript(environment, script, before);
  const said = (rule: JudgedRule): readonly string[] =>
    context.contexts
      .filter(({ step }) => (rule.on as readonly ChangeKind[]).includes(step.change.kind))
      .flatMap((each) => [...rule.check(each)].map(({ messageId, object }) => `${messageId} ${object}`));
  return {
    after,
    kinds: steps.map(({ change }) => change.kind),
    isSyntaxError: statements.some(({ reading }) => reading.problem !== undefined),
    unknown: said(unknownObject),
    duplicate: said(duplicateObject),
    inUse: said(inUse),
    misfit: [...said(partition), ...said(viewColumns)],
  };
}
