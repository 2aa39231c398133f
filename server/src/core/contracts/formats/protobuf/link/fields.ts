import type {
  FeatureSet,
  FieldDescriptor,
  FieldKind,
  MessageDescriptor,
  OneofDescriptor,
  Options,
  OptionValue,
} from '../descriptor.ts';
import type { ExtendNode, FieldNode, Name } from '../syntax/tree.ts';
import { checkField } from './checks/fields.ts';
import { checkOptions } from './checks/options.ts';
import { isWholeField, LinkedField } from './compact.ts';
import { explicitly, inherit, override } from './features.ts';
import { buildMapEntry } from './maps.ts';
import { buildMessage, type Home } from './messages.ts';
import { entryName } from './names.ts';
import { optionsOf } from './options.ts';
import { fieldName, qualified } from './outline.ts';
import { isScalar, type Resolved, resolveType } from './types.ts';
import { report, type Unit } from './unit.ts';

export interface FieldHome extends Home {
  readonly oneof: OneofDescriptor | undefined;
  readonly extend: ExtendNode | undefined;
  readonly extendee: Resolved | undefined;
  /** Where the message of a group or a map goes. */
  readonly messages: MessageDescriptor[];
}

/** What lacks a type, a name or a number is left out. */
export function buildField(unit: Unit, to: FieldDescriptor[], node: FieldNode, home: FieldHome): void {
  const name = fieldName(node);
  if (node.group !== undefined) buildMessage(unit, home.messages, node.group, home, true);
  if (name === undefined || !isWholeField(node)) return;
  const options = optionsOf(node.options, unit.text);
  const features = fieldFeatures(unit, node, options, home);
  const fieldType = typeOf(unit, node, node.type, home, features);
  const { extendee } = home;
  const isProto3Optional = unit.edition === 'proto3' && node.label?.text === 'optional';
  const field: FieldDescriptor = new LinkedField({
    node,
    name,
    file: unit.file,
    parent: home.parent,
    options,
    features: presence(features, fieldType.kind, node, isProto3Optional, home),
    kind: fieldType.kind,
    typeName: fieldType.type?.name,
    typeIs: fieldType.type?.is,
    oneof: home.oneof,
    extend: home.extend,
    extendee: extendee?.name,
  });
  if (node.map !== undefined) buildMapEntry(unit, home.messages, node, field, features);
  checkField(unit, node, field, home, { type: fieldType.type?.declared, extendee: extendee?.declared });
  checkOptions(unit, node.options, 'FieldOptions', field.fullName, field);
  to.push(field);
  if (home.extend !== undefined) unit.extensions.push(field);
}

export function buildExtend(
  unit: Unit,
  to: FieldDescriptor[],
  node: ExtendNode,
  home: Omit<FieldHome, 'extend'>,
): void {
  const { extendee } = node;
  if (extendee !== undefined && !node.broken) {
    if (node.body.length === 0)
      report(unit, node, 'This block extends nothing: declare a field in it, or take it away.');
    if (unit.edition === 'proto3' && !/^\.?google\.protobuf\.\w+Options$|^\w+Options$/.test(extendee.text))
      report(unit, extendee, 'proto3 can extend the options of descriptor.proto only.');
  }
  const resolved = extendee && resolveType(unit, extendee, home.scope, 'message');
  for (const field of node.body) buildField(unit, to, field, { ...home, extend: node, extendee: resolved });
}

interface FieldType {
  readonly kind: FieldKind;
  readonly type: Resolved | undefined;
}

function typeOf(unit: Unit, node: FieldNode, type: Name, home: FieldHome, features: FeatureSet): FieldType {
  if (node.map !== undefined) {
    const entry = node.name === undefined ? '' : entryName(node.name.text);
    return { kind: 'message', type: { name: qualified(home.scope, entry), is: 'message', declared: undefined } };
  }
  if (node.group !== undefined) {
    const name = qualified(home.scope, node.name?.text ?? '');
    return { kind: 'group', type: { name, is: 'message', declared: undefined } };
  }
  if (isScalar(type.text)) return { kind: type.text, type: undefined };
  const resolved = resolveType(unit, type, home.scope, 'type');
  if (resolved.is === 'enum') return { kind: 'enum', type: resolved };
  return { kind: features.messageEncoding === 'DELIMITED' ? 'group' : 'message', type: resolved };
}

/** Features that the field sets, and what its older spellings mean: `packed`, `required`, `ctype`, `group`. */
function fieldFeatures(unit: Unit, node: FieldNode, options: Options, home: FieldHome): FeatureSet {
  const set = inherit(home.features, node.options);
  if (node.options.length === 0 && node.label?.text !== 'required' && node.group === undefined) return set;
  const packed = wordOf(options.get('packed')?.value);
  const ctype = wordOf(options.get('ctype')?.value);
  let features = set;
  if (node.label?.text === 'required') features = override(features, 'fieldPresence', 'LEGACY_REQUIRED');
  if (packed !== undefined)
    features = override(features, 'repeatedFieldEncoding', packed === 'true' ? 'PACKED' : 'EXPANDED');
  if (ctype !== undefined && unit.edition !== '2024')
    features = override(features, 'cppStringType', ctype === 'CORD' ? 'CORD' : 'STRING');
  return node.group === undefined ? features : override(features, 'messageEncoding', 'DELIMITED');
}

/** Whatever can tell whether it is set has explicit presence, though the file says implicit. */
function presence(
  features: FeatureSet,
  kind: FieldKind,
  node: FieldNode,
  isProto3Optional: boolean,
  home: FieldHome,
): FeatureSet {
  if (features.fieldPresence !== 'IMPLICIT' || node.label?.text === 'repeated' || node.map !== undefined)
    return features;
  const explicit =
    isProto3Optional || home.oneof !== undefined || home.extend !== undefined || kind === 'message' || kind === 'group';
  return explicit ? explicitly(features) : features;
}

function wordOf(value: OptionValue | undefined): string | undefined {
  return value?.kind === 'identifier' ? value.value : undefined;
}
