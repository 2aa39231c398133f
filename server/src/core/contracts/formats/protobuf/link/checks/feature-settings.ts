import type { FieldDescriptor } from '../../descriptor.ts';
import type { Name, OptionNamePart, ValueNode } from '../../syntax/tree.ts';
import { report, type Unit } from '../unit.ts';
import { featureTargets, type OptionTarget, optionFields } from './option-tables.ts';
import { isPackable } from './options.ts';

/** `features.x = Y`, or `features = { x: Y }`. Those of languages belong to their compilers. */
export function checkFeature(
  unit: Unit,
  name: Name,
  parts: readonly OptionNamePart[],
  value: ValueNode,
  target: OptionTarget,
  field: FieldDescriptor | undefined,
): void {
  if (unit.edition === 'proto2' || unit.edition === 'proto3') {
    report(unit, name, 'Features can be set in editions only.');
    return;
  }
  const [, feature] = parts;
  if (feature === undefined) {
    if (value.kind !== 'aggregate') return;
    for (const { name: inner, value: set } of value.fields)
      if (set !== undefined && !inner.text.startsWith('[')) checkOne(unit, inner, inner.text, set, target, field);
  } else if (!feature.extension && parts.length === 2) checkOne(unit, name, feature.text, value, target, field);
}

function checkOne(
  unit: Unit,
  place: Name,
  feature: string,
  value: ValueNode,
  target: OptionTarget,
  field: FieldDescriptor | undefined,
): void {
  const known = optionFields('FeatureSet').get(feature);
  if (known === undefined) report(unit, place, `There is no feature \`${feature}\`.`);
  else if (value.kind !== 'identifier' || known.values?.has(value.value) === false)
    report(unit, value, `One of ${[...(known.values ?? [])].join(', ')} is needed here.`);
  else if (featureTargets[feature]?.includes(target) === false)
    report(unit, place, `\`${feature}\` cannot be set here.`);
  else if (feature === 'field_presence' && value.value === 'LEGACY_REQUIRED' && target === 'FileOptions')
    report(unit, value, 'Required fields are marked one by one, not for a file.');
  else if (field !== undefined) {
    const wrong = wrongForField(feature, value.value, field);
    if (wrong !== undefined) report(unit, place, wrong);
  }
}

function wrongForField(feature: string, value: string, field: FieldDescriptor): string | undefined {
  const { kind, label, isMap, oneof, extendee } = field;
  const isMessage = kind === 'message' || kind === 'group';
  switch (feature) {
    case 'field_presence':
      if (label === 'repeated') return 'A repeated field has no presence.';
      if (oneof !== undefined) return 'A field of a oneof always tells whether it is set.';
      if (extendee !== undefined) return 'An extension always tells whether it is set.';
      return isMessage && value === 'IMPLICIT'
        ? 'A field that holds a message always tells whether it is set.'
        : undefined;
    case 'repeated_field_encoding':
      if (label !== 'repeated') return 'Only repeated fields have such an encoding.';
      return value === 'PACKED' && !isPackable(field) ? 'Only numbers, bools and enums can be packed.' : undefined;
    case 'utf8_validation':
      return kind === 'string' || isMap ? undefined : 'Only strings are validated as UTF-8.';
    case 'message_encoding':
      return isMessage && !isMap ? undefined : 'Only fields that hold messages have such an encoding.';
    default:
      return undefined;
  }
}
