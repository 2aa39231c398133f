import type { ContractCompletion, Cursor } from '../../../../language.ts';
import { readJson } from '../../json/read.ts';
import { type Json, type JsonObject, textOf } from '../../json/value.ts';
import { type AvroSet, follow } from '../../link.ts';
import type { AvroFile, EnumSchema, NamedSchema, Schema } from '../../schema.ts';
import { marksOf } from '../marks.ts';
import { complexItems, each, type Item, logicalItems, offered, orders, primitiveItems, typeItems } from './items.ts';
import { type JsonContext, jsonContext, type Open } from './json-context.ts';
import { keysOf, type Role, roleBelow, roleOfItem } from './json-keys.ts';

/** In .avsc and .avpr. */
export function completeJson(set: AvroSet, file: AvroFile, { path, offset }: Cursor): readonly ContractCompletion[] {
  const { text } = file.content;
  const context = jsonContext(text, offset);
  if (context === undefined) return [];
  const { open, expects, replace, isQuoted } = context;
  const roles = rolesOf(open, path.toLowerCase().endsWith('.avpr') ? 'protocol' : 'schema');
  const place: Place = { set, file, context, role: roles.at(-1) ?? 'other', roles };
  if (expects === 'key') return offered(keyItems(place), replace);
  const values = valueItems(place);
  return offered(isQuoted ? values.flatMap(inQuotes) : values, replace);
}

interface Place {
  readonly set: AvroSet;
  readonly file: AvroFile;
  readonly context: JsonContext;
  /** Of what is being written. */
  readonly role: Role;
  /** That comes last; before it what it stands in. */
  readonly roles: readonly Role[];
}

/** Items carry JSON; between quotes only what stands there in JSON can go. */
function inQuotes({ insert, ...item }: Item): readonly Item[] {
  const label = insert?.startsWith('"') === true ? insert.slice(1, -1) : '';
  return label === '' ? [] : [{ ...item, label }];
}

/** Of the document, then of what is being written in each that is open. */
function rolesOf(open: readonly Open[], document: Role): readonly Role[] {
  const roles: Role[] = [document];
  for (const [at, one] of open.entries()) {
    const role = roles[at] ?? 'other';
    roles.push(one.kind === 'array' ? roleOfItem(role) : roleBelow(role, one.key));
  }
  return roles;
}

function keyItems({ file, context: { open, isQuoted, replace }, roles }: Place): readonly Item[] {
  const object = open.at(-1);
  const role = roles.at(-2);
  if (object === undefined || role === undefined) return [];
  const whole = objectAt(file.content.text, object.start);
  const there = new Set([...object.members.keys(), ...(whole?.members ?? []).map(({ key }) => key)]);
  const current = file.content.text.slice(replace.start, replace.end);
  there.delete(current);
  const type = object.members.get('type') ?? (whole === undefined ? undefined : textOf(whole, 'type'));
  return keysOf(role, type, there).map(({ label, detail, value }) => ({
    label,
    kind: 'property',
    detail,
    insert: isQuoted ? label : `"${label}": ${value}`,
  }));
}

/** The object as the whole document has it, what stands behind the cursor included. */
function objectAt(text: string, start: number): JsonObject | undefined {
  let json: Json | undefined = readJson(text, 'anything').value;
  while (json !== undefined && json.span.start !== start) {
    const below: readonly (Json | undefined)[] =
      json.kind === 'object' ? json.members.map(({ value }) => value) : json.kind === 'array' ? json.items : [];
    json = below.find((one) => one !== undefined && one.span.start <= start && start < one.span.end);
  }
  return json?.kind === 'object' ? json : undefined;
}

function valueItems(place: Place): readonly Item[] {
  const { context, role, roles, set } = place;
  const top = context.open.at(-1);
  const key = top?.kind === 'object' ? top.key : undefined;
  const around = roles.at(-2);
  if (key === 'namespace') return quoted(namespaces(set));
  if (around === 'field' || around === 'parameter') {
    if (key === 'order') return quoted(orders);
    if (key === 'default') return defaultItems(place);
  }
  if (around === 'message' && key === 'one-way')
    return each('value', [{ label: 'true', detail: 'Nobody waits for an answer' }]);
  if (around === 'schema' && key === 'default') return quoted(symbolItems(enumAround(place)));
  if (around === 'schema' && key === 'logicalType') return quoted(logicalOf(place, top));
  if (role === 'errors') return quoted(typeItems(set, spaceAt(place), isError));
  if (role !== 'schema') return [];
  if (around === 'schema' && key === 'type') return quoted([...complexItems, ...primitiveItems]);
  if (top === undefined || around === 'types') return definitions;
  const isBranch = top.kind === 'array';
  return [
    ...quoted([...primitiveItems, ...typeItems(set, spaceAt(place), () => true)]),
    ...(isBranch ? [] : [nullable]),
    ...collections,
    ...definitions,
  ];
}

