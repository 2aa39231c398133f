import type { FileContent } from '../../../../model/text.ts';
import { follow } from '../link.ts';
import {
  type EnumSchema,
  type Field,
  type FixedSchema,
  fieldsByName,
  isNamed,
  isPrimitive,
  meansTheSame,
  type NamedSchema,
  type PrimitiveType,
  type RecordSchema,
  type Schema,
  type UnionSchema,
} from '../schema.ts';
import type { Incompatibility, IncompatibilityKind, Within } from './incompatibility.ts';
import {
  type Ambiguous,
  abandonUnit,
  assume,
  beginUnit,
  endUnit,
  type Finder,
  knownAround,
  knownUnit,
  listening,
  pairsOf,
  type Session,
  settle,
  type Unit,
} from './session.ts';

/**
 * Whether a reader can resolve what a writer wrote, as `SchemaCompatibility` of Apache Avro Java 1.12.2 answers it: the same kinds,
 * locations, messages, in the same order. Its two habits that look like mistakes are kept, since its verdict is the one that counts:
 * a pair that was judged before answers with the locations it had then, and a field without default whose type is an enum with one is
 * compared with the writer's record. Throws for nothing: `ambiguous` tells where Java throws.
 *
 * Types of other files are judged by themselves, with locations in their own file.
 */
export function resolve(session: Session, reader: Schema, writer: Schema): Resolution {
  const home = { reader: follow(session.readers, reader), writer: follow(session.writers, writer) };
  const known = knownUnit(session, home.reader, home.writer);
  if (known !== undefined) return known;
  const unit = beginUnit(session, home.reader, home.writer);
  const comparison = comparisonOf(session, unit, home.reader, home.writer);
  endUnit(session, unit, run(judge(comparison, reader, writer, '', nowhere)));
  return unit;
}

/**
 * Several pairs of one file, each judged once however many others use it: what is found in one is not told again for those.
 * `each` has what each pair adds.
 */
export function resolveEach(
  session: Session,
  pairs: readonly { readonly reader: Schema; readonly writer: Schema }[],
): { readonly each: readonly Judgement[]; readonly ambiguous: readonly Ambiguous[] } {
  const [first] = pairs;
  if (first === undefined) return { each: [], ambiguous: [] };
  if (pairs.length === 1) {
    const { incompatibilities, ambiguous } = resolve(session, first.reader, first.writer);
    return { each: [incompatibilities], ambiguous };
  }
  const unit = beginUnit(session, first.reader, first.writer);
  const comparison = comparisonOf(session, unit, first.reader, first.writer);
  const told = new Set<Incompatibility>();
  const each = pairs.map(({ reader, writer }) => {
    const found = [...new Set(run(judge(comparison, reader, writer, '', nowhere)))].filter((one) => !told.has(one));
    for (const one of found) told.add(one);
    return found;
  });
  abandonUnit(session, unit);
  return { each, ambiguous: unit.ambiguous };
}

export interface Resolution {
  readonly incompatibilities: readonly Incompatibility[];
  /** Reader's fields whose name and aliases match several of the writer's: Java refuses to answer. Those of other files are told there. */
  readonly ambiguous: readonly Ambiguous[];
}

const nowhere: Within = { readerField: undefined, writerField: undefined, object: '' };

interface Comparison {
  readonly session: Session;
  readonly unit: Unit;
  readonly reader: Finder;
  readonly writer: Finder;
  /** The files that are compared; types of others are units of their own. */
  readonly home: { readonly reader: FileContent; readonly writer: FileContent };
}

function comparisonOf(session: Session, unit: Unit, reader: Schema, writer: Schema): Comparison {
  return {
    session,
    unit,
    reader: listening(session.readers, 'reader', unit),
    writer: listening(session.writers, 'writer', unit),
    home: { reader: reader.file, writer: writer.file },
  };
}

/** Empty: compatible. */
type Judgement = readonly Incompatibility[];

/** A recursive function that the runner keeps the stack of, so that schemas of any depth are compared. */
type Judging = Generator<Judging, Judgement, Judgement>;

function run(first: Judging): Judgement {
  const stack = [first];
  let answer: Judgement = compatible;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const step = top.next(answer);
    if (step.done === true) {
      answer = step.value;
      stack.pop();
    } else {
      answer = compatible;
      stack.push(step.value);
    }
  }
  return answer;
}

const compatible: Judgement = [];

/** Where a comparison stands. */
interface Place {
  readonly path: string;
  readonly within: Within;
  readonly readerWord: Schema;
  readonly writerWord: Schema;
}

