import type { Category, ProtoRule } from '../rules/rule.ts';

export const bufVersions = ['v1beta1', 'v1', 'v2'] as const;
export type BufVersion = (typeof bufVersions)[number];

/** What v1beta1 has otherwise; an empty list: it does not know the rule. */
const inV1beta1: Readonly<Record<string, readonly Category[]>> = {
  FIELD_SAME_TYPE: ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE'],
  FIELD_SAME_CARDINALITY: ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE'],
  FILE_SAME_PACKAGE: ['FILE'],
  FIELD_WIRE_COMPATIBLE_TYPE: [],
  FIELD_WIRE_JSON_COMPATIBLE_TYPE: [],
};

/** Categories of a rule in a version of `buf.yaml`; undefined where the version does not know it. */
export function categoriesIn(version: BufVersion, rule: ProtoRule): readonly Category[] | undefined {
  if (rule.peer === undefined) return undefined;
  if (version === 'v2') return rule.categories;
  if (rule.onlyV2 === true) return undefined;
  const special = version === 'v1beta1' ? inV1beta1[rule.peer] : undefined;
  if (special !== undefined) return special.length === 0 ? undefined : special;
  return rule.categories.filter((category) => category !== 'CSR');
}

/** Ids that older versions take for others; they do nothing of their own. */
const deprecated: Readonly<Record<string, { readonly stands: readonly string[]; readonly in: readonly BufVersion[] }>> =
  {
    FIELD_SAME_CTYPE: { stands: ['FIELD_SAME_CPP_STRING_TYPE'], in: ['v1beta1', 'v1'] },
    FIELD_SAME_LABEL: {
      stands: ['FIELD_SAME_CARDINALITY', 'FIELD_WIRE_COMPATIBLE_CARDINALITY', 'FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY'],
      in: ['v1beta1', 'v1'],
    },
    FILE_SAME_JAVA_STRING_CHECK_UTF8: { stands: ['FIELD_SAME_JAVA_UTF8_VALIDATION'], in: ['v1beta1', 'v1'] },
    FILE_SAME_PHP_GENERIC_SERVICES: { stands: [], in: ['v1beta1', 'v1'] },
    MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT: { stands: [], in: ['v1beta1', 'v1', 'v2'] },
  };

/** Ids of the rules that an id or category of `buf.yaml` means; undefined where the version does not know it. */
export function rulesMeant(
  name: string,
  version: BufVersion,
  rules: readonly ProtoRule[],
): readonly string[] | undefined {
  const old = deprecated[name];
  if (old?.in.includes(version)) return old.stands;
  const meant = rules.filter(
    (rule) =>
      rule.peer !== undefined &&
      (categoriesIn(version, rule)?.some((each) => each === name || rule.peer === name) ?? false),
  );
  return meant.length === 0 ? undefined : meant.map(({ peer }) => peer ?? '');
}
