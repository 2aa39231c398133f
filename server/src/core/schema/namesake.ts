import type { CatalogObject } from './catalog.ts';
import { keyOf } from './keys.ts';
import type { QualifiedName } from './names.ts';
import type { Habits } from './semantics.ts';
import type { CatalogView } from './view.ts';

/** Relations and types have names of their own, and what stands in both keeps others out of both: a table has a row type. */
interface Standing {
  readonly relation: boolean;
  readonly type: boolean;
}

export type Named = Pick<CatalogObject, 'kind'> & {
  readonly form?: string;
  /** CREATE SEQUENCE looks for types of its name, though the sequence may have none itself. */
  readonly isCreated?: true;
};

function standingOf({ kind, form, isCreated }: Named, { sequencesHaveTypes }: Habits): Standing {
  switch (kind) {
    case 'table':
    case 'view':
      return { relation: true, type: true };
    case 'sequence':
      return { relation: true, type: sequencesHaveTypes === true || isCreated === true };
    case 'index':
      return { relation: true, type: false };
    case 'type':
      return { relation: form === 'composite', type: true };
    case 'routine':
    case 'schema':
    case 'statistics':
    case 'publication':
      return { relation: false, type: false };
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** They cannot have one name in one schema. */
export function collide(a: Named, b: Named, habits: Habits): boolean {
  const [one, other] = [standingOf(a, habits), standingOf(b, habits)];
  return (one.relation && other.relation) || (one.type && other.type);
}

/** What has the name already that something of this kind would have. */
export function namesake(
  { objects }: Pick<CatalogView, 'objects'>,
  habits: Habits,
  name: QualifiedName,
  made: Named,
): CatalogObject | undefined {
  return [objects.get(keyOf('rel', name)), objects.get(keyOf('type', name))].find(
    (other) => other !== undefined && collide(other, made, habits),
  );
}
