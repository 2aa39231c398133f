import type { AvroSet } from '../link.ts';
import type { Field, NamedSchema, RecordSchema, ReferenceSchema, Schema } from '../schema.ts';
import type { Incompatibility } from './incompatibility.ts';

export type Finder = Pick<AvroSet, 'find'>;

export interface Ambiguous {
  readonly field: Field;
  readonly record: RecordSchema;
  readonly writer: RecordSchema;
}

interface Asked {
  readonly side: 'reader' | 'writer';
  readonly reference: ReferenceSchema;
  readonly found: NamedSchema | undefined;
}

/** What something was worked out from: names that led to other files, and pairs of types of other files. */
interface Grounds {
  readonly asked: Asked[];
  readonly uses: Set<Unit>;
}

/**
 * What one pair of types came to, with all that it was worked out from. Pairs of types of other files are judged once however many
 * schemas use them, and kept while their files and names stay what they are.
 */
export interface Unit {
  readonly reader: Schema;
  readonly writer: Schema;
  grounds: Grounds;
  readonly ambiguous: Ambiguous[];
  incompatibilities: readonly Incompatibility[];
  /** While it is open, every pair of its own by reader, then writer; `open`: compatible unless proven otherwise. */
  known: Map<Schema, Map<Schema, readonly Incompatibility[] | 'open'>>;
  /** Units are numbered in the order in which they begin. */
  readonly number: number;
  /** Of the first unit that this one was led back to before that had ended: what it says holds only within that one. */
  lowest: number;
  /** How many units were passing when it began. */
  readonly passed: number;
  /** Pairs of its own that counted as compatible while they were open. */
  readonly assumed: Map<Schema, Set<Schema>>;
  /** Readers of the units that were judged while it was open and lead back to it, its own among them. */
  cycle: ReadonlySet<Schema> | undefined;
}

/** One comparison of two sets of files, whatever is compared of them. */
export interface Session {
  readonly readers: Finder;
  readonly writers: Finder;
  readonly open: Unit[];
  /** Open units that know a pair of the reader, the lowest first. */
  readonly knowing: Map<Schema, Unit[]>;
  /** Units that hold while another one is open, in the order in which they ended. */
  readonly passing: Unit[];
  readonly passingBy: Map<Schema, Map<Schema, Unit>>;
  /** How many units have begun. */
  begun: number;
  /** Number of a unit of which something was assumed that did not come true; none in those that began later. */
  refuted: number;
  readonly checked: Map<Grounds, boolean>;
}

export function newSession(readers: Finder, writers: Finder): Session {
  return {
    readers,
    writers,
    open: [],
    knowing: new Map(),
    passing: [],
    passingBy: new Map(),
    begun: 0,
    refuted: -1,
    checked: new Map(),
  };
}

const kept = new WeakMap<Schema, WeakMap<Schema, Unit>>();

/** What is known of a pair and still holds. */
export function knownUnit(session: Session, reader: Schema, writer: Schema): Unit | undefined {
  const passing = session.passingBy.get(reader)?.get(writer);
  if (passing !== undefined) {
    leadsBack(session, passing.number);
    return passing;
  }
  const unit = kept.get(reader)?.get(writer);
  if (unit === undefined || !holds(session, unit)) return undefined;
  // Seen from within its cycle it is another thing: what is open counts as compatible there.
  return isWithin(session, unit.cycle) ? undefined : unit;
}

/** Whether a reader of the cycle is known to an open unit; the shorter of the two lists is gone through. */
function isWithin({ knowing }: Session, cycle: ReadonlySet<Schema> | undefined): boolean {
  if (cycle === undefined) return false;
  const [few, many] = knowing.size < cycle.size ? [knowing, cycle] : [cycle, knowing];
  for (const reader of few.keys()) if (many.has(reader)) return true;
  return false;
}

/** What a unit around has of the pair already, or is about to have: it counts there, and holds as long as that is open. */
export function knownAround(
  session: Session,
  reader: Schema,
  writer: Schema,
): readonly Incompatibility[] | 'open' | undefined {
  const units = session.knowing.get(reader) ?? [];
  for (let at = units.length - 1; at >= 0; at -= 1) {
    const unit = units[at];
    const found = unit?.known.get(reader)?.get(writer);
    if (unit === undefined || found === undefined || unit === session.open.at(-1)) continue;
    if (found === 'open') assume(unit, reader, writer);
    leadsBack(session, unit.number);
    return found;
  }
  return undefined;
}

/** The pairs of a reader that the unit on top has judged, or is about to. */
export function pairsOf(
  session: Session,
  unit: Unit,
  reader: Schema,
): Map<Schema, readonly Incompatibility[] | 'open'> {
  const known = unit.known.get(reader);
  if (known !== undefined) return known;
  const pairs = new Map<Schema, readonly Incompatibility[] | 'open'>();
  unit.known.set(reader, pairs);
  const units = session.knowing.get(reader);
  if (units === undefined) session.knowing.set(reader, [unit]);
  else units.push(unit);
  return pairs;
}

/** An open pair was met again, and counts as compatible. */
export function assume({ assumed }: Unit, reader: Schema, writer: Schema): void {
  const writers = assumed.get(reader);
  if (writers === undefined) assumed.set(reader, new Set([writer]));
  else writers.add(writer);
}

