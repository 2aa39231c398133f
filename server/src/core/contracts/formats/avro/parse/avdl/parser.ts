import type { FileContent, Span } from '../../../../../model/text.ts';
import { deepest } from '../../json/read.ts';
import { type Json, type JsonMember, sameJson } from '../../json/value.ts';
import { decimalFault } from '../../logical.ts';
import { nameFault, qualify, splitName } from '../../names.ts';
import {
  type Alias,
  type AvroFile,
  type Field,
  type Import,
  isPrimitive,
  type Message,
  type NamedSchema,
  type PrimitiveType,
  type Prop,
  type Protocol,
  type Schema,
  type Symbol_,
  type UnionSchema,
} from '../../schema.ts';
import {
  checkEnumDefault,
  checkFields,
  checkSize,
  checkSymbols,
  distinctAliases,
  enumReserved,
  fieldReserved,
  protocolReserved,
  qualified,
  readTypeName,
  schemaReserved,
} from '../named.ts';
import { noProps, Reading } from '../reading.ts';
import { type Token, tokenize } from './tokens.ts';

/** Avro IDL, with the syntax for schemas of 1.12. A declaration that cannot be read costs itself, not those behind it. */
export function parseAvdl(content: FileContent): AvroFile {
  const { tokens, problems } = tokenize(content.text);
  return new Parser(content, tokens).file(problems);
}

/** Thrown where a declaration breaks off, caught where the next one may begin. */
class Broken extends Error {}

interface Annotations {
  readonly list: readonly (Prop & { readonly name: string; readonly nameSpan: Span })[];
  readonly doc: string | undefined;
}

/** Names of types that are written by a keyword. */
const keywordTypes: Readonly<Record<string, readonly [type: 'int' | 'long' | 'string', logical: string]>> = {
  date: ['int', 'date'],
  time_ms: ['int', 'time-millis'],
  timestamp_ms: ['long', 'timestamp-millis'],
  local_timestamp_ms: ['long', 'local-timestamp-millis'],
  uuid: ['string', 'uuid'],
};

/** What no type may be called in IDL. */
export const takenNames: ReadonlySet<string> = new Set([
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
  'null',
  'date',
  'time_ms',
  'timestamp_ms',
  'localtimestamp_ms',
  'uuid',
]);

class Parser {
  private readonly reading: Reading;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;
  private broken = false;
  private readonly imports: Import[] = [];
  private readonly messages = new Map<string, Message>();

  constructor(content: FileContent, tokens: readonly Token[]) {
    this.reading = new Reading(content);
    this.tokens = tokens;
  }

  file(lexical: AvroFile['problems']): AvroFile {
    if (this.reading.file.text === '') this.report({ start: 0, end: 0 }, 'The document is empty.');
    const protocol = this.isProtocol() ? this.protocol() : undefined;
    const main = protocol === undefined ? this.schemaFile() : undefined;
    if (this.token.kind !== 'end') this.expected('the end of the file');
    return {
      content: this.reading.file,
      syntax: 'idl',
      main,
      types: this.reading.types,
      references: this.reading.references,
      protocol,
      imports: this.imports,
      incomplete: this.broken || lexical.some(({ harmless }) => harmless !== true),
      problems: [...lexical, ...this.reading.problems],
    };
  }

  private get token(): Token {
    return this.tokens[this.at] ?? (this.tokens.at(-1) as Token);
  }

  /** Behind the annotations of what stands here. */
  private isProtocol(): boolean {
    let ahead = this.at;
    for (let depth = 0; ahead < this.tokens.length; ahead += 1) {
      const { kind, text } = this.tokens[ahead] as Token;
      if (kind === 'mark' && text === '(') depth += 1;
      else if (kind === 'mark' && text === ')') depth -= 1;
      else if (depth === 0 && kind === 'mark' && text === '@') ahead += 1;
      else if (depth === 0) return kind === 'word' && text === 'protocol';
    }
    return false;
  }

