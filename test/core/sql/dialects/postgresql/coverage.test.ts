import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { OBJECT_KINDS } from '#core/sql/dialects/postgresql/lower/object-kinds.ts';
import type { PgParser } from '#core/sql/dialects/postgresql/parser.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import { grammarSamples } from '../../../support/grammar.ts';
import { reader } from '../../../support/read.ts';
import { saysAll } from '../../../support/says.ts';

/** Every statement of the grammar is understood: nothing that the server would understand is opaque or passed over. */
let parser: PgParser;
before(async () => {
  parser = await loadPostgresqlParser();
});

const SAMPLES = grammarSamples();

/** Statements that are opaque on purpose. */
const OPAQUE: Readonly<Record<string, string>> = {
  CallStmt: 'what a procedure does is not looked into',
  DropOwnedStmt: 'who owns what, no migration says in full',
  ExecuteStmt: 'which statement it runs was prepared by another one',
  ImportForeignSchemaStmt: 'another database describes the tables',
};

/** Statements that change neither schema, nor rows, nor what later statements mean. */
const NO_CHANGE: Readonly<Record<string, string>> = {
  CheckPointStmt: 'writes buffers',
  ClosePortalStmt: 'a cursor',
  CopyStmt: 'COPY TO reads',
  DeallocateStmt: 'a prepared statement',
  DeclareCursorStmt: 'a cursor, which reads',
  DiscardStmt: 'DISCARD PLANS, SEQUENCES: caches',
  DoStmt: 'a block that changes nothing',
  ExplainStmt: 'without ANALYZE nothing runs',
  FetchStmt: 'a cursor',
  ListenStmt: 'messages',
  LoadStmt: 'a library for this session',
  NotifyStmt: 'messages',
  PrepareStmt: 'runs nothing yet',
  SelectStmt: 'reads',
  TransactionStmt: 'COMMIT PREPARED is about another transaction',
  UnlistenStmt: 'messages',
  VariableSetStmt: 'SET ... FROM CURRENT belongs to a function',
  VariableShowStmt: 'shows a setting',
};

/** Subcommands that the parser never makes: the server makes them of others while it runs. */
const INTERNAL = new Set(
  'AddColumnToView AddIndex AddIndexConstraint CookedColumnDefault ReAddComment ReAddConstraint ReAddDomainConstraint ReAddIndex ReAddStatistics ReplaceRelOptions'
    .split(' ')
    .map((name) => `AT_${name}`),
);

/** Nodes named so that are no statements. */
const NO_STATEMENTS = new Set(['RawStmt', 'SetOperationStmt', 'PLAssignStmt']);

const TYPES = new URL('../../../../../node_modules/@pgsql/types/', import.meta.url);

describe('each statement of the grammar', () => {
  for (const { sql, says } of SAMPLES)
    test(sql, async () => {
      const reading = (await reader()).read(sql);
      assert.equal(reading.problem, undefined);
      assert.equal(saysAll(sql, reading), says);
    });

  test('is opaque or changes nothing only for a reason', async () => {
    const used = new Set<string>();
    for (const { sql } of SAMPLES) {
      const { changes } = (await reader()).read(sql);
      const kind = statementKind(sql);
      const opaque = changes.some((change) => change.kind === 'RunSql');
      if (!opaque && changes.length > 0) continue;
      assert.ok((opaque ? OPAQUE : NO_CHANGE)[kind] !== undefined, `${kind}: ${sql}`);
      used.add(kind);
    }
    assert.deepEqual([...used].sort(), [...Object.keys(OPAQUE), ...Object.keys(NO_CHANGE)].sort());
  });
});

describe('no part of the grammar is left out', () => {
  const seen = { names: new Set<string>(), values: new Set<string>() };
  before(() => {
    for (const { sql } of SAMPLES) gather(tree(sql), seen);
  });

  test('statements', () => {
    const all = [...declarations('types.d.ts').matchAll(/interface (\w+Stmt) /g)].map(([, name = '']) => name);
    assert.ok(all.length > 110);
    assert.deepEqual(
      all.filter((name) => !NO_STATEMENTS.has(name) && !seen.names.has(name)),
      [],
    );
  });

  for (const [type, apart] of [
    ['AlterTableType', INTERNAL],
    ['ReindexObjectType', new Set()],
    ['TransactionStmtKind', new Set()],
    ['VariableSetKind', new Set()],
    ['GrantTargetType', new Set()],
    ['AlterSubscriptionType', new Set()],
    ['AlterPublicationAction', new Set()],
    ['PublicationObjSpecType', new Set(['PUBLICATIONOBJ_CONTINUATION'])],
    ['AlterTSConfigType', new Set()],
    ['ConstrType', new Set()],
    ['CmdType', new Set(['CMD_UNKNOWN', 'CMD_SELECT', 'CMD_UTILITY', 'CMD_MERGE'])],
    ['ImportForeignSchemaType', new Set()],
    ['DiscardMode', new Set()],
    ['ViewCheckOption', new Set()],
    ['PartitionStrategy', new Set()],
    ['OnCommitAction', new Set()],
  ] as const satisfies readonly (readonly [string, ReadonlySet<string>])[])
    test(type, () => {
      assert.deepEqual(
        members(type).filter((name) => !(apart as ReadonlySet<string>).has(name) && !seen.values.has(name)),
        [],
      );
    });
});

