import type { Catalog } from './catalog.ts';
import type { SchemaSemantics } from './semantics.ts';
import { Versions } from './versions.ts';

/**
 * The schema before the first migration.
 * @param complete the history starts from nothing, so that what it did not make does not exist
 * @param schema where unqualified names go, when the tool sets the search path
 */
export function emptyCatalog(options: {
  readonly complete: boolean;
  readonly semantics: SchemaSemantics;
  readonly schema?: string;
}): Catalog {
  const { complete, semantics, schema } = options;
  const searchPath =
    schema === undefined
      ? semantics.defaultSearchPath
      : [schema, ...semantics.defaultSearchPath.filter((each) => each !== schema)];
  return {
    objects: Versions.empty(),
    dependents: Versions.empty(),
    tainted: Versions.empty(),
    complete,
    searchPath,
    initialSearchPath: searchPath,
    hasTemporary: false,
  };
}
