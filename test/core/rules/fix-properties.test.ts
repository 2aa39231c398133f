import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { Proposal } from '#core/model/proposal.ts';
import type { ActionOffer, Snapshot } from '#core/service.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { applied, engine, folder, saidAlone, snapshot } from '../support/engine.ts';

/** Properties of every fix and every plan, over files that are put together from what real files look like. */
const given = `CREATE TABLE users (id bigint PRIMARY KEY, email text, age int, "Nick" text DEFAULT 'x');
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total int NOT NULL);
CREATE TABLE loose (id bigint NOT NULL, val text);
CREATE INDEX users_age ON users (age);
ALTER TABLE loose ADD CONSTRAINT val_set CHECK (val IS NOT NULL) NOT VALID;
CREATE MATERIALIZED VIEW seen AS SELECT id FROM orders;
CREATE TYPE mood AS ENUM ('sad', 'ok');`;

/** Each is answered by a fix or a plan. */
const unsafe = [
  'CREATE INDEX i1 ON users (email)',
  'CREATE UNIQUE INDEX IF NOT EXISTS i2 ON ONLY orders (user_id) WHERE total > 3',
  'CREATE INDEX ON users (lower(email))',
  'DROP INDEX users_age',
  'DROP INDEX IF EXISTS public.users_age',
  'CREATE INDEX CONCURRENTLY i3 ON users (age)',
  'REINDEX INDEX CONCURRENTLY users_age',
  'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE',
  'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users',
  'ALTER TABLE users ADD CHECK (age > 0)',
  "ALTER TABLE users ADD CONSTRAINT c CHECK (email <> 'é;𝒳'), ADD COLUMN y int",
  'ALTER TABLE users ADD CONSTRAINT u UNIQUE (email)',
  'ALTER TABLE users ADD CONSTRAINT "U V" UNIQUE ("Nick", age)',
  'ALTER TABLE loose ADD PRIMARY KEY (id)',
  'ALTER TABLE users ADD CONSTRAINT v CHECK (age > 1) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT v',
  'ALTER TABLE loose ADD COLUMN q1 int; ALTER TABLE loose VALIDATE CONSTRAINT val_set',
  'ALTER TABLE users ADD COLUMN q2 int; REFRESH MATERIALIZED VIEW seen',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I 6" ON users (age)',
  'ALTER TABLE users ADD CHECK (age > 3) NOT VALID',
  "SET statement_timeout = '5s'",
  "ALTER TYPE mood ADD VALUE 'new'; INSERT INTO users (id, email) VALUES (1, 'new'::mood::text)",
  'ALTER TABLE users RENAME COLUMN email TO mail',
  'ALTER TABLE users RENAME "Nick" TO "Nick Name"',
  'ALTER TABLE orders ALTER COLUMN total TYPE bigint',
  'ALTER TABLE orders ALTER total TYPE text COLLATE "C" USING total::text, ADD COLUMN z int',
  'ALTER TABLE users ALTER COLUMN age SET NOT NULL',
  'ALTER TABLE users ADD COLUMN q text NOT NULL, ADD COLUMN r text NOT NULL',
  'ALTER TABLE orders DROP COLUMN total, DROP COLUMN user_id',
  'ALTER TABLE users DROP COLUMN "Nick", ADD COLUMN w int',
];

const harmless = [
  "SELECT 'é𝒳', 1",
  'CREATE TABLE fresh_N (id bigint PRIMARY KEY)',
  "INSERT INTO loose VALUES (1, '${name}')",
  "COMMENT ON TABLE users IS '日本語 ; -- no comment'",
  'ALTER TABLE users ADD COLUMN n_N int',
  'CREATE FUNCTION f_N() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$',
];

interface Piece {
  readonly sql: string;
  readonly before: string;
  readonly after: string;
}

