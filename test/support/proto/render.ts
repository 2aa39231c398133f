import type { Declaration, Enum, Extend, Field, Message, Method, Options, ProtoFile, Range, Service } from './model.ts';
import { isEditions } from './model.ts';
import type { Random } from './random.ts';

/** Writes a file with blanks, line breaks and comments wherever the random numbers put them. */
export function render(file: ProtoFile, random: Random): string {
  return new Writer(file, random).file();
}

class Writer {
  readonly model: ProtoFile;
  readonly random: Random;

  constructor(model: ProtoFile, random: Random) {
    this.model = model;
    this.random = random;
  }

  file(): string {
    const { syntax, imports, options, body } = this.model;
    const head =
      syntax === 'none'
        ? []
        : [
            isEditions(syntax)
              ? this.line(['edition', '=', `"${syntax}";`])
              : this.line(['syntax', '=', `"${syntax}";`]),
          ];
    return [
      ...head,
      ...(this.model.package === '' ? [] : [this.line(['package', `${this.model.package};`])]),
      ...imports.map((path) => this.line(['import', `"${path}";`])),
      ...this.statements(options),
      ...body.map((each) => this.declaration(each)),
    ].join('');
  }

  declaration(each: Declaration): string {
    switch (each.kind) {
      case 'message':
        return this.block(['message', each.name], this.message(each));
      case 'enum':
        return this.block(['enum', each.name], this.enum(each));
      case 'extend':
        return this.extend(each);
      case 'service':
        return this.block(['service', each.name], this.service(each));
    }
  }

  message(each: Message): string[] {
    return [
      ...this.statements(each.options),
      ...each.messages.map((inner) => this.declaration(inner)),
      ...each.enums.map((inner) => this.declaration(inner)),
      ...each.fields.map((field) => this.field(field)),
      ...each.oneofs.map(({ name, fields }) =>
        this.block(
          ['oneof', name],
          fields.map((field) => this.field(field)),
        ),
      ),
      ...each.extends.map((inner) => this.extend(inner)),
      ...(each.extensions.length === 0 ? [] : [this.line(['extensions', `${this.ranges(each.extensions)};`])]),
      ...this.reserved(each),
    ];
  }

  enum(each: Enum): string[] {
    return [
      ...this.statements(each.options),
      ...each.values.map(({ name, number, options }) =>
        this.line([name, '=', `${this.number(number)}${this.brackets(options)};`]),
      ),
      ...this.reserved(each),
    ];
  }

  service({ options, methods }: Service): string[] {
    return [...this.statements(options), ...methods.map((method) => this.method(method))];
  }

  method({ name, input, output, clientStreaming, serverStreaming, options }: Method): string {
    const head = [
      'rpc',
      `${name}(${clientStreaming ? 'stream ' : ''}${input})`,
      'returns',
      `(${serverStreaming ? 'stream ' : ''}${output})`,
    ];
    return Object.keys(options).length === 0 && !this.random.once(4)
      ? this.line([...head, ';'])
      : this.block(head, this.statements(options));
  }

  extend({ extendee, fields }: Extend): string {
    return this.block(
      ['extend', extendee],
      fields.map((field) => this.field(field)),
    );
  }

  field({ label, type, name, number, options, group }: Field): string {
    const head = [...(label === '' ? [] : [label]), type, name, '=', `${this.number(number)}${this.brackets(options)}`];
    return group === undefined ? this.line([...head, ';']) : this.block(head, this.message(group));
  }

  reserved({ reserved, reservedNames }: Pick<Message, 'reserved' | 'reservedNames'>): string[] {
    const names = reservedNames.map((name) => (isEditions(this.model.syntax) ? name : `"${name}"`));
    return [
      ...(reserved.length === 0 ? [] : [this.line(['reserved', `${this.ranges(reserved)};`])]),
      ...(names.length === 0 ? [] : [this.line(['reserved', `${names.join(', ')};`])]),
    ];
  }

  ranges(ranges: readonly Range[]): string {
    return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
  }

  number(value: number): string {
    return value > 0 && this.random.once(12) ? `0x${value.toString(16)}` : String(value);
  }

  statements(options: Options): string[] {
    return Object.entries(options).map(([name, value]) => this.line(['option', name, '=', `${value};`]));
  }

  brackets(options: Options): string {
    const entries = Object.entries(options).map(([name, value]) => this.words([name, '=', value]));
    return entries.length === 0 ? '' : ` [${entries.join(`,${this.gap()}`)}]`;
  }

  block(head: readonly string[], body: readonly string[]): string {
    const inner = body.map((each) => each.replace(/^/, this.random.pick(['  ', ' ', '\t'])));
    return `${this.comment()}${this.words([...head, '{'])}${this.random.once(6) ? ' ' : '\n'}${inner.join('')}}${this.end()}`;
  }

  line(words: readonly string[]): string {
    return `${this.comment()}${this.words(words)}${this.end()}`;
  }

  words(words: readonly string[]): string {
    return words.reduce((text, word) => (word === ';' ? `${text};` : `${text}${this.gap()}${word}`));
  }

  gap(): string {
    return this.random.once(14) ? this.random.pick(['  ', '\n    ', ' /* so */ ', '\t', ' // why\n']) : ' ';
  }

  comment(): string {
    return this.random.once(12) ? this.random.pick(['// Said before.\n', '/* é𝒳 */ ', '\n', '/** a\n * b */\n']) : '';
  }

  end(): string {
    return this.random.once(10) ? this.random.pick([' ', ' // behind\n', ' /* b */\n', '\n\n']) : '\n';
  }
}
