import type { FileContent, Span } from '../../../../model/text.ts';
import type { Piece } from '../../../../text/pieces.ts';
import { placeJson, placeSpan } from '../json/placed.ts';
import type { Json } from '../json/value.ts';
import {
  type Alias,
  type EnumSchema,
  type Field,
  type FixedSchema,
  isNamed,
  type NamedSchema,
  type Prop,
  type RecordSchema,
  type Schema,
  type Symbol_,
  type TypeName,
} from '../schema.ts';

/** Where a piece of a text stands. What a field was read from is kept as long as the field is: the next one of its text is the same. */
export interface Place {
  readonly piece: Piece<unknown>;
  readonly start: number;
}

/** What fields and types have in common at a place. Most of it is worked out when somebody asks: of a long record an edit leaves most as it is. */
abstract class Placed<Meaning extends Field | NamedSchema> {
  readonly meaning: Meaning;
  readonly file: FileContent;
  protected readonly place: Place;

  constructor(meaning: Meaning, file: FileContent, place: Place) {
    this.meaning = meaning;
    this.file = file;
    this.place = place;
  }

  get span(): Span {
    return placeSpan(this.meaning.span, this.place.start);
  }

  get aliases(): readonly Alias[] {
    return placeAliases(this.meaning.aliases, this.place);
  }

  get aliasesSpan(): Span | undefined {
    return placed(this.meaning.aliasesSpan, this.place);
  }

  get doc(): string | undefined {
    return this.meaning.doc;
  }

  get props(): ReadonlyMap<string, Prop> {
    return placeProps(this.meaning.props, this.place);
  }
}

/** A field at a place. */
export class PlacedField extends Placed<Field> implements Field {
  readonly name: string;
  private placed: Schema | undefined = undefined;

  constructor(meaning: Field, file: FileContent, place: Place) {
    super(meaning, file, place);
    this.name = meaning.name;
  }

  get type(): Schema {
    this.placed ??= placeSchema(this.meaning.type, this.file, this.place);
    return this.placed;
  }

  get nameSpan(): Span {
    return placeSpan(this.meaning.nameSpan, this.place.start);
  }

  get default(): Json | undefined {
    const value = this.meaning.default;
    return value === undefined ? undefined : placeJson(value, this.place.start);
  }

  get defaultSpan(): Span | undefined {
    return placed(this.meaning.defaultSpan, this.place);
  }

  get order(): Field['order'] {
    return this.meaning.order;
  }
}

/** Types that a field defines, inner ones first. */
export function typesIn(field: Field): readonly NamedSchema[] {
  return definesTypes((field.meaning ?? field).type) ? typesBelow(field.type) : [];
}

function typesBelow(schema: Schema): readonly NamedSchema[] {
  switch (schema.kind) {
    case 'array':
      return typesBelow(schema.items);
    case 'map':
      return typesBelow(schema.values);
    case 'union':
      return schema.branches.flatMap(typesBelow);
    case 'record':
      return [...typesInside(schema), schema];
    default:
      return isNamed(schema) ? [schema] : [];
  }
}

/** Its fields are not placed for nothing. */
function typesInside(record: RecordSchema): readonly NamedSchema[] {
  const { fields } = record.meaning ?? record;
  return fields.some(({ type }) => definesTypes(type)) ? record.fields.flatMap(typesIn) : [];
}

function definesTypes(schema: Schema): boolean {
  switch (schema.kind) {
    case 'array':
      return definesTypes(schema.items);
    case 'map':
      return definesTypes(schema.values);
    case 'union':
      return schema.branches.some(definesTypes);
    default:
      return isNamed(schema);
  }
}

function placeSchema(schema: Schema, file: FileContent, place: Place): Schema {
  switch (schema.kind) {
    case 'record':
      return new PlacedRecord(schema, file, place);
    case 'enum':
      return new PlacedEnum(schema, file, place);
    case 'fixed':
      return new PlacedFixed(schema, file, place);
    case 'array':
      return { ...schema, ...placeBase(schema, file, place), items: placeSchema(schema.items, file, place) };
    case 'map':
      return { ...schema, ...placeBase(schema, file, place), values: placeSchema(schema.values, file, place) };
    case 'union': {
      const branches = schema.branches.map((branch) => placeSchema(branch, file, place));
      return { ...schema, ...placeBase(schema, file, place), branches };
    }
    default:
      return { ...schema, ...placeBase(schema, file, place) };
  }
}

function placeBase({ span, wordSpan, props }: Schema, file: FileContent, place: Place) {
  return {
    file,
    span: placeSpan(span, place.start),
    wordSpan: placeSpan(wordSpan, place.start),
    props: placeProps(props, place),
  };
}

/** A type at a place. */
abstract class PlacedNamed<Type extends NamedSchema> extends Placed<Type> {
  readonly name: TypeName;

  constructor(meaning: Type, file: FileContent, place: Place) {
    super(meaning, file, place);
    this.name = placeWord(meaning.name, place);
  }

  get wordSpan(): Span {
    return placeSpan(this.meaning.wordSpan, this.place.start);
  }

  get namespaceSpan(): Span | undefined {
    return placed(this.meaning.namespaceSpan, this.place);
  }
}

class PlacedRecord extends PlacedNamed<RecordSchema> implements RecordSchema {
  readonly kind = 'record';
  private placed: readonly Field[] | undefined = undefined;

  get isError(): boolean {
    return this.meaning.isError;
  }

  get fields(): readonly Field[] {
    this.placed ??= this.meaning.fields.map((field) => new PlacedField(field, this.file, this.place));
    return this.placed;
  }
}

class PlacedEnum extends PlacedNamed<EnumSchema> implements EnumSchema {
  readonly kind = 'enum';

  get symbols(): readonly Symbol_[] {
    return this.meaning.symbols.map((one) => placeWord(one, this.place));
  }

  get symbolsSpan(): Span {
    return placeSpan(this.meaning.symbolsSpan, this.place.start);
  }

  get default(): Symbol_ | undefined {
    return this.meaning.default === undefined ? undefined : placeWord(this.meaning.default, this.place);
  }
}

class PlacedFixed extends PlacedNamed<FixedSchema> implements FixedSchema {
  readonly kind = 'fixed';

  get size(): number {
    return this.meaning.size;
  }

  get sizeSpan(): Span {
    return placeSpan(this.meaning.sizeSpan, this.place.start);
  }
}

function placeAliases(aliases: readonly Alias[], place: Place): readonly Alias[] {
  return aliases.length === 0 ? aliases : aliases.map((one) => placeWord(one, place));
}

function placeProps(props: ReadonlyMap<string, Prop>, { start }: Place): ReadonlyMap<string, Prop> {
  if (props.size === 0) return props;
  const placedProp = ({ value, span }: Prop): Prop => ({
    value: placeJson(value, start),
    span: placeSpan(span, start),
  });
  return new Map([...props].map(([name, prop]) => [name, placedProp(prop)]));
}

function placeWord<Word extends { readonly span: Span }>(word: Word, { start }: Place): Word {
  return { ...word, span: placeSpan(word.span, start) };
}

function placed(span: Span | undefined, { start }: Place): Span | undefined {
  return span === undefined ? undefined : placeSpan(span, start);
}