function* judge(comparison: Comparison, readerWord: Schema, writerWord: Schema, path: string, within: Within): Judging {
  const reader = follow(comparison.reader, readerWord);
  const writer = follow(comparison.writer, writerWord);
  if (isElsewhere(comparison, reader, writer)) return yield judgeElsewhere(comparison, reader, writer);
  const { session, unit } = comparison;
  const ofReader = pairsOf(session, unit, reader);
  const before = ofReader.get(writer);
  if (before === 'open') assume(unit, reader, writer);
  if (before !== undefined) return before === 'open' ? compatible : before;
  ofReader.set(writer, 'open');
  const judgement = yield compare(comparison, reader, writer, { path, within, readerWord, writerWord });
  ofReader.set(writer, judgement);
  settle(session, unit, reader, writer, judgement.length === 0);
  return judgement;
}

/** Two named types of one kind, both of them of other files. */
function isElsewhere({ home }: Comparison, reader: Schema, writer: Schema): boolean {
  return reader.file !== home.reader && writer.file !== home.writer && isNamed(reader) && reader.kind === writer.kind;
}

function* judgeElsewhere({ session, unit: user }: Comparison, reader: Schema, writer: Schema): Judging {
  const around = knownAround(session, reader, writer);
  if (around !== undefined) return around === 'open' ? compatible : around;
  const known = knownUnit(session, reader, writer);
  if (known !== undefined) {
    user.grounds.uses.add(known);
    return known.incompatibilities;
  }
  const unit = beginUnit(session, reader, writer);
  user.grounds.uses.add(unit);
  const judgement = yield judge(comparisonOf(session, unit, reader, writer), reader, writer, '', nowhere);
  endUnit(session, unit, judgement);
  return judgement;
}

function* compare(comparison: Comparison, reader: Schema, writer: Schema, place: Place): Judging {
  const { path, within } = place;
  if (isOpen(reader) || isOpen(writer)) return compatible;
  if (reader.kind === 'array' && writer.kind === 'array')
    return yield judge(comparison, reader.items, writer.items, `${path}/items`, within);
  if (reader.kind === 'map' && writer.kind === 'map')
    return yield judge(comparison, reader.values, writer.values, `${path}/values`, within);
  if (reader.kind === 'fixed' && writer.kind === 'fixed')
    return [...compareNames(reader, writer, place), ...compareSizes(reader, writer, place)];
  if (reader.kind === 'enum' && writer.kind === 'enum')
    return [...compareNames(reader, writer, place), ...compareSymbols(reader, writer, place)];
  if (reader.kind === 'record' && writer.kind === 'record')
    return [...compareNames(reader, writer, place), ...(yield compareFields(comparison, reader, writer, place))];
  if (writer.kind === 'union') {
    if (reader.kind === 'union') return yield compareUnions(comparison, reader, writer, place);
    return yield readEveryBranch(comparison, writer, place);
  }
  if (reader.kind === 'union') return yield findBranch(comparison, reader, writer, place);
  if (reader.kind === writer.kind || isPromotion(reader.kind, writer.kind)) return compatible;
  return typeMismatch(reader, writer, place);
}

/** What is not written yet or not to be found fits everything. */
function isOpen({ kind }: Schema): boolean {
  return kind === 'unknown' || kind === 'reference';
}

function isPromotion(reader: Schema['kind'], writer: Schema['kind']): boolean {
  return promotions[reader as PrimitiveType]?.includes(writer as PrimitiveType) ?? false;
}

/** What each reads besides its own. */
export const promotions: Partial<Readonly<Record<PrimitiveType, readonly PrimitiveType[]>>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
};

function* compareUnions(comparison: Comparison, reader: UnionSchema, writer: UnionSchema, place: Place): Judging {
  const found: Incompatibility[] = [];
  for (const [at, branch] of writer.branches.entries()) {
    // Java forgets where it is: what it finds below is not told, but remembered with a location that begins here.
    const judgement = yield judge(comparison, reader, branch, '', place.within);
    if (judgement.length > 0) {
      const there = { ...place, path: `${place.path}/${at}`, writerWord: branch };
      found.push(lackingBranch(reader, follow(comparison.writer, branch), there));
    }
  }
  return found;
}

function* readEveryBranch(comparison: Comparison, writer: UnionSchema, place: Place): Judging {
  const found: Incompatibility[] = [];
  for (const [at, branch] of writer.branches.entries())
    found.push(...(yield judge(comparison, place.readerWord, branch, `${place.path}/${at}`, place.within)));
  return found;
}

function* findBranch(comparison: Comparison, reader: UnionSchema, writer: Schema, place: Place): Judging {
  for (const branch of reader.branches)
    if ((yield judge(comparison, branch, place.writerWord, '', place.within)).length === 0) return compatible;
  return [lackingBranch(reader, writer, place)];
}