  private protocol(): Protocol {
    const start = this.token;
    const annotations = this.annotationsBefore('protocol', start.doc);
    const word = this.next();
    const name = this.attempt(() => this.identifier()) ?? word;
    const space = this.namespaceOf(annotations, '');
    this.checkProps(annotations, protocolReserved, ['namespace']);
    const { simple, space: own } = splitName(name.text, space);
    this.checkTypeName(simple, name.span);
    this.attempt(() => this.mark('{'));
    this.declarations(own, true);
    this.attempt(() => this.mark('}'));
    return {
      name: simple,
      namespace: own,
      nameSpan: name.span,
      doc: annotations.doc,
      messages: [...this.messages.values()],
    };
  }

  private annotationsBefore(word: string, doc: string | undefined): Annotations {
    const annotations = this.attempt(() => this.annotations(doc), false);
    while (!this.isWord(word) && this.token.kind !== 'end') this.next();
    return annotations ?? { list: [], doc };
  }

  private schemaFile(): Schema | undefined {
    let space = '';
    if (this.isWord('namespace'))
      this.attempt(() => {
        this.next();
        space = this.identifier().text;
        this.mark(';');
      });
    const main = this.isWord('schema')
      ? this.attempt(() => {
          this.next();
          const schema = this.fullType(space);
          this.mark(';');
          return schema;
        })
      : undefined;
    this.declarations(space, false);
    return main;
  }

  /** Up to the closing brace of a protocol, or the end. */
  private declarations(space: string, inProtocol: boolean): void {
    while (this.token.kind !== 'end' && !(inProtocol && this.isMark('}'))) {
      const before = this.at;
      this.attempt(() => this.declaration(space, inProtocol));
      if (this.at === before) this.next();
    }
  }

  private declaration(space: string, inProtocol: boolean): void {
    if (this.isWord('import') && this.isImport()) {
      this.importStatement();
      return;
    }
    const start = this.token;
    const annotations = this.annotations(start.doc);
    const word = this.token;
    const isDeclaration = word.kind === 'word' && !word.quoted && this.tokens[this.at + 1]?.kind === 'word';
    if (isDeclaration && word.text === 'fixed') this.fixed(annotations, space, start);
    else if (isDeclaration && word.text === 'enum') this.enumeration(annotations, space, start);
    else if (isDeclaration && (word.text === 'record' || word.text === 'error')) this.record(annotations, space, start);
    else if (inProtocol) this.message(annotations, space);
    else throw this.expected('a record, an enum, a fixed or an import');
  }

  private isImport(): boolean {
    return this.tokens[this.at + 1]?.kind === 'word' && this.tokens[this.at + 2]?.kind === 'string';
  }

  private importStatement(): void {
    this.next();
    const kind = this.next();
    const location = this.next();
    if (kind.text === 'idl' || kind.text === 'protocol' || kind.text === 'schema')
      this.imports.push({ kind: kind.text, path: location.text, span: location.span });
    else this.report(kind.span, 'An import is of kind idl, protocol or schema.');
    this.mark(';');
  }

  private fixed(annotations: Annotations, space: string, start: Token): void {
    const word = this.next();
    const named = this.named(annotations, space, word, start, schemaReserved);
    this.mark('(');
    const size = this.literal('integer');
    this.mark(')');
    const end = this.mark(';');
    const value = /[lL]$/.test(size.text) ? Number.NaN : decode(size.text);
    if (!Number.isInteger(value) || Math.abs(value) > 2147483648)
      throw this.report(size.span, 'Invalid or no size: it is an integer of 32 bits.');
    checkSize(this.reading, value, size.span);
    this.define({ kind: 'fixed', ...named, span: spanOf(start, end), size: value, sizeSpan: size.span });
  }

  private enumeration(annotations: Annotations, space: string, start: Token): void {
    const word = this.next();
    const named = this.named(annotations, space, word, start, enumReserved);
    this.mark('{');
    const symbols: Symbol_[] = [];
    if (!this.isMark('}'))
      do {
        this.annotations(undefined);
        const symbol = this.identifier();
        symbols.push({ name: symbol.text, span: symbol.span });
      } while (this.takes(','));
    let end = this.mark('}');
    let preferred: Symbol_ | undefined;
    if (this.takes('=')) {
      const symbol = this.identifier();
      preferred = { name: symbol.text, span: symbol.span };
      end = this.mark(';');
    }
    checkSymbols(this.reading, symbols);
    checkEnumDefault(this.reading, symbols, preferred);
    this.define({
      kind: 'enum',
      ...named,
      span: spanOf(start, end),
      symbols,
      symbolsSpan: named.name.span,
      default: preferred,
    });
  }