const space = fc.constantFrom('', '\n', '\n\n', '  ', '/* é𝒳 */ ', '-- über\n', '\t');
const piece = (sql: fc.Arbitrary<string>) =>
  fc.record({ sql, before: space, after: fc.constantFrom('\n', ' ', ' -- behind é\n', '\n\n') });
const script = fc
  .record({
    pieces: fc.uniqueArray(
      fc.oneof(
        { weight: 2, arbitrary: piece(fc.constantFrom(...unsafe)) },
        { weight: 1, arbitrary: piece(fc.constantFrom(...harmless)) },
      ),
      { minLength: 1, maxLength: 4, selector: ({ sql }) => sql },
    ),
    small: fc.boolean(),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    open: fc.boolean(),
    placeholder: fc.boolean(),
  })
  .map(({ pieces, small, crlf, bom, open, placeholder }) => {
    const body = pieces
      .map(({ sql, before, after }: Piece, n) => `${before}${cased(sql.replaceAll('_N', `_${n}`), small)};${after}`)
      .join('');
    const text = (open ? body.trimEnd().replace(/;(?: -- behind é)?$/, '') : body).replaceAll(
      '\n',
      crlf ? '\r\n' : '\n',
    );
    const named = placeholder ? text.replace(/\busers\b/, '${users}') : text;
    return (bom ? '\ufeff' : '') + named;
  });

function cased(sql: string, small: boolean): string {
  return small ? sql.replace(/(^|; |, )[A-Z ]+(?= )/g, (words) => words.toLowerCase()) : sql;
}

const path = `${folder}/V2__new.sql`;
const other = {
  'flyway.conf':
    'flyway.locations=filesystem:db/migration\nflyway.placeholders.users=users\nflyway.placeholders.name=n\n',
};

function newFile(text: string): Snapshot {
  return snapshot({ released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': text }, other, version: 15 });
}

/** What stands in the migrations folder now is new, but for the given schema. */
function afterwards(texts: ReadonlyMap<string, string>): Snapshot {
  const pending: Record<string, string> = {};
  const rest: Record<string, string> = {};
  for (const [file, text] of texts) {
    if (!file.startsWith(`${folder}/`)) rest[file.slice('/repo/'.length)] = text;
    else if (!file.endsWith('V1__given.sql')) pending[file.slice(folder.length + 1)] = text;
  }
  return snapshot({ released: { 'V1__given.sql': given }, pending, other: rest, version: 15 });
}

const service = engine();
const check = (made: Snapshot) => saidAlone(service, made);
const statementsOf = (text: string) => splitScript(text, postgresqlLexical).map(({ id }) => id.text);

function offersFor(made: Snapshot, findings: readonly ReportedFinding[]): readonly ActionOffer[] {
  const all = findings
    .filter((finding) => finding.path === path)
    .flatMap(({ span }) => service.actions(made, path, span))
    .filter(({ kind, disabled }) => (kind === 'fix' || kind === 'plan') && disabled === undefined);
  return [...new Map(all.map((offer) => [JSON.stringify(offer.data), offer])).values()];
}

const isSame = ({ rule, fingerprint }: ReportedFinding, { data }: ActionOffer) =>
  'fingerprint' in data && data.rule === rule && data.fingerprint === fingerprint;

const count = (findings: readonly ReportedFinding[], rule: string) =>
  findings.filter((finding) => finding.rule === rule).length;

test('every fix and every plan: the finding goes, nothing new is wrong, and nothing else is touched', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(script, (text) => {
      const made = newFile(text);
      const before = check(made);
      fc.pre(!before.some(({ rule, messageId }) => rule.startsWith('run/') && messageId !== 'skips'));
      for (const offer of offersFor(made, before)) {
        const result = service.resolveAction(made, offer.data);
        if (result.kind === 'refusal') {
          assert.match(result.reason, /\.$/);
          continue;
        }
        const name = offer.data.kind === 'fix' ? offer.data.fix : offer.kind;
        seen.set(name, (seen.get(name) ?? 0) + 1);
        const texts = applied(result, made);
        const later = afterwards(texts);
        const left = check(later);
        const rule = offer.rule ?? '';
        const told = `${offer.title}\n${text}\n---\n${texts.get(path)}`;
        // Of three tables two may be left together, which is said of them; and a transaction is told once.
        const isSilent =
          rule === 'lock/several-tables' || rule === 'lock/queue'
            ? !left.some((each) => isSame(each, offer))
            : count(left, rule) < count(before, rule);
        assert.ok(isSilent, `${rule} is silent: ${told}`);
        for (const finding of left.filter(({ severity }) => severity === 'error'))
          assert.ok(
            count(left, finding.rule) <= count(before, finding.rule),
            `no new ${finding.rule}: ${finding.message}\n${told}`,
          );
        untouched(text, texts.get(path) ?? '', result, told);
        writtenAlike(text, result, told);
        const again = service.resolveAction(later, offer.data);
        if (again.kind === 'proposal') assert.notEqual(offer.kind, 'fix', `only once: ${told}`);
      }
    }),
    { numRuns: Number(process.env.SW_FIX_RUNS ?? 180), seed: 7, examples: unsafe.map((sql) => [`${sql};\n`]) },
  );
  for (const name of [
    'create-index-concurrently',
    'drop-index-concurrently',
    'drop-invalid-index',
    'set-local',
    'validate-later',
    'not-valid-then-validate',
    'unique-using-index',
    'primary-key-using-index',
    'validate-in-next-migration',
    'move-to-own-migration',
    'run-outside-transaction',
    'plan',
  ])
    assert.ok((seen.get(name) ?? 0) > 0, `${name} was tried`);
});

