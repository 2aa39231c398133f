import type { FileContent, Span } from '../../../../model/text.ts';
import type { Piece } from '../../../../text/pieces.ts';
import { placeJson, placeSpan } from '../json/placed.ts';
import type { Json } from '../json/value.ts';
import { type Alias, type Field, isNamed, type NamedSchema, type Prop, type Schema } from '../schema.ts';

/** Where a piece of a text stands. What a field was read from is kept as long as the field is: the next one of its text is the same. */
export interface Place {
  readonly piece: Piece<unknown>;
  readonly start: number;
}

/** A field at a place. Most of it is worked out when somebody asks: of a long record an edit leaves most fields as they are. */
export class PlacedField implements Field {
  readonly name: string;
  readonly meaning: Field;
  private readonly file: FileContent;
  private readonly place: Place;
  private placed: Schema | undefined = undefined;

  constructor(meaning: Field, file: FileContent, place: Place) {
    this.name = meaning.name;
    this.meaning = meaning;
    this.file = file;
    this.place = place;
  }

  get type(): Schema {
    this.placed ??= placeSchema(this.meaning.type, this.file, this.place);
    return this.placed;
  }

  get nameSpan(): Span {
    return placeSpan(this.meaning.nameSpan, this.place.start);
  }

  get span(): Span {
    return placeSpan(this.meaning.span, this.place.start);
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
      return [...schema.fields.flatMap(typesIn), schema];
    default:
      return isNamed(schema) ? [schema] : [];
  }
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
  const base = {
    file,
    span: placeSpan(schema.span, place.start),
    wordSpan: placeSpan(schema.wordSpan, place.start),
    props: placeProps(schema.props, place),
  };
  switch (schema.kind) {
    case 'array':
      return { ...schema, ...base, items: placeSchema(schema.items, file, place) };
    case 'map':
      return { ...schema, ...base, values: placeSchema(schema.values, file, place) };
    case 'union':
      return { ...schema, ...base, branches: schema.branches.map((branch) => placeSchema(branch, file, place)) };
    case 'record':
      return {
        ...schema,
        ...base,
        ...placeName(schema, place),
        fields: schema.fields.map((field) => new PlacedField(field, file, place)),
      };
    case 'enum':
      return {
        ...schema,
        ...base,
        ...placeName(schema, place),
        symbols: schema.symbols.map((one) => placeWord(one, place)),
        symbolsSpan: placeSpan(schema.symbolsSpan, place.start),
        default: schema.default === undefined ? undefined : placeWord(schema.default, place),
      };
    case 'fixed':
      return {
        ...schema,
        ...base,
        ...placeName(schema, place),
        sizeSpan: placeSpan(schema.sizeSpan, place.start),
      };
    default:
      return { ...schema, ...base };
  }
}

function placeName(schema: NamedSchema, place: Place) {
  return {
    meaning: schema,
    name: placeWord(schema.name, place),
    namespaceSpan: placed(schema.namespaceSpan, place),
    aliases: placeAliases(schema.aliases, place),
    aliasesSpan: placed(schema.aliasesSpan, place),
  };
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
