import type { FeatureSet } from '../descriptor.ts';
import type { OptionNode, ValueNode } from '../syntax/tree.ts';

export type Edition = 'proto2' | 'proto3' | '2023' | '2024';

const proto2: FeatureSet = {
  fieldPresence: 'EXPLICIT',
  enumType: 'CLOSED',
  repeatedFieldEncoding: 'EXPANDED',
  utf8Validation: 'NONE',
  messageEncoding: 'LENGTH_PREFIXED',
  jsonFormat: 'LEGACY_BEST_EFFORT',
  cppStringType: 'STRING',
  javaUtf8Validation: 'DEFAULT',
  enforceNamingStyle: 'STYLE_LEGACY',
};
const proto3: FeatureSet = {
  ...proto2,
  fieldPresence: 'IMPLICIT',
  enumType: 'OPEN',
  repeatedFieldEncoding: 'PACKED',
  utf8Validation: 'VERIFY',
  jsonFormat: 'ALLOW',
};
const edition2023: FeatureSet = { ...proto3, fieldPresence: 'EXPLICIT' };

export const defaults: Readonly<Record<Edition, FeatureSet>> = {
  proto2,
  proto3,
  '2023': edition2023,
  '2024': { ...edition2023, cppStringType: 'VIEW', enforceNamingStyle: 'STYLE2024' },
};

/** Each feature: its option, where `FeatureSet` has it, and its values. */
const known: readonly (readonly [name: string, key: keyof FeatureSet, values: readonly string[]])[] = [
  ['field_presence', 'fieldPresence', ['EXPLICIT', 'IMPLICIT', 'LEGACY_REQUIRED']],
  ['enum_type', 'enumType', ['OPEN', 'CLOSED']],
  ['repeated_field_encoding', 'repeatedFieldEncoding', ['PACKED', 'EXPANDED']],
  ['utf8_validation', 'utf8Validation', ['VERIFY', 'NONE']],
  ['message_encoding', 'messageEncoding', ['LENGTH_PREFIXED', 'DELIMITED']],
  ['json_format', 'jsonFormat', ['ALLOW', 'LEGACY_BEST_EFFORT']],
  ['enforce_naming_style', 'enforceNamingStyle', ['STYLE2024', 'STYLE_LEGACY']],
  ['(pb.cpp).string_type', 'cppStringType', ['VIEW', 'CORD', 'STRING']],
  ['(pb.java).utf8_validation', 'javaUtf8Validation', ['DEFAULT', 'VERIFY']],
];

const byOption = new Map(known.map(([name, key, values]) => [`features.${name}`, { key, values }]));

/** The features of an element from those of what it is declared in. The same object where it sets none. */
export function inherit(parent: FeatureSet, options: readonly OptionNode[]): FeatureSet {
  let features = parent;
  for (const option of options) {
    if (option.parts[0]?.text !== 'features' || option.value === undefined) continue;
    const path = option.parts
      .map(({ text, extension }) => (extension ? `(${text.replace(/^\./, '')})` : text))
      .join('.');
    for (const [name, value] of settings(path, option.value)) {
      const feature = byOption.get(name);
      if (feature?.values.includes(value))
        features = override(features, feature.key, value as FeatureSet[keyof FeatureSet]);
    }
  }
  return features;
}

/** `features = { [pb.cpp]: { string_type: VIEW } }` as `features.(pb.cpp).string_type` and `VIEW`. */
export function settings(path: string, value: ValueNode): readonly (readonly [string, string])[] {
  if (value.kind === 'identifier') return [[path, value.value]];
  if (value.kind !== 'aggregate') return [];
  return value.fields.flatMap((field) => {
    const name = field.name.text.replace(/^\[(.*)\]$/, '($1)');
    return field.value === undefined ? [] : settings(`${path}.${name}`, field.value);
  });
}

const overridden = new WeakMap<FeatureSet, Map<string, FeatureSet>>();

/** A set with one feature changed; the same object each time, as files change the same ones at many elements. */
export function override<K extends keyof FeatureSet>(features: FeatureSet, key: K, value: FeatureSet[K]): FeatureSet {
  if (features[key] === value) return features;
  let known = overridden.get(features);
  if (known === undefined) {
    known = new Map();
    overridden.set(features, known);
  }
  const name = `${key} ${value}`;
  const found = known.get(name) ?? { ...features, [key]: value };
  known.set(name, found);
  return found;
}

export function explicitly(features: FeatureSet): FeatureSet {
  return override(features, 'fieldPresence', 'EXPLICIT');
}