  private record(annotations: Annotations, space: string, start: Token): void {
    const word = this.next();
    const named = this.named(annotations, space, word, start, schemaReserved);
    this.mark('{');
    const fields: Field[] = [];
    while (!this.isMark('}') && this.token.kind !== 'end') {
      const before = this.at;
      this.attempt(() => fields.push(...this.fieldDeclaration(named.name.space)));
      if (this.at === before) this.next();
    }
    const end = this.attempt(() => this.mark('}')) ?? this.token;
    this.define({
      kind: 'record',
      ...named,
      span: spanOf(start, end),
      isError: word.text === 'error',
      fields: checkFields(this.reading, fields),
    });
  }

  private define(schema: NamedSchema): void {
    this.reading.define(schema);
  }

  private fieldDeclaration(space: string): readonly Field[] {
    const start = this.token;
    const type = this.fullType(space);
    const fields: Field[] = [];
    do fields.push(this.variable(type, start));
    while (this.takes(','));
    this.mark(';');
    return fields;
  }

  private variable(type: Schema, from: Token): Field {
    const first = this.token;
    const annotations = this.annotations(first.doc);
    const name = this.identifier();
    const equals = this.isMark('=') ? this.next() : undefined;
    const value = equals === undefined ? undefined : this.jsonValue();
    const fault = nameFault(name.text);
    if (fault !== undefined) this.reading.problem(name.span, fault);
    const aliases = this.aliasesOf(annotations);
    return {
      name: name.text,
      nameSpan: name.span,
      span: { start: from.span.start, end: value?.span.end ?? name.span.end },
      type: optionalInOrder(type, value),
      default: value,
      defaultSpan:
        value === undefined ? undefined : { start: equals?.span.start ?? value.span.start, end: value.span.end },
      order: this.orderOf(annotations),
      aliases,
      aliasesSpan: spanNamed(annotations, 'aliases'),
      doc: annotations.doc ?? from.doc,
      props: this.checkProps(annotations, fieldReserved, ['aliases', 'order']),
    };
  }

  private message(annotations: Annotations, space: string): void {
    const first = this.token;
    const isVoid = first.kind === 'word' && first.text === 'void' && !first.quoted;
    if (isVoid) this.next();
    const hasProps = annotations.list.length > 0;
    const response: Schema = isVoid ? this.primitive('null', first, noProps) : this.plainType(space, hasProps).schema;
    const name = this.identifier();
    this.mark('(');
    const request: Field[] = [];
    if (!this.isMark(')'))
      do {
        const start = this.token;
        const type = this.fullType(space);
        request.push(this.variable(type, start));
      } while (this.takes(','));
    this.mark(')');
    const oneWay = this.isWord('oneway');
    const errors: Schema[] = [];
    if (oneWay) this.next();
    else if (this.isWord('throws')) {
      this.next();
      do {
        const error = this.identifier();
        errors.push(this.refer(error, space));
      } while (this.takes(','));
    }
    this.mark(';');
    if (oneWay && response.kind !== 'null')
      this.reading.problem(first.span, `One-way message'${name.text}' must return void`);
    this.messages.set(name.text, {
      name: name.text,
      nameSpan: name.span,
      doc: annotations.doc,
      request: checkFields(this.reading, request),
      response,
      errors,
      oneWay,
    });
  }

  private fullType(space: string): Schema {
    if (this.depth >= deepest) throw this.report(this.token.span, `Nested deeper than ${deepest} levels.`);
    this.depth += 1;
    const annotations = this.annotations(undefined);
    const { schema, optional } = this.plainType(space, annotations.list.length > 0);
    this.depth -= 1;
    if (annotations.list.length === 0) return schema;
    const union = optional && schema.kind === 'union' ? schema : undefined;
    const of = union?.branches[1] ?? schema;
    const reserved = of.kind === 'enum' ? enumReserved : schemaReserved;
    const withProps = { ...of, props: this.mergeProps(of.props, this.checkProps(annotations, reserved, [])) };
    return union === undefined ? withProps : { ...union, branches: [union.branches[0] as Schema, withProps] };
  }