const nullable: Item = {
  label: '["null", …]',
  kind: 'snippet',
  detail: 'A value or null',
  insert: '["null", "string"]',
};

const collections = each('snippet', [
  { label: '{"type": "array", …}', detail: 'Any number of items', insert: '{"type": "array", "items": "string"}' },
  { label: '{"type": "map", …}', detail: 'Values by string', insert: '{"type": "map", "values": "string"}' },
]);

const definitions = each('snippet', [
  { label: '{"type": "record", …}', detail: 'Named fields', insert: '{"type": "record", "name": "", "fields": []}' },
  {
    label: '{"type": "enum", …}',
    detail: 'One of several symbols',
    insert: '{"type": "enum", "name": "", "symbols": []}',
  },
  {
    label: '{"type": "fixed", …}',
    detail: 'Bytes of a fixed number',
    insert: '{"type": "fixed", "name": "", "size": 16}',
  },
]);

function quoted(items: readonly Item[]): readonly Item[] {
  return items.map((item) => ({ ...item, insert: `"${item.label}"` }));
}

function isError(type: NamedSchema): boolean {
  return type.kind === 'record' && type.isError;
}

function namespaces({ files }: AvroSet): readonly Item[] {
  const spaces = [...files.values()].flatMap(({ types }) => [...types.values()].map(({ name }) => name.space));
  return [...new Set(spaces)]
    .filter((space) => space !== '')
    .map((label) => ({ label, kind: 'namespace', detail: 'Namespace' }));
}

/** The namespace that a name is looked up in: of the nearest object around that says one. */
function spaceAt({ context: { open }, file }: Place): string {
  for (const { members } of open.toReversed()) {
    const name = members.get('name') ?? members.get('protocol');
    const isType = members.has('fields') || members.has('symbols') || members.has('protocol');
    if (isType && name?.includes('.') === true) return name.slice(0, name.lastIndexOf('.'));
    const space = members.get('namespace');
    if (space !== undefined) return space;
  }
  return file.protocol?.namespace ?? '';
}

function logicalOf({ file }: Place, object: Open | undefined): readonly Item[] {
  const whole = object === undefined ? undefined : objectAt(file.content.text, object.start);
  const base = object?.members.get('type') ?? (whole === undefined ? undefined : textOf(whole, 'type'));
  const size = whole?.members.find(({ key }) => key === 'size')?.value;
  return logicalItems(base, size?.kind === 'number' ? Number(size.text) : undefined);
}

function enumAround({ file, context: { open } }: Place): EnumSchema | undefined {
  const start = open.at(-1)?.start;
  return [...file.types.values()].find((type): type is EnumSchema => type.kind === 'enum' && type.span.start === start);
}

function symbolItems(type: EnumSchema | undefined): readonly Item[] {
  return (type?.symbols ?? []).map(({ name }) => ({
    label: name,
    kind: 'enum-member',
    detail: `Symbol of ${type?.name.simple}`,
  }));
}

function defaultItems({ file, set, context: { open } }: Place): readonly Item[] {
  const start = open.at(-1)?.start;
  const mark = marksOf(file).list.find((one) => one.kind === 'field' && one.field.span.start === start);
  return mark?.kind === 'field' ? defaultsOf(set, mark.field.type) : [];
}

/** Values that a type takes; of a union those of its first branch first, where readers before 1.12 look. */
export function defaultsOf(set: AvroSet, schema: Schema): readonly Item[] {
  const type = follow(set, schema);
  switch (type.kind) {
    case 'null':
      return values('null');
    case 'boolean':
      return values('false', 'true');
    case 'int':
    case 'long':
      return values('0');
    case 'float':
    case 'double':
      return values('0.0');
    case 'string':
    case 'bytes':
      return values('""');
    case 'enum':
      return quoted(symbolItems(type));
    case 'array':
      return values('[]');
    case 'map':
      return values('{}');
    case 'union':
      return type.branches.flatMap((branch) => (branch.kind === 'union' ? [] : defaultsOf(set, branch)));
    default:
      return [];
  }
}

function values(...labels: readonly string[]): readonly Item[] {
  return each(
    'value',
    labels.map((label) => ({ label, detail: 'Default', insert: label })),
  );
}
