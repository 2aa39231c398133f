import type { ContractFinding, ContractNotice } from '../../../finding.ts';
import { lookBeyond } from '../beyond/index.ts';
import { type Root, walk } from '../beyond/walk.ts';
import { envelopeOf } from '../envelope.ts';
import type { AvroSet } from '../link.ts';
import { carriedByBoth, carriedTypes, type PairedCalls, pairCalls } from '../messages.ts';
import type { Direction, Mode } from '../profiles.ts';
import type { AvroFile, Schema } from '../schema.ts';
import { pairSchemas, type Subject } from '../subjects.ts';
import { compareCalls } from './calls.ts';
import { type Exchange, exchangesOf, opposite, readBy } from './exchanges.ts';
import { explain } from './explain.ts';
import { toFinding } from './finding.ts';
import type { Incompatibility } from './incompatibility.ts';
import { remembering } from './memo.ts';
import { resolveEach } from './resolution.ts';
import type { Ambiguous, Session } from './session.ts';

export interface Compared {
  readonly findings: readonly ContractFinding[];
  readonly notices: readonly ContractNotice[];
}

export interface Before {
  readonly set: AvroSet;
  readonly subject: Subject;
  readonly against: string;
}

export interface After {
  readonly set: AvroSet;
  readonly subject: Subject;
}

/**
 * What one subject has that its predecessor's readers or writers cannot bear.
 * @param asked by the profile: of messages, which side is the new one
 * @param sessions of the two sides, the same for all subjects
 * @param beyond say what is behind Apache's words, too
 */
export function compareSubject(
  before: Before,
  after: After,
  asked: Direction,
  sessions: Readonly<Record<Direction, Session>>,
  beyond: boolean,
): Compared {
  const calls = pairCalls(before.subject, after.subject, after.set);
  const exchanges = exchangesOf(calls.pairs, asked);
  const resolved = [asked, opposite(asked)].map((direction) =>
    compareInDirection(before, after, {
      direction,
      session: sessions[direction],
      data: direction === asked ? dataOf(before, after, calls) : [],
      exchanges: exchanges.filter((one) => one.direction === direction),
      beyond,
    }),
  );
  return {
    findings: [...resolved.flatMap(({ findings }) => findings), ...compareCalls(before, after, calls, asked)],
    notices: resolved.flatMap(({ notices }) => notices),
  };
}

/** What is written to be read by anybody: all that no message carries. */
function dataOf(before: Before, after: After, { pairs }: PairedCalls): ReturnType<typeof pairSchemas> {
  const all = pairSchemas(before.subject, after.subject);
  if (pairs.length === 0) return all;
  const carried: ReadonlySet<Schema> = carriedTypes(pairs, after.set);
  return all.filter((pair) => !carried.has(pair.after));
}

interface Asked {
  /** Who reads: the new side in BACKWARD. */
  readonly direction: Direction;
  readonly session: Session;
  readonly data: ReturnType<typeof pairSchemas>;
  readonly exchanges: readonly Exchange[];
  readonly beyond: boolean;
}

function compareInDirection(
  before: Before,
  after: After,
  { direction, session, data, exchanges, beyond }: Asked,
): Compared {
  const pairs = [...data.map((pair) => readBy(direction, pair)), ...exchanges];
  const { each, ambiguous } = resolveEach(session, pairs);
  if (each.every((found) => found.length === 0) && ambiguous.length === 0) return nothing;
  const [main] = after.subject.schemas;
  const envelope = beyond && main !== undefined ? envelopeOf(main, after.set) : undefined;
  const sides = { before: before.set, after: after.set, direction, against: before.against, envelope };
  return {
    findings: each.flatMap((found, at) =>
      found
        .flatMap((told) => (beyond ? explain(told, session) : [{ shown: told, told }]))
        .filter(({ shown, told }) => ![shown, told].some((one) => mayBeWrittenYet(one, direction, after.set)))
        .map(({ shown, told }) => toFinding(shown, { ...sides, exchange: exchanges[at - data.length] }, told)),
    ),
    notices: ambiguous.map((one) => ambiguousNotice(one, before, after)),
  };
}

/** Java throws there: nobody may call it compatible. */
function ambiguousNotice({ field, record, writer }: Ambiguous, before: Before, after: After): ContractNotice {
  const message = `Field ${field.name} of ${record.name.full} matches several fields of ${writer.name.full} by its name and aliases: Apache Avro refuses to read it.`;
  const now = after.set.pathOf(record.file);
  const path = now ?? before.set.pathOf(record.file) ?? '';
  const side = now === undefined ? 'before' : 'after';
  return { id: 'avro/ambiguous-alias', message, place: { side, path, span: field.nameSpan }, unread: 'error' };
}

const nothing: Compared = { findings: [], notices: [] };

/** What the rules beyond Apache's say of it. A text that breaks off is no change of anything yet. */
export function compareBeyond(before: Before, after: After, mode: Mode): readonly ContractFinding[] {
  if (after.subject.file.incomplete || before.subject.file.content.text === after.subject.file.content.text) return [];
  const files = { before: before.subject.file, after: after.subject.file };
  const pairs = [
    ...pairSchemas(before.subject, after.subject),
    ...carriedByBoth(before.subject.file, after.subject.file),
  ];
  const walked = walkers(before.set, after.set, { ...files, pairs });
  return lookBeyond({ ...walked, before: before.set, after: after.set, directions: mode.directions }, before.against);
}

const walkers = remembering((before, after, { pairs }: Given) => walk({ before, after }, pairs));

interface Given {
  readonly before: AvroFile;
  readonly after: AvroFile;
  readonly pairs: readonly Root[];
}

/** In a text that breaks off nothing is missing yet. */
function mayBeWrittenYet(one: Incompatibility, direction: Direction, set: AvroSet): boolean {
  const now = direction === 'BACKWARD' ? one.reader : one.writer;
  const path = set.pathOf(now.file);
  if (path === undefined || set.files.get(path)?.incomplete !== true) return false;
  switch (one.kind) {
    case 'MISSING_ENUM_SYMBOLS':
    case 'MISSING_UNION_BRANCH':
      return direction === 'BACKWARD';
    case 'READER_FIELD_MISSING_DEFAULT_VALUE':
      return true;
    case 'NAME_MISMATCH':
    case 'FIXED_SIZE_MISMATCH':
    case 'TYPE_MISMATCH':
      return false;
  }
}