  private mergeProps(before: Schema['props'], added: ReadonlyMap<string, Prop>): Schema['props'] {
    const merged = new Map(before);
    for (const [name, prop] of added)
      if (!sameJson((merged.get(name) ?? prop).value, prop.value))
        this.reading.problem(prop.span, `Can't overwrite property: ${name}`);
      else merged.set(name, prop);
    return merged;
  }

  private plainType(space: string, annotated: boolean): { readonly schema: Schema; readonly optional: boolean } {
    const word = this.token;
    const follows = this.tokens[this.at + 1];
    if (word.kind !== 'word') throw this.expected('a type');
    if (!word.quoted && follows?.kind === 'mark') {
      if (word.text === 'array' && follows.text === '<')
        return { schema: this.collection(space, 'array'), optional: false };
      if (word.text === 'map' && follows.text === '<')
        return { schema: this.collection(space, 'map'), optional: false };
      if (word.text === 'union' && follows.text === '{') return { schema: this.union(space), optional: false };
    }
    return this.nullable(space, annotated);
  }

  private collection(space: string, kind: 'array' | 'map'): Schema {
    const word = this.next();
    this.mark('<');
    const inner = this.fullType(space);
    const end = this.mark('>');
    const base = { file: this.reading.file, span: spanOf(word, end), wordSpan: word.span, props: noProps };
    return kind === 'array' ? { kind, ...base, items: inner } : { kind, ...base, values: inner };
  }

  private union(space: string): Schema {
    const word = this.next();
    this.mark('{');
    const branches: Schema[] = [];
    do branches.push(this.fullType(space));
    while (this.takes(','));
    const span = spanOf(word, this.mark('}'));
    this.reading.checkUnion(branches);
    return { kind: 'union', file: this.reading.file, span, wordSpan: span, props: noProps, branches };
  }

  private nullable(space: string, annotated: boolean): { readonly schema: Schema; readonly optional: boolean } {
    const word = this.next();
    const schema = this.simple(word, space, annotated);
    if (!this.isMark('?')) return { schema, optional: false };
    const span = spanOf(word, this.next());
    const none: Schema = { kind: 'null', file: this.reading.file, span, wordSpan: span, props: noProps };
    const branches = [none, schema];
    this.reading.checkUnion(branches);
    const union: Optional = {
      kind: 'union',
      file: this.reading.file,
      span,
      wordSpan: span,
      props: noProps,
      branches,
      optional: true,
    };
    return { schema: union, optional: true };
  }

  private simple(word: Token, space: string, annotated: boolean): Schema {
    if (!word.quoted) {
      const keyword = keywordTypes[word.text];
      if (keyword !== undefined) return this.primitive(keyword[0], word, this.logical(word, keyword[1]));
      if (word.text === 'decimal' && this.isMark('(')) return this.decimal(word);
      if (isPrimitive(word.text)) return this.primitive(word.text, word, noProps);
    }
    if (annotated) this.reading.problem(word.span, 'Type references may not be annotated');
    // Between backticks a primitive's name is looked up as a name, and found to be that primitive all the same.
    if (isPrimitive(word.text) && space === '') return this.primitive(word.text, word, noProps);
    return this.refer(word, space);
  }

  /** Names are qualified before they are looked up: one without namespace is not found from within one. */
  private refer({ text, span }: Token, space: string): Schema {
    return this.reading.refer(qualify(text, space), '', span);
  }

  private decimal(word: Token): Schema {
    this.mark('(');
    const precision = this.literal('integer');
    const scale = this.takes(',') ? this.literal('integer') : undefined;
    const end = this.mark(')');
    const fault = decimalFault(decode(precision.text), scale === undefined ? 0 : decode(scale.text));
    if (fault !== undefined) this.reading.problem(spanOf(word, end), fault);
    const props = new Map(this.logical(word, 'decimal'));
    props.set('precision', propOf(integerOf(precision)));
    props.set(
      'scale',
      propOf(scale === undefined ? { kind: 'number', span: precision.span, text: '0' } : integerOf(scale)),
    );
    return { ...this.primitive('bytes', word, props), span: spanOf(word, end) };
  }

  private logical({ span }: Token, name: string): ReadonlyMap<string, Prop> {
    return new Map([['logicalType', propOf({ kind: 'string', span, value: name })]]);
  }

