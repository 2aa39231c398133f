import type { AvroSet } from '../link.ts';
import type { Field, NamedSchema, RecordSchema, ReferenceSchema, Schema } from '../schema.ts';
import type { Incompatibility } from './incompatibility.ts';

export type Finder = Pick<AvroSet, 'find'>;

export interface Ambiguous {
  readonly field: Field;
  readonly record: RecordSchema;
  readonly writer: RecordSchema;
}

/**
 * What one pair of types came to, with all that it was worked out from: names that led to other files, and pairs of types of other files.
 * Those are judged once however many schemas use them, and kept while their files and names stay what they are.
 */
export interface Unit {
  readonly reader: Schema;
  readonly writer: Schema;
  readonly asked: {
    readonly side: 'reader' | 'writer';
    readonly reference: ReferenceSchema;
    readonly found: NamedSchema | undefined;
  }[];
  readonly uses: Set<Unit>;
  readonly ambiguous: Ambiguous[];
  incompatibilities: readonly Incompatibility[];
  /** While it is open, every pair of its own by reader, then writer; `open`: compatible unless proven otherwise. */
  known: Map<Schema, Map<Schema, readonly Incompatibility[] | 'open'>>;
  /** Place on the stack of the lowest unit that was open when this one came by it: what it says holds only within that one. */
  lowest: number;
  /** Readers of the units that were judged while it was open and lead back to it, its own among them. */
  cycle: ReadonlySet<Schema> | undefined;
}

/** One comparison of two sets of files, whatever is compared of them. */
export interface Session {
  readonly readers: Finder;
  readonly writers: Finder;
  readonly open: Unit[];
  /** Units that hold while another one is open. */
  readonly passing: Map<Schema, Map<Schema, Unit>>;
  readonly checked: Map<Unit, boolean>;
}

export function newSession(readers: Finder, writers: Finder): Session {
  return { readers, writers, open: [], passing: new Map(), checked: new Map() };
}

const kept = new WeakMap<Schema, WeakMap<Schema, Unit>>();

/** What is known of a pair and still holds. */
export function knownUnit(session: Session, reader: Schema, writer: Schema): Unit | undefined {
  const passing = session.passing.get(reader)?.get(writer);
  if (passing !== undefined) {
    leadsDown(session, passing.lowest);
    return passing;
  }
  const unit = kept.get(reader)?.get(writer);
  if (unit === undefined || !holds(session, unit)) return undefined;
  // Seen from within its cycle it is another thing: what is open counts as compatible there.
  return isWithin(session, unit.cycle) ? undefined : unit;
}

function isWithin({ open }: Session, cycle: ReadonlySet<Schema> | undefined): boolean {
  if (cycle === undefined) return false;
  return open.some(({ known }) => [...cycle].some((reader) => known.has(reader)));
}

/** What a unit around has of the pair already, or is about to have: it counts there, and holds as long as that is open. */
export function knownAround(
  session: Session,
  reader: Schema,
  writer: Schema,
): readonly Incompatibility[] | 'open' | undefined {
  for (let at = session.open.length - 2; at >= 0; at -= 1) {
    const found = session.open[at]?.known.get(reader)?.get(writer);
    if (found === undefined) continue;
    leadsDown(session, at);
    return found;
  }
  return undefined;
}

export function beginUnit({ open }: Session, reader: Schema, writer: Schema): Unit {
  const unit: Unit = {
    reader,
    writer,
    asked: [],
    uses: new Set(),
    ambiguous: [],
    incompatibilities: [],
    known: new Map(),
    lowest: open.length,
    cycle: undefined,
  };
  open.push(unit);
  return unit;
}

export function endUnit(session: Session, unit: Unit, incompatibilities: readonly Incompatibility[]): void {
  const { open, passing, checked } = session;
  unit.incompatibilities = incompatibilities;
  unit.known = new Map();
  open.pop();
  if (unit.lowest < open.length) {
    leadsDown(session, unit.lowest);
    put(passing, unit);
    return;
  }
  if (passing.size > 0) unit.cycle = new Set([...takeAbove(passing, open.length), unit.reader]);
  const ofReader = kept.get(unit.reader) ?? new WeakMap<Schema, Unit>();
  kept.set(unit.reader, ofReader.set(unit.writer, unit));
  checked.set(unit, true);
}

/** Of several pairs that were judged as one nothing is kept. */
export function abandonUnit({ open, passing }: Session): void {
  open.pop();
  passing.clear();
}

/** What is judged now holds only while the unit at that place is open. */
function leadsDown({ open }: Session, lowest: number): void {
  const top = open.at(-1);
  if (top !== undefined) top.lowest = Math.min(top.lowest, lowest);
}

/** Takes away what held within a unit that has come to its end; answers the readers of it. */
function takeAbove(passing: Session['passing'], lowest: number): readonly Schema[] {
  const taken: Schema[] = [];
  for (const [reader, units] of passing)
    for (const [writer, unit] of units)
      if (unit.lowest >= lowest) {
        taken.push(reader);
        units.delete(writer);
      }
  return taken;
}

/** Writes down which names were looked up, and where they led. */
export function listening({ find }: Finder, side: 'reader' | 'writer', { asked }: Unit): Finder {
  return {
    find: (reference) => {
      const found = find(reference);
      if (reference.known === undefined) asked.push({ side, reference, found });
      return found;
    },
  };
}

function put(units: Session['passing'], unit: Unit): void {
  const ofReader = units.get(unit.reader);
  if (ofReader === undefined) units.set(unit.reader, new Map([[unit.writer, unit]]));
  else ofReader.set(unit.writer, unit);
}

/** All that it was worked out from is as it was; in one pass without recursion, for units may stand in long rows. */
function holds(session: Session, first: Unit): boolean {
  const { checked } = session;
  const steps: { readonly unit: Unit; readonly leave: boolean }[] = [{ unit: first, leave: false }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { unit, leave } = step;
    if (leave)
      checked.set(unit, checked.get(unit) === true && [...unit.uses].every((used) => checked.get(used) === true));
    else if (!checked.has(unit)) {
      checked.set(unit, namesHold(session, unit));
      steps.push({ unit, leave: true });
      for (const used of unit.uses) steps.push({ unit: used, leave: false });
    }
  }
  return checked.get(first) === true;
}

function namesHold({ readers, writers }: Session, { asked }: Unit): boolean {
  return asked.every(({ side, reference, found }) => (side === 'reader' ? readers : writers).find(reference) === found);
}