/** Ways to name an object, by kind of object; the parser decides which of them are grammar. */
const NAMES = [
  'qq',
  'zz.qq',
  'qq(int)',
  'zz.qq(int)',
  'zz.qq(*)',
  'zz.qq USING btree',
  'qq ON zz.tt',
  'zz.### (int, int)',
  'zz.tt.qq',
  '(zz.qq AS int)',
  'FOR zz.qq LANGUAGE sql',
  'FOR qq SERVER ss',
  'qq ON DOMAIN zz.dd',
  '5',
];
/** An attribute stands behind its type. */
const NAMED_APART = new Set(['OBJECT_ATTRIBUTE']);
const FORMS: readonly ((kind: string, name: string) => string)[] = [
  (kind, name) => `DROP ${kind} ${name}`,
  (kind, name) => `DROP ${kind} IF EXISTS ${name} CASCADE`,
  (kind, name) => `ALTER ${kind} ${name} RENAME TO yy`,
  (kind, name) => `ALTER ${kind} IF EXISTS ${name} RENAME TO yy`,
  (kind, name) => `ALTER ${kind} ${name} SET SCHEMA yy`,
  (kind, name) => `ALTER ${kind} ${name} OWNER TO yy`,
  (kind, name) => `ALTER ${kind} ${name} DEPENDS ON EXTENSION yy`,
  (kind, name) => `COMMENT ON ${kind} ${name} IS 'x'`,
  (kind, name) => `SECURITY LABEL ON ${kind} ${name} IS 'x'`,
  (kind, name) => `GRANT ALL ON ${kind} ${name} TO yy`,
  (kind, name) => `REVOKE ALL ON ${kind} ${name} FROM yy`,
];

describe('every kind of object that the parser takes', () => {
  for (const [type, words] of Object.entries(OBJECT_KINDS))
    test(type, async () => {
      const kinds = type === 'OBJECT_FDW' ? [words, 'foreign data wrapper'] : [words];
      const statements = kinds.flatMap((kind) =>
        NAMES.flatMap((name) => FORMS.map((form) => form(kind.toUpperCase(), name))),
      );
      const accepted = statements.filter((sql) => parser.parse(sql).kind === 'tree');
      if (!NAMED_APART.has(type)) assert.ok(accepted.length > 0, 'no form of it was tried');
      for (const sql of accepted) {
        const { changes, problem } = (await reader()).read(sql);
        assert.equal(problem, undefined, sql);
        assert.equal(changes.length, 1, sql);
        const text = JSON.stringify(changes);
        assert.ok(changes[0]?.kind !== 'RunSql' && /qq|###|"tt"|"dd"|"5"/.test(text), `${sql}: ${text}`);
      }
    });
});

function tree(sql: string): unknown {
  const outcome = parser.parse(sql);
  assert.equal(outcome.kind, 'tree', sql);
  return outcome.kind === 'tree' ? outcome.tree.stmts?.[0]?.stmt : undefined;
}

function statementKind(sql: string): string {
  return Object.keys(tree(sql) as object)[0] ?? '';
}

function gather(value: unknown, seen: { readonly names: Set<string>; readonly values: Set<string> }): void {
  if (typeof value === 'string') seen.values.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    seen.names.add(name);
    gather(each, seen);
  }
}

function declarations(file: string): string {
  return readFileSync(new URL(file, TYPES), 'utf8');
}

function members(type: string): readonly string[] {
  const found = new RegExp(`type ${type} = ([^;]+);`).exec(declarations('enums.d.ts'))?.[1] ?? '';
  const names = [...found.matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
  assert.ok(names.length > 1, type);
  return names;
}
