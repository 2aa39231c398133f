import type { FeatureSet, FieldDescriptor, FieldKind, MessageDescriptor, Options } from '../descriptor.ts';
import type { FieldNode, Name } from '../syntax/tree.ts';
import { entryName } from './outline.ts';
import { isScalar, type Resolved, resolveType } from './types.ts';
import type { Unit } from './unit.ts';

const noOptions: Options = new Map();

/** The message that a map field repeats: a key and a value. Both follow the field's features. */
export function buildMapEntry(
  unit: Unit,
  to: MessageDescriptor[],
  node: FieldNode,
  field: FieldDescriptor,
  features: FeatureSet,
): void {
  const { parent } = field;
  const { map, name } = node;
  if (map === undefined || name === undefined || parent === undefined) return;
  const fields: FieldDescriptor[] = [];
  const simple = entryName(name);
  const entry: MessageDescriptor = {
    name: simple,
    fullName: `${parent.fullName}.${simple}`,
    file: unit.file,
    // As buf has it: entry, key and value all stand where the map's type does.
    span: field.typeSpan,
    nameSpan: field.nameSpan,
    options: noOptions,
    features: parent.features,
    comments: [],
    incomplete: node.broken,
    parent,
    nestedName: `${parent.nestedName}.${simple}`,
    isMapEntry: true,
    isGroup: false,
    fields,
    oneofs: [],
    messages: [],
    enums: [],
    extensions: [],
    reservedRanges: [],
    reservedNames: [],
    extensionRanges: [],
  };
  if (map.key !== undefined) fields.push(member(unit, entry, 'key', 1, map.key, features, field));
  if (map.value !== undefined) fields.push(member(unit, entry, 'value', 2, map.value, features, field));
  to.push(entry);
  unit.messages.push(entry);
}

function member(
  unit: Unit,
  parent: MessageDescriptor,
  name: string,
  number: number,
  type: Name,
  features: FeatureSet,
  field: FieldDescriptor,
): FieldDescriptor {
  const { kind, resolved } = memberType(unit, type, parent.parent?.fullName ?? '');
  return {
    name,
    fullName: `${parent.fullName}.${name}`,
    file: unit.file,
    span: field.typeSpan,
    nameSpan: type,
    options: noOptions,
    features: { ...features, fieldPresence: 'EXPLICIT' },
    comments: [],
    number,
    numberSpan: field.numberSpan,
    kind,
    typeSpan: type,
    typeName: resolved?.name,
    typeIs: resolved?.is,
    label: 'optional',
    labelSpan: undefined,
    isMap: false,
    mapKey: undefined,
    isProto3Optional: false,
    oneof: undefined,
    jsonName: name,
    defaultValue: undefined,
    extendee: undefined,
    extendeeSpan: undefined,
    parent,
  };
}

/** Never a group: messages in maps have their length before them under every feature. */
function memberType(
  unit: Unit,
  type: Name,
  within: string,
): { readonly kind: FieldKind; readonly resolved?: Resolved } {
  if (isScalar(type.text)) return { kind: type.text };
  const resolved = resolveType(unit, type, within, 'type');
  return { kind: resolved.is === 'enum' ? 'enum' : 'message', resolved };
}
