import type { Impact } from '#core/model/impact.ts';
import type { Catalog } from '#core/schema/catalog.ts';
import type { ChangeKind, SchemaChange } from '#core/schema/change.ts';
import { postgresqlImpact } from '#core/sql/dialects/postgresql/impact.ts';

/** What our own reader and our own replay of the setup make of a statement. */
export interface Prediction {
  readonly kinds: readonly ChangeKind[];
  readonly impacts: readonly Impact[];
}
