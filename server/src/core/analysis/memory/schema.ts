import type { StatementId } from '../../model/text.ts';
import { catalogOf, entriesOf } from '../../schema/apply.ts';
import type { Catalog, Origin } from '../../schema/catalog.ts';
import type { Entry } from '../slot.ts';
import type { KeptStatement } from './statements.ts';

type KeptOrigin = Omit<Origin, 'statement'> & { readonly statement: KeptStatement };

/** A catalog as JSON. A statement makes many objects, so origins stand in a list, and objects have numbers of it. */
export function keptSchema(catalog: Catalog, keep: (migration: string, id: StatementId) => KeptStatement): string {
  const numbers = new Map<Origin, number>();
  const number = (origin: Origin) => {
    const known = numbers.get(origin);
    if (known !== undefined) return known;
    numbers.set(origin, numbers.size);
    return numbers.size - 1;
  };
  const entries = entriesOf(catalog).map(([key, value]) => [
    key,
    replaced(value, (origin) => number(origin as Origin)),
  ]);
  const origins = [...numbers.keys()].map((each) => ({ ...each, statement: keep(each.migration, each.statement) }));
  return JSON.stringify({ origins, entries });
}

export function schemaOf(
  text: string,
  empty: Catalog,
  statement: (migration: string, kept: KeptStatement) => StatementId | undefined,
): Catalog {
  const kept = JSON.parse(text) as { readonly origins: readonly KeptOrigin[]; readonly entries: readonly Entry[] };
  const origins = kept.origins.map((each): Origin => {
    const id = statement(each.migration, each.statement) ?? { text: '', nth: 0 };
    return { ...each, statement: id };
  });
  const entries = kept.entries.map(
    ([key, value]): Entry => [key, replaced(value, (number) => origins[number as number])],
  );
  return catalogOf(empty, entries);
}

/** The same value with what stands at `origin`, at any depth, exchanged. */
function replaced(value: unknown, exchange: (origin: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, exchange));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    result[key] = key === 'origin' ? exchange(inner) : replaced(inner, exchange);
  return result;
}