  private primitive(kind: PrimitiveType, { span }: Token, props: Schema['props']): Schema {
    return { kind, file: this.reading.file, span, wordSpan: span, props };
  }

  private named(annotations: Annotations, space: string, word: Token, start: Token, reserved: ReadonlySet<string>) {
    const token = this.identifier();
    const own = this.namespaceOf(annotations, space);
    this.checkTypeName(splitName(token.text, own).simple, token.span);
    const name = readTypeName(this.reading, token.text, token.span, own);
    const aliases = this.aliasesOf(annotations).map((alias) => qualified(this.reading, alias, name.space));
    return {
      file: this.reading.file,
      span: spanOf(start, token),
      wordSpan: word.span,
      props: this.checkProps(annotations, reserved, ['namespace', 'aliases']),
      name,
      namespaceSpan: spanNamed(annotations, 'namespace'),
      aliases: distinctAliases(aliases),
      aliasesSpan: spanNamed(annotations, 'aliases'),
      doc: annotations.doc,
    };
  }

  private checkTypeName(name: string, span: Span): void {
    if (takenNames.has(name)) this.reading.problem(span, `Illegal name: ${name}`);
  }

  private annotations(doc: string | undefined): Annotations {
    const list: (Prop & { readonly name: string; readonly nameSpan: Span })[] = [];
    while (this.isMark('@')) {
      const start = this.next();
      const name = this.identifier();
      this.mark('(');
      const value = this.jsonValue();
      const end = this.mark(')');
      list.push({ name: name.text, nameSpan: name.span, value, span: spanOf(start, end) });
    }
    return { list, doc };
  }

  /** Of two annotations of one name the last one counts. Those that say something else, by their own names, are no properties. */
  private checkProps(
    { list }: Annotations,
    reserved: ReadonlySet<string>,
    known: readonly string[],
  ): ReadonlyMap<string, Prop> {
    const props = new Map<string, Prop>();
    for (const { name, nameSpan, value, span } of list)
      if (known.includes(name)) continue;
      else if (reserved.has(name)) this.reading.problem(nameSpan, `Can't set reserved property: ${name}`);
      else props.set(name, { value, span });
    return props.size === 0 ? noProps : props;
  }

  private namespaceOf({ list }: Annotations, around: string): string {
    let space = around;
    for (const { name, value } of list)
      if (name === 'namespace') {
        if (value.kind === 'string') space = value.value;
        else this.reading.problem(value.span, '@namespace(...) must contain a String value');
      }
    return space;
  }

  private aliasesOf({ list }: Annotations): readonly Alias[] {
    const written = list.findLast(({ name }) => name === 'aliases')?.value;
    if (written === undefined) return [];
    if (written.kind === 'array' && written.items.every(({ kind }) => kind === 'string'))
      return written.items.flatMap((item) => (item.kind === 'string' ? [{ name: item.value, span: item.span }] : []));
    this.reading.problem(written.span, '@aliases(...) must contain an array of String values');
    return [];
  }

  private orderOf({ list }: Annotations): Field['order'] {
    const written = list.findLast(({ name }) => name === 'order')?.value;
    if (written === undefined) return 'ascending';
    const order = written.kind === 'string' ? written.value.toLowerCase() : '';
    if (order === 'ascending' || order === 'descending' || order === 'ignore') return order;
    this.reading.problem(written.span, '@order(...) must contain "ASCENDING", "DESCENDING" or "IGNORE"');
    return 'ascending';
  }

  private jsonValue(): Json {
    if (this.isMark('{')) return this.jsonObject();
    if (this.isMark('[')) return this.jsonArray();
    const token = this.token;
    switch (token.kind) {
      case 'string':
        this.next();
        return { kind: 'string', span: token.span, value: token.text };
      case 'integer':
        this.next();
        return integerOf(token);
      case 'float':
        this.next();
        return { kind: 'number', span: token.span, text: floatText(token.text) };
      case 'word':
        if (token.quoted) break;
        if (token.text === 'null') return { kind: 'null', span: this.next().span };
        if (token.text === 'true' || token.text === 'false')
          return { kind: 'boolean', span: this.next().span, value: token.text === 'true' };
        break;
      default:
        break;
    }
    throw this.expected('a JSON value');
  }

