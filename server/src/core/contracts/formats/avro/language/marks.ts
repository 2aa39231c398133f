import type { Span } from '../../../../model/text.ts';
import type {
  AvroFile,
  EnumSchema,
  Field,
  Message,
  NamedSchema,
  Protocol,
  RecordSchema,
  Schema,
  Symbol_,
} from '../schema.ts';

/** A word of a file that stands for something, or a part of what says more of a field. Sorted, none over another. */
export type Mark = { readonly span: Span } & (
  | { readonly kind: 'type'; readonly full: string; readonly type: NamedSchema }
  | { readonly kind: 'reference'; readonly full: string; readonly schema: Schema & { readonly kind: 'reference' } }
  | { readonly kind: 'primitive'; readonly schema: Schema; readonly field: FieldOf | undefined }
  | ({ readonly kind: 'field' } & FieldOf)
  | ({ readonly kind: 'default' | 'alias' | 'logical' } & FieldOf)
  | {
      readonly kind: 'symbol' | 'preferred';
      readonly full: string;
      readonly symbol: Symbol_;
      readonly type: EnumSchema;
    }
  | { readonly kind: 'message'; readonly full: string; readonly message: Message }
  | { readonly kind: 'protocol'; readonly full: string; readonly protocol: Protocol }
  | { readonly kind: 'import'; readonly path: string }
);

export interface FieldOf {
  /** `shop.Order.total`. */
  readonly full: string;
  readonly field: Field;
  /** Undefined: a parameter of a message. */
  readonly record: RecordSchema | undefined;
}

export interface Marks {
  readonly list: readonly Mark[];
  /** Those of one element by its full name. */
  readonly of: (full: string) => readonly Mark[];
}

/** What a name is of: a field and a type may share their full name. */
export type Group = 'type' | 'field' | 'symbol' | 'message' | 'protocol';

/** Undefined: the word is no name. */
export function groupOf({ kind }: Mark): Group | undefined {
  switch (kind) {
    case 'type':
    case 'reference':
      return 'type';
    case 'symbol':
    case 'preferred':
      return 'symbol';
    case 'field':
    case 'message':
    case 'protocol':
      return kind;
    default:
      return undefined;
  }
}

const memo = new WeakMap<AvroFile, Marks>();

export function marksOf(file: AvroFile): Marks {
  const known = memo.get(file);
  if (known !== undefined) return known;
  const list = new Collector().file(file);
  let byName: ReadonlyMap<string, readonly Mark[]> | undefined;
  const marks: Marks = {
    list,
    of: (full) => {
      byName ??= byFullName(list);
      return byName.get(full) ?? none;
    },
  };
  memo.set(file, marks);
  return marks;
}

const none: readonly Mark[] = [];

/** The one under the cursor; behind its last character counts, too. */
export function markAt({ list }: Marks, offset: number): Mark | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Mark).span.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found = list[low - 1];
  return found !== undefined && offset <= found.span.end ? found : undefined;
}

export function protocolName({ name, namespace }: Protocol): string {
  return namespace === '' ? name : `${namespace}.${name}`;
}

function byFullName(list: readonly Mark[]): ReadonlyMap<string, readonly Mark[]> {
  const byName = new Map<string, Mark[]>();
  for (const mark of list) {
    if (!('full' in mark)) continue;
    const known = byName.get(mark.full);
    if (known === undefined) byName.set(mark.full, [mark]);
    else known.push(mark);
  }
  return byName;
}

class Collector {
  private readonly byStart = new Map<number, Mark>();
  private readonly visited = new Set<Schema>();

  file({ main, types, protocol, imports }: AvroFile): readonly Mark[] {
    for (const { span, path } of imports) this.add({ kind: 'import', span, path });
    if (protocol !== undefined) this.protocol(protocol);
    if (main !== undefined) this.schema(main, undefined);
    for (const type of types.values()) this.schema(type, undefined);
    return [...this.byStart.values()].sort((a, b) => a.span.start - b.span.start);
  }

  /** Of two that begin in one place the first one is meant: `int a, b` says its type once. */
  private add(mark: Mark): void {
    const { start, end } = mark.span;
    if (end > start && !this.byStart.has(start)) this.byStart.set(start, mark);
  }

  private protocol(protocol: Protocol): void {
    const full = protocolName(protocol);
    if (protocol.name !== '') this.add({ kind: 'protocol', span: protocol.nameSpan, full, protocol });
    for (const message of protocol.messages) {
      const name = `${full}.${message.name}`;
      this.add({ kind: 'message', span: message.nameSpan, full: name, message });
      for (const field of message.request) this.field({ full: `${name}.${field.name}`, field, record: undefined });
      this.schema(message.response, undefined);
      for (const error of message.errors) this.schema(error, undefined);
    }
  }

  private schema(schema: Schema, field: FieldOf | undefined): void {
    const { wordSpan: span } = schema;
    switch (schema.kind) {
      case 'record':
      case 'enum':
      case 'fixed':
        this.type(schema);
        break;
      case 'array':
        this.schema(schema.items, field);
        break;
      case 'map':
        this.schema(schema.values, field);
        break;
      case 'union':
        // The null of `string?` is written nowhere: its span is the union's.
        for (const branch of schema.branches)
          if (branch.span.end !== span.end || branch.kind !== 'null') this.schema(branch, field);
        break;
      case 'reference':
        this.add({ kind: 'reference', span, full: schema.name, schema });
        break;
      case 'unknown':
        break;
      default: {
        this.add({ kind: 'primitive', span, schema, field });
        const logical = schema.props.get('logicalType')?.value.span;
        if (field !== undefined && logical !== undefined) this.add({ kind: 'logical', span: logical, ...field });
      }
    }
  }

  private type(type: NamedSchema): void {
    if (this.visited.has(type)) return;
    this.visited.add(type);
    const { full, span } = type.name;
    if (full !== '') this.add({ kind: 'type', span, full, type });
    if (type.kind === 'record')
      for (const field of type.fields) this.field({ full: `${full}.${field.name}`, field, record: type });
    if (type.kind !== 'enum') return;
    for (const symbol of type.symbols) this.symbol('symbol', type, symbol);
    if (type.default !== undefined) this.symbol('preferred', type, type.default);
  }

  private symbol(kind: 'symbol' | 'preferred', type: EnumSchema, symbol: Symbol_): void {
    this.add({ kind, span: symbol.span, full: `${type.name.full}.${symbol.name}`, symbol, type });
  }

  private field(of: FieldOf): void {
    const { nameSpan, type, aliases, default: value } = of.field;
    this.add({ kind: 'field', span: nameSpan, ...of });
    this.schema(type, of);
    for (const { span } of aliases) this.add({ kind: 'alias', span, ...of });
    if (value !== undefined) this.add({ kind: 'default', span: value.span, ...of });
  }
}