/** Every other statement stays as it was written, and so does every placeholder. */
function untouched(before: string, after: string, { edits }: Proposal, told: string): void {
  const own = edits.filter((edit) => edit.path === path);
  for (const { index } of before.matchAll(/\$\{\w+\}/g))
    assert.ok(!own.some(({ span }) => span.start < index + 3 && index < span.end), `no edit in a placeholder: ${told}`);
  const kept = statementsOf(after);
  const all = splitScript(before, postgresqlLexical);
  const far = all.filter(({ span }) => own.every((edit) => edit.span.end < span.start || edit.span.start > span.end));
  let at = 0;
  for (const { id } of far) {
    at = kept.indexOf(id.text, at) + 1;
    assert.ok(at > 0, `${id.text} is still there: ${told}`);
  }
  assert.equal(after.startsWith('\ufeff'), before.startsWith('\ufeff'), `the mark stays: ${told}`);
}

/** Line ends as in the file. */
function writtenAlike(text: string, { creates, edits }: Proposal, told: string): void {
  const crlf = text.includes('\r\n');
  const made = [
    ...creates.filter(({ role }) => role === 'migration').map((each) => each.text),
    ...edits.map(({ newText }) => newText),
  ];
  for (const each of made.filter(() => /\n/.test(text)))
    assert.ok(crlf ? !/(?<!\r)\n/.test(each) : !each.includes('\r'), `line ends: ${told}`);
}

test('a frozen file is never touched: a fix is not offered, and a plan starts from a new migration', () => {
  fc.assert(
    fc.property(script, (text) => {
      const made = snapshot({
        released: { 'V1__given.sql': given, 'V2__new.sql': text },
        other,
        all: true,
        version: 15,
      });
      const findings = check(made).filter((finding) => finding.path === path);
      for (const { span } of findings) {
        for (const offer of service.actions(made, path, span)) {
          if (offer.kind !== 'fix' && offer.kind !== 'plan') continue;
          const result = service.resolveAction(made, offer.data);
          // The tool's configuration and a new migration are not frozen.
          if (offer.kind === 'fix' && result.kind === 'proposal') assert.deepEqual(result.edits, []);
          if (result.kind === 'proposal') assert.equal(applied(result, made).get(path), text);
        }
      }
    }),
    { numRuns: 40, seed: 3 },
  );
});