  private jsonArray(): Json {
    return this.nested(() => {
      const start = this.mark('[');
      const items: Json[] = [];
      if (!this.isMark(']'))
        do items.push(this.jsonValue());
        while (this.takes(','));
      return { kind: 'array', span: spanOf(start, this.mark(']')), items };
    });
  }

  private jsonObject(): Json {
    return this.nested(() => {
      const start = this.mark('{');
      const members: JsonMember[] = [];
      while (!this.isMark('}')) {
        if (members.length > 0) this.mark(',');
        const key = this.literal('string');
        this.mark(':');
        const value = this.jsonValue();
        members.push({ key: key.text, keySpan: key.span, value });
      }
      return { kind: 'object', span: spanOf(start, this.mark('}')), members };
    });
  }

  private nested(read: () => Json): Json {
    if (this.depth >= deepest) throw this.report(this.token.span, `Nested deeper than ${deepest} levels.`);
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** What breaks off is left at the next place where something may begin: behind `;`, before or behind `}`. */
  private attempt<Result>(read: () => Result, skips = true): Result | undefined {
    const { depth, at } = this;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.depth = depth;
      this.broken = true;
      if (skips) this.skip(at);
      return undefined;
    }
  }

  /** Braces are counted from where the declaration began, so that those of its own do not end what is around it. */
  private skip(start: number): void {
    const failed = this.at;
    this.at = start;
    for (let braces = 0; this.token.kind !== 'end'; this.next()) {
      if (this.isMark('{')) braces += 1;
      if (this.isMark('}')) {
        if (braces === 0) return;
        braces -= 1;
      }
      if (braces === 0 && this.at >= failed && (this.isMark(';') || this.isMark('}'))) {
        this.next();
        return;
      }
    }
  }

  private next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  private isWord(text: string): boolean {
    return this.token.kind === 'word' && !this.token.quoted && this.token.text === text;
  }

  private isMark(text: string): boolean {
    return this.token.kind === 'mark' && this.token.text === text;
  }

  private takes(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.next();
    return true;
  }

  private mark(text: string): Token {
    if (!this.isMark(text)) throw this.expected(text);
    return this.next();
  }

  private identifier(): Token {
    if (this.token.kind !== 'word') throw this.expected('a name');
    return this.next();
  }

  private literal(kind: 'integer' | 'string'): Token {
    if (this.token.kind !== kind) throw this.expected(kind === 'string' ? 'a string' : 'an integer');
    return this.next();
  }

  private expected(what: string): Broken {
    return this.report(this.token.kind === 'end' ? this.lastSpan() : this.token.span, `Expected ${what}.`);
  }

  private lastSpan(): Span {
    return this.tokens[this.tokens.length - 2]?.span ?? { start: 0, end: 0 };
  }

  private report(span: Span, message: string): Broken {
    this.reading.problem(span, message);
    this.broken = true;
    return new Broken(message);
  }
}

/** `string?`, until its field says whether null comes first. */
interface Optional extends UnionSchema {
  readonly optional: true;
}

/** A default that is not null puts the type in front. */
function optionalInOrder(type: Schema, value: Json | undefined): Schema {
  if (type.kind !== 'union' || !('optional' in type)) return type;
  const { branches, ...rest } = type;
  return { ...rest, branches: value === undefined || value.kind === 'null' ? branches : branches.toReversed() };
}

function spanOf(start: Token, end: Token): Span {
  return { start: start.span.start, end: end.span.end };
}

function spanNamed({ list }: Annotations, name: string): Span | undefined {
  return list.findLast((one) => one.name === name)?.span;
}

function propOf(value: Json): Prop {
  return { value, span: value.span };
}

function integerOf({ text, span }: Token): Json {
  const negative = text.startsWith('-');
  const digits = text.replace(/^-/, '').replace(/[lL]$/, '');
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return { kind: 'number', span, text: String(negative ? -value : value) };
}

/** As `Integer.decode` of Java. */
function decode(text: string): number {
  return Number((integerOf({ text } as Token) as { readonly text: string }).text);
}

/** A double, even where it looks like an integer. */
function floatText(text: string): string {
  const value = Number(text.replace(/[fFdD]$/, ''));
  if (Number.isNaN(value)) return 'NaN';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