/** A pair was judged: was it what it counted for meanwhile? */
export function settle(session: Session, unit: Unit, reader: Schema, writer: Schema, isCompatible: boolean): void {
  const wasAssumed = unit.assumed.get(reader)?.delete(writer) === true;
  if (wasAssumed && !isCompatible) session.refuted = Math.max(session.refuted, unit.number);
}

export function beginUnit(session: Session, reader: Schema, writer: Schema): Unit {
  const { open, passing } = session;
  const number = session.begun++;
  const unit: Unit = {
    reader,
    writer,
    grounds: { asked: [], uses: new Set() },
    ambiguous: [],
    incompatibilities: [],
    known: new Map(),
    number,
    lowest: number,
    passed: passing.length,
    assumed: new Map(),
    cycle: undefined,
  };
  open.push(unit);
  return unit;
}

export function endUnit(session: Session, unit: Unit, incompatibilities: readonly Incompatibility[]): void {
  const { open, passing, checked } = session;
  unit.incompatibilities = incompatibilities;
  forget(session, unit);
  open.pop();
  if (unit.lowest < unit.number) {
    leadsBack(session, unit.lowest);
    passing.push(unit);
    put(session.passingBy, unit);
    return;
  }
  const within = takePassing(session, unit);
  if (session.refuted < unit.number) keepTogether([...within, unit], checked);
  else if (within.length > 0) unit.cycle = new Set([...within, unit].map(({ reader }) => reader));
  session.refuted = Math.min(session.refuted, unit.number - 1);
  keep(unit);
  checked.set(unit.grounds, true);
}

/**
 * Pairs that lead to each other, and all that they took each other for has come true: those that are compatible are so wherever one
 * begins. They stand or fall together, for each was worked out from the names that any of them asked for.
 */
function keepTogether(units: readonly Unit[], checked: Session['checked']): void {
  if (units.length < 2) return;
  const members = new Set(units);
  const uses = units.flatMap(({ grounds }) => [...grounds.uses]).filter((used) => !members.has(used));
  const grounds: Grounds = { asked: units.flatMap((unit) => unit.grounds.asked), uses: new Set(uses) };
  checked.set(grounds, true);
  for (const unit of units) {
    unit.grounds = grounds;
    if (unit.incompatibilities.length === 0 && unit.ambiguous.length === 0) keep(unit);
  }
}

function keep(unit: Unit): void {
  const ofReader = kept.get(unit.reader) ?? new WeakMap<Schema, Unit>();
  kept.set(unit.reader, ofReader.set(unit.writer, unit));
}

function forget({ knowing }: Session, unit: Unit): void {
  for (const reader of unit.known.keys()) {
    const units = knowing.get(reader);
    units?.pop();
    if (units?.length === 0) knowing.delete(reader);
  }
  unit.known = new Map();
}

/** Of several pairs that were judged as one nothing is kept. */
export function abandonUnit(session: Session, unit: Unit): void {
  forget(session, unit);
  session.open.pop();
  takePassing(session, unit);
}

/** What is judged now holds only while the unit of that number, or what that one holds within, is open. */
function leadsBack({ open }: Session, lowest: number): void {
  const top = open.at(-1);
  if (top !== undefined) top.lowest = Math.min(top.lowest, lowest);
}

/** Takes away what held within a unit that has come to its end. */
function takePassing({ passing, passingBy }: Session, { passed }: Unit): readonly Unit[] {
  const taken = passing.splice(passed);
  for (const { reader, writer } of taken) passingBy.get(reader)?.delete(writer);
  return taken;
}

/** Writes down which names were looked up, and where they led. */
export function listening({ find }: Finder, side: 'reader' | 'writer', { grounds: { asked } }: Unit): Finder {
  return {
    find: (reference) => {
      const found = find(reference);
      if (reference.known === undefined) asked.push({ side, reference, found });
      return found;
    },
  };
}

function put(units: Session['passingBy'], unit: Unit): void {
  const ofReader = units.get(unit.reader);
  if (ofReader === undefined) units.set(unit.reader, new Map([[unit.writer, unit]]));
  else ofReader.set(unit.writer, unit);
}

/** All that it was worked out from is as it was; in one pass without recursion, for units may stand in long rows. */
function holds(session: Session, { grounds: first }: Unit): boolean {
  const { checked } = session;
  const steps: { readonly grounds: Grounds; readonly leave: boolean }[] = [{ grounds: first, leave: false }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { grounds, leave } = step;
    const holdsNow = (used: Unit) => checked.get(used.grounds) === true;
    if (leave) checked.set(grounds, checked.get(grounds) === true && [...grounds.uses].every(holdsNow));
    else if (!checked.has(grounds)) {
      checked.set(grounds, namesHold(session, grounds));
      steps.push({ grounds, leave: true });
      for (const used of grounds.uses) steps.push({ grounds: used.grounds, leave: false });
    }
  }
  return checked.get(first) === true;
}

function namesHold({ readers, writers }: Session, { asked }: Grounds): boolean {
  return asked.every(({ side, reference, found }) => (side === 'reader' ? readers : writers).find(reference) === found);
}
