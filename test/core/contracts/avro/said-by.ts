import { PlacedObject } from '#core/contracts/formats/avro/json/placed.ts';
import type { AvroFile, Field, NamedSchema, Schema } from '#core/contracts/formats/avro/schema.ts';
import { isNamed } from '#core/contracts/formats/avro/schema.ts';

/** All that a reading says, in plain values: whatever is worked out when somebody asks is asked for. */
export function saidBy({ content, types, references, main, protocol, ...rest }: AvroFile): object {
  const said = new Map<Schema, object>();
  const sayField = (field: Field): object => {
    const { name, nameSpan, span, type, default: value, defaultSpan, order, aliases, aliasesSpan, doc, props } = field;
    const members = { name, nameSpan, span, defaultSpan, order, aliases, aliasesSpan, doc };
    return { ...members, type: say(type), default: plain(value), props: plain([...props]) };
  };
  const say = (schema: Schema): object => {
    const known = said.get(schema);
    if (known !== undefined) return known;
    const { file, props, ...own } = isNamed(schema) ? membersOf(schema) : schema;
    const one: Record<string, unknown> = { ...own, isHere: file === content, props: plain([...props]) };
    said.set(schema, one);
    if (schema.kind === 'array') one.items = say(schema.items);
    if (schema.kind === 'map') one.values = say(schema.values);
    if (schema.kind === 'union') one.branches = schema.branches.map(say);
    if (schema.kind === 'record') one.fields = schema.fields.map(sayField);
    // The very type that the file has, not one like it.
    if (schema.kind === 'reference') one.known = schema.known && [schema.name, schema.known === types.get(schema.name)];
    if (isNamed(schema)) one.isFirst = types.get(schema.name.full) === schema;
    return one;
  };
  return {
    ...rest,
    main: main && say(main),
    types: [...types].map(([name, type]) => [name, say(type)]),
    references: references.map(say),
    protocol: protocol && {
      ...protocol,
      messages: protocol.messages.map(({ request, response, errors, ...message }) => ({
        ...message,
        request: request.map(sayField),
        response: say(response),
        errors: errors.map(say),
      })),
    },
  };
}

/** Those of a type that is placed are getters. */
function membersOf(schema: NamedSchema) {
  const { kind, file, span, wordSpan, props, name, namespaceSpan, aliases, aliasesSpan, doc } = schema;
  const members = { kind, file, span, wordSpan, props, name, namespaceSpan, aliases, aliasesSpan, doc };
  switch (schema.kind) {
    case 'record':
      return { ...members, isError: schema.isError };
    case 'enum':
      return { ...members, symbols: schema.symbols, symbolsSpan: schema.symbolsSpan, default: schema.default };
    case 'fixed':
      return { ...members, size: schema.size, sizeSpan: schema.sizeSpan };
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof PlacedObject) return plain({ kind: value.kind, span: value.span, members: value.members });
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
