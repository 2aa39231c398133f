import type { ConstraintSpec, IndexSpec } from '../../../schema/change.ts';
import { constraintNameKey, keyOf } from '../../../schema/keys.ts';
import type { QualifiedName } from '../../../schema/names.ts';
import type { Habits, SchemaSemantics } from '../../../schema/semantics.ts';
import type { CatalogView } from '../../../schema/view.ts';
import { bytes, clip } from '../../../text/bytes.ts';
import type { SqlTarget } from '../../dialect.ts';
import { casts } from './casts.ts';
import { NAME_BYTES as limit } from './lexical.ts';
import { compareLiterals } from './literals.ts';
import { lacksOperatorClass } from './operator-classes.ts';
import { isBuiltInFunction } from './volatility.ts';

/** What PostgreSQL makes up by itself: `ChooseRelationName` and `makeObjectName` in src/backend/commands/indexcmds.c. */
export const postgresqlNames: Omit<SchemaSemantics, 'habits'> = {
  defaultSearchPath: ['public'],
  isBuiltIn,
  isBuiltInRoutine,
  constraintName,
  indexName: (catalog, table, labels) => freeRelationName(catalog, table, table.name, joined(labels), 'idx'),
  indexLabels,
  statisticsName: freeStatisticsName,
  statisticsKinds: ['ndistinct', 'dependencies', 'mcv'],
  sequenceName: (catalog, table, column) => freeRelationName(catalog, table, table.name, column, 'seq'),
  sameType: (a, b) =>
    a.name === b.name && a.schema === b.schema && a.array === b.array && a.args.join() === b.args.join(),
  casts,
  lacksOperatorClass,
  compareLiterals,
};

export function postgresqlSemantics({ version }: SqlTarget): SchemaSemantics {
  const known = byVersion.get(version);
  if (known !== undefined) return known;
  const constraintNameAt = version < 12 ? olderConstraintName : constraintName;
  const labels = version < 14 ? { indexLabels: olderIndexLabels } : {};
  const made = {
    ...postgresqlNames,
    ...labels,
    constraintName: constraintNameAt,
    habits: habits(version),
    ...kindsAt(version),
  };
  byVersion.set(version, made);
  return made;
}

function kindsAt(version: number): Pick<SchemaSemantics, 'statisticsKinds'> | Record<never, never> {
  return version < 12 ? { statisticsKinds: ['ndistinct', 'dependencies'] } : {};
}

/** Every change of a replay asks for them. */
const byVersion = new Map<number, SchemaSemantics>();

function habits(version: number): Habits {
  return {
    partitionsShareIdentity: version >= 17,
    notNullsAreConstraints: version >= 18,
    domainNotNullsAreConstraints: version >= 17,
    dropNotNullTakesDeclared: version < 18,
    generatedColumnsHoldOthers: version >= 15,
    triggerCopiesFollowRename: version >= 15,
    copiedChecksAreInherited: version < 13,
    keysShareNames: version < 11,
    publishesTruncate: version >= 11,
    sequencesHaveTypes: version < 14,
    attachedKeysAreOfOneKind: version >= 17,
  };
}

/** Made by CREATE EXTENSION in a schema that nobody writes. */
const EXTENSION_RELATIONS: ReadonlySet<string> = new Set([
  'spatial_ref_sys',
  'geometry_columns',
  'geography_columns',
  'raster_columns',
  'raster_overviews',
]);

function isBuiltIn({ schema, name }: { readonly schema?: string; readonly name: string }): boolean {
  return (
    schema === 'pg_catalog' ||
    schema === 'information_schema' ||
    schema === 'pg_toast' ||
    (schema === undefined && name.startsWith('pg_')) ||
    EXTENSION_RELATIONS.has(name)
  );
}

function isBuiltInRoutine({ schema, name }: { readonly schema?: string; readonly name: string }): boolean {
  return schema === 'pg_catalog' || (schema === undefined && (isBuiltInFunction(name) || /^(pg_|RI_)/i.test(name)));
}

function constraintName(
  catalog: CatalogView,
  table: QualifiedName,
  spec: ConstraintSpec,
  labels: readonly string[] = indexed(spec),
  taken?: ReadonlySet<string>,
): string {
  const columns = spec.columns.map(({ name }) => name);
  switch (spec.kind) {
    case 'primary-key':
      return freeRelationName(catalog, table, table.name, undefined, 'pkey', true);
    case 'unique':
      return freeRelationName(catalog, table, table.name, joined(labels), 'key', true);
    case 'exclude':
      return freeRelationName(catalog, table, table.name, joined(labels), 'excl', true);
    case 'foreign-key':
      return freeConstraintName(catalog, table, joined(columns), 'fkey');
    case 'check':
      return freeConstraintName(catalog, table, checkColumn(spec), 'check');
    case 'not-null':
      return freeConstraintName(catalog, table, columns.length === 0 ? undefined : joined(columns), 'not_null', taken);
    default: {
      const never: never = spec.kind;
      return never;
    }
  }
}

