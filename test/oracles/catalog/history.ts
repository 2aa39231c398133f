import pg from 'pg';
import type { Catalog } from '#core/schema/catalog.ts';
import type { ChangeKind } from '#core/schema/change.ts';
import { differences, worded } from './facts.ts';
import { isAccepted, isJudged } from './not-modelled.ts';
import { catalogFacts } from './ours.ts';
import { emptySchema, type Replay, replay } from './replay.ts';
import { serverFacts } from './theirs.ts';

/** A history that we and the server read differently. */
export interface Disagreement {
  /** Equal for two histories that show the same defect. */
  readonly sort: string;
  readonly text: string;
  /** What the server accepted, and the last statement. */
  readonly statements: readonly string[];
}

/** Gives the next statement; undefined: the history ends. */
export type Source = (catalog: Catalog, nth: number) => string | undefined;

export interface Run {
  readonly major: number;
  readonly client: pg.Client;
  /** Schemas are compared after so many statements, and at the end. */
  readonly every: number;
  /** Told of each statement that the server accepted, or did not. */
  readonly seen?: (kinds: readonly ChangeKind[], isAccepted: boolean) => void;
}

/** Runs a history on the server and in our replay, in one transaction that is rolled back. */
export async function runHistory(run: Run, source: Source): Promise<Disagreement | undefined> {
  await run.client.query('BEGIN');
  try {
    return await inTransaction(run, source);
  } finally {
    await run.client.query('ROLLBACK');
  }
}

async function inTransaction({ client, major, every, seen }: Run, source: Source): Promise<Disagreement | undefined> {
  let catalog: Catalog = emptySchema;
  const statements: string[] = [];
  for (let nth = 0; ; nth += 1) {
    const text = source(catalog, nth);
    if (text !== undefined) {
      const refusal = await attempt(client, text);
      statements.push(text);
      const ours = replaySafely(catalog, text, major);
      if (typeof ours === 'string') return { sort: 'we throw', text: ours, statements };
      const wrong = verdict(refusal, ours, text, isPartial(catalog, text));
      if (wrong !== undefined) return { ...wrong, statements };
      seen?.(ours.kinds, refusal === undefined);
      if (refusal === undefined) catalog = ours.after;
    }
    if (text !== undefined && nth % every !== every - 1) continue;
    const found = differences(await serverFacts(client, major), catalogFacts(catalog, major)).filter(
      (each) => !isAccepted(each, catalog),
    );
    const [first] = found;
    if (first !== undefined) return { sort: sortOf(first), text: found.map(worded).join('\n    '), statements };
    if (text === undefined) return undefined;
  }
}

/** Or what was thrown. */
function replaySafely(catalog: Catalog, text: string, major: number): Replay | string {
  try {
    return replay(catalog, text, major);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 12).join('\n') : String(error);
  }
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** A transaction block has no place for CONCURRENTLY, which changes nothing in the catalog of an idle database. */
async function attempt(client: pg.Client, text: string): Promise<Refusal | undefined> {
  await client.query('SAVEPOINT statement');
  try {
    await client.query(text.replace(' CONCURRENTLY', ''));
    await client.query('RELEASE statement');
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await client.query('ROLLBACK TO statement; RELEASE statement');
    return { code: error.code ?? '', message: error.message };
  }
}

/** Codes of errcodes.txt that the rules are about. */
const UNKNOWN = new Set(['42P01', '42703']);
const DUPLICATE = new Set(['42P07', '42701', '42723']);
const IN_USE = new Set(['2BP01']);
/** Of codes that stand for much else besides. */
const DEFINITION =
  /because column .* uses (its row type|it)$|would overlap partition|^empty range bound|^invalid bound specification|^type "[^"]*" already exists$/;

function verdict(
  refusal: Refusal | undefined,
  ours: Replay,
  statement: string,
  partial: boolean,
): Pick<Disagreement, 'sort' | 'text'> | undefined {
  if (ours.isSyntaxError && refusal?.code !== '42601')
    return { sort: 'syntax', text: `the server: ${refusal?.message ?? 'accepted'}` };
  const said = [...ours.unknown, ...ours.duplicate, ...ours.inUse, ...ours.misfit];
  if (refusal === undefined)
    return said.length === 0
      ? undefined
      : {
          sort: `wrongly ${said[0]?.split(' ')[0]} ${ours.kinds.join()}`,
          text: `the server accepts it; we say: ${said.join('; ')}`,
        };
  if (said.length > 0 || !isJudged(ours.kinds, { ...refusal, text: statement, isPartial: partial })) return undefined;
  const isOurs =
    [UNKNOWN, DUPLICATE, IN_USE].some((codes) => codes.has(refusal.code)) || DEFINITION.test(refusal.message);
  if (!isOurs) return undefined;
  return {
    sort: `silent ${refusal.code} ${ours.kinds.join()}`,
    text: `the server refuses it, we are silent: ${refusal.code} ${refusal.message}`,
  };
}

function isPartial(catalog: Catalog, text: string): boolean {
  return [...catalog.objects].some(
    ([, object]) =>
      ((object.kind === 'table' && object.partial) || object.kind === 'view') && text.includes(object.name.name),
  );
}

function sortOf({
  fact,
  server,
  ours,
}: {
  fact: string;
  server: string | undefined;
  ours: string | undefined;
}): string {
  const how = server === undefined ? 'only ours' : ours === undefined ? 'missing' : 'differs';
  return `${fact.split(' ')[0]} ${how}`;
}

/** The shortest history that shows the same defect, as far as leaving out one statement after the other finds it. */
export async function shrink(run: Run, found: Disagreement): Promise<Disagreement> {
  let best = found;
  for (let at = best.statements.length - 1; at >= 0; at -= 1) {
    const rest = best.statements.toSpliced(at, 1);
    const again = await runHistory({ ...run, every: 1000 }, (_, nth) => rest[nth]);
    if (again?.sort === best.sort) best = again;
  }
  return best;
}