function* compareFields(comparison: Comparison, reader: RecordSchema, writer: RecordSchema, place: Place): Judging {
  const found: Incompatibility[] = [];
  // Most fields are passed over: none of them gets a pair of its own from an iterator of entries.
  let at = -1;
  for (const field of reader.fields) {
    at += 1;
    const writerField = lookUp(comparison, reader, writer, field);
    if (writerField !== undefined ? plainlySame(field, writerField) : field.default !== undefined) continue;
    const here = `${place.path}/fields/${at}`;
    const within: Within = { readerField: field, writerField, object: `${reader.name.full}.${field.name}` };
    if (writerField !== undefined)
      found.push(...(yield judge(comparison, field.type, writerField.type, `${here}/type`, within)));
    else {
      const type = follow(comparison.reader, field.type);
      if (type.kind === 'enum' && type.default !== undefined)
        found.push(...(yield judge(comparison, type, writer, `${here}/type`, within)));
      else if (type.kind !== 'unknown')
        found.push({
          ...incompatible('READER_FIELD_MISSING_DEFAULT_VALUE', reader, writer, field.name, {
            ...place,
            path: here,
            within,
          }),
          field,
        });
    }
  }
  return found;
}

/** Most fields of most records: nothing to judge, nothing to remember. */
function plainlySame(readerField: Field, writerField: Field): boolean {
  if (meansTheSame(readerField, writerField)) return true;
  const [reader, writer] = [readerField.type, writerField.type];
  if (isPrimitive(reader.kind)) return reader.kind === writer.kind;
  if (reader.kind !== 'union' || writer.kind !== 'union' || reader.branches.length !== writer.branches.length)
    return false;
  const { branches } = writer;
  return reader.branches.every(({ kind }, at) => isPrimitive(kind) && kind === branches[at]?.kind);
}

/** The writer's field that a reader's field is filled from: by its name, else by an alias. */
function lookUp(
  { unit: { ambiguous } }: Comparison,
  record: RecordSchema,
  writer: RecordSchema,
  field: Field,
): Field | undefined {
  const byName = fieldsByName(writer);
  const { aliases } = field;
  if (aliases.length === 0) return byName.get(field.name);
  const found = [field.name, ...new Set(aliases.map(({ name }) => name))]
    .map((name) => byName.get(name))
    .filter((one) => one !== undefined);
  if (found.length > 1) ambiguous.push({ field, record, writer });
  return found[0];
}

function compareNames(reader: NamedSchema, writer: NamedSchema, place: Place): Judgement {
  if (reader.name.full === '' || writer.name.full === '' || namesMatch(reader, writer)) return compatible;
  return [incompatible('NAME_MISMATCH', reader, writer, `expected: ${writer.name.full}`, below(place, 'name'))];
}

/** Only the last parts of names count; an alias counts in full, and one without namespace never for a type that has one. */
export function namesMatch(reader: NamedSchema, writer: NamedSchema): boolean {
  if (reader.name.simple === writer.name.simple) return true;
  return reader.aliases.some(
    ({ name }) => name === writer.name.full && (name.includes('.') || reader.name.space === ''),
  );
}

function compareSizes(reader: FixedSchema, writer: FixedSchema, place: Place): Judgement {
  if (reader.size === writer.size) return compatible;
  const message = `expected: ${writer.size}, found: ${reader.size}`;
  return [incompatible('FIXED_SIZE_MISMATCH', reader, writer, message, below(place, 'size'))];
}

function compareSymbols(reader: EnumSchema, writer: EnumSchema, place: Place): Judgement {
  const missing = missingSymbols(reader, writer);
  const fallback = reader.default?.name;
  if (missing.length === 0 || reader.symbols.some(({ name }) => name === fallback)) return compatible;
  const message = `[${missing.join(', ')}]`;
  return [incompatible('MISSING_ENUM_SYMBOLS', reader, writer, message, below(place, 'symbols'))];
}

/** In the order of Java's `TreeSet`, which compares UTF-16 units. */
export function missingSymbols(reader: EnumSchema, writer: EnumSchema): readonly string[] {
  const there = new Set(reader.symbols.map(({ name }) => name));
  const missing = new Set(writer.symbols.map(({ name }) => name).filter((name) => !there.has(name)));
  return [...missing].sort((a, b) => (a < b ? -1 : 1));
}

function typeMismatch(reader: Schema, writer: Schema, place: Place): Judgement {
  const message = `reader type: ${typeName(reader)} not compatible with writer type: ${typeName(writer)}`;
  return [incompatible('TYPE_MISMATCH', reader, writer, message, place)];
}

function lackingBranch(reader: Schema, writer: Schema, place: Place): Incompatibility {
  const message = `reader union lacking writer type: ${typeName(writer)}`;
  return incompatible('MISSING_UNION_BRANCH', reader, writer, message, place);
}

function incompatible(
  kind: IncompatibilityKind,
  reader: Schema,
  writer: Schema,
  message: string,
  { path, within, readerWord, writerWord }: Place,
): Incompatibility {
  const object = within.object === '' && isNamed(reader) ? reader.name.full : within.object;
  const location = path === '' ? '/' : path;
  return { kind, location, message, reader, writer, readerWord, writerWord, within: { ...within, object } };
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}/${step}` };
}

export function typeName({ kind }: Schema): string {
  return kind.toUpperCase();
}