/** Before 12 a foreign key is named by its first column only. */
function olderConstraintName(
  catalog: CatalogView,
  table: QualifiedName,
  spec: ConstraintSpec,
  labels?: readonly string[],
): string {
  const [first] = spec.columns;
  const named = spec.kind === 'foreign-key' && first !== undefined ? { ...spec, columns: [first] } : spec;
  return constraintName(catalog, table, named, labels);
}

/** A CHECK that names exactly one column carries its name, wherever it stands. */
function checkColumn({ expression }: ConstraintSpec): string | undefined {
  return expression?.columns.length === 1 ? expression.columns[0] : undefined;
}

function indexLabels({ keys, includes }: Pick<IndexSpec, 'keys' | 'includes'>): readonly string[] {
  return distinct([...keys.map(({ column, label }) => column ?? label ?? 'expr'), ...includes]);
}

/** Before 14 EXTRACT was another name for `date_part`. */
function olderIndexLabels({ keys, includes }: Pick<IndexSpec, 'keys' | 'includes'>): readonly string[] {
  return indexLabels({
    keys: keys.map((key) => (key.label === 'extract' ? { ...key, label: 'date_part' } : key)),
    includes,
  });
}

/** `ChooseIndexColumnNames`: one that is there already gets a number. */
function distinct(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  for (const name of names) {
    let free = name;
    for (let pass = 1; taken.has(free); pass += 1) free = clip(name, limit - String(pass).length) + pass;
    taken.add(free);
  }
  return [...taken];
}

/** A constraint's index columns, those of INCLUDE too. */
function indexed({ columns, options }: ConstraintSpec): readonly string[] {
  const included = Array.isArray(options?.includes) ? options.includes.map(String) : [];
  return distinct([...columns.map(({ name }) => name), ...included]);
}

/** `ChooseIndexNameAddition`: column names joined by `_`, cut at 63 bytes. */
function joined(columns: readonly string[]): string {
  let text = '';
  for (const column of columns) {
    text += text === '' ? column : `_${column}`;
    if (bytes(text) >= limit) break;
  }
  return text;
}

/** @param isConstraint the name becomes a constraint's too */
function freeRelationName(
  catalog: CatalogView,
  table: QualifiedName,
  name1: string,
  name2: string | undefined,
  label: string,
  isConstraint = false,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = makeObjectName(name1, name2, pass === 0 ? label : `${label}${pass}`);
    const taken = catalog.objects.has(keyOf('rel', { schema: table.schema, name }));
    if (!taken && !(isConstraint && isConstraintName(catalog, table.schema, name))) return name;
  }
}

/** `ChooseExtendedStatisticName`: they have names of their own. */
function freeStatisticsName(catalog: CatalogView, table: QualifiedName, labels: readonly string[]): string {
  for (let pass = 0; ; pass += 1) {
    const name = makeObjectName(table.name, joined(labels), pass === 0 ? 'stat' : `stat${pass}`);
    if (!catalog.objects.has(keyOf('stat', { schema: table.schema, name }))) return name;
  }
}

/** `ChooseConstraintName`: free in the whole schema, though only the table would have to agree. */
function freeConstraintName(
  catalog: CatalogView,
  table: QualifiedName,
  column: string | undefined,
  label: string,
  taken?: ReadonlySet<string>,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = makeObjectName(table.name, column, pass === 0 ? label : `${label}${pass}`);
    if (taken?.has(name) !== true && !isConstraintName(catalog, table.schema, name)) return name;
  }
}

function isConstraintName(catalog: CatalogView, schema: string, name: string): boolean {
  return catalog.dependents.has(constraintNameKey(schema, name));
}

/** Cuts the longer of both names first, so that the whole fits into 63 bytes. */
function makeObjectName(name1: string, name2: string | undefined, label: string): string {
  const overhead = label.length + 1 + (name2 === undefined ? 0 : 1);
  let first = bytes(name1);
  let second = name2 === undefined ? 0 : bytes(name2);
  while (first + second + overhead > limit) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [clip(name1, first), ...(name2 === undefined ? [] : [clip(name2, second)]), label];
  return parts.join('_');
}
