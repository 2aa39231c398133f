import type { FeatureSet, FieldDescriptor, FieldKind, MessageDescriptor, Options } from '../descriptor.ts';
import { nothing } from '../syntax/cursor.ts';
import type { FieldNode, Name } from '../syntax/tree.ts';
import { explicitly } from './features.ts';
import type { Growing } from './messages.ts';
import { entryName } from './names.ts';
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
  const simple = entryName(name.text);
  const entry: Growing<MessageDescriptor> = {
    name: simple,
    fullName: `${parent.fullName}.${simple}`,
    file: unit.file,
    // As buf has it: entry, key and value all stand where the map's type does.
    span: field.typeSpan,
    nameSpan: field.nameSpan,
    options: noOptions,
    features: parent.features,
    comments: nothing,
    incomplete: node.broken,
    parent,
    nestedName: `${parent.nestedName}.${simple}`,
    isMapEntry: true,
    isGroup: false,
    fields: nothing,
    oneofs: nothing,
    messages: nothing,
    enums: nothing,
    extensions: nothing,
    reservedRanges: nothing,
    reservedNames: nothing,
    extensionRanges: nothing,
  };
  const key = map.key && member(unit, entry, 'key', 1, map.key, features, field);
  const value = map.value && member(unit, entry, 'value', 2, map.value, features, field);
  entry.fields = [key, value].filter((it) => it !== undefined);
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
    features: kind === 'message' ? explicitly(features) : features,
    comments: nothing,
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
