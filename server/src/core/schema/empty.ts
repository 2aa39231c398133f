import type { Catalog } from './catalog.ts';
import { earlierKey, keyOf } from './keys.ts';
import type { SchemaSemantics } from './semantics.ts';
import { Versions } from './versions.ts';

/**
 * The schema before the first migration.
 * @param complete the history starts from nothing, so that what it did not make does not exist
 * @param schema where unqualified names go, when the tool sets the search path
 * @param existing a table that is there without a migration: the tool's own
 */
export function emptyCatalog(options: {
  readonly complete: boolean;
  readonly semantics: Pick<SchemaSemantics, 'defaultSearchPath'>;
  readonly schema?: string;
  readonly existing?: { readonly schema?: string; readonly table: string };
}): Catalog {
  const { complete, semantics, schema, existing } = options;
  const searchPath =
    schema === undefined
      ? semantics.defaultSearchPath
      : [schema, ...semantics.defaultSearchPath.filter((each) => each !== schema)];
  const none: Versions<true> = Versions.empty();
  return {
    objects: Versions.empty(),
    dependents: Versions.empty(),
    tainted: none.withAll([
      ...(existing === undefined ? [] : [existingKey(existing, searchPath), true as const]),
      ...(complete ? [] : [earlierKey, true as const]),
    ]),
    departed: Versions.empty(),
    searchPath,
    initialSearchPath: searchPath,
    hasTemporary: false,
  };
}

function existingKey(
  { schema, table }: { readonly schema?: string; readonly table: string },
  searchPath: readonly string[],
) {
  return keyOf('rel', { schema: schema ?? searchPath[0] ?? '', name: table });
}
