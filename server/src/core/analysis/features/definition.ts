import type { FilePath } from '../../model/text.ts';
import type { CatalogObject, Origin } from '../../schema/catalog.ts';
import { mentions } from '../../schema/mentions.ts';
import type { Place } from '../../service.ts';
import { placeIn } from '../place.ts';
import { readScriptOf } from '../project-state.ts';
import type { World } from '../world.ts';
import { mentionAt, type Opened, open, statementAt } from './cursor.ts';

/** Where the table or column under the cursor was made, or last renamed. */
export function definitionAt(world: World, path: FilePath, offset: number): readonly Place[] {
  const opened = open(world, path);
  const statement = opened === undefined ? undefined : statementAt(opened, offset);
  if (opened === undefined || statement === undefined) return [];
  const mentioned = mentionAt(opened, statement, offset);
  if (mentioned?.by === undefined || mentioned.mention.kind === 'type') return [];
  const { mention, by } = mentioned;
  const name = mention.kind === 'column' ? mention.table : mention.name;
  const found = by.relation(name);
  const object = found.kind === 'known' ? found.value : undefined;
  if (object === undefined) return [];
  const column = mention.kind === 'column' ? mention.column : undefined;
  const origin = column === undefined ? object.origin : columnOrigin(object, column);
  return origin === undefined ? [] : placeOfOrigin(opened, origin, object, column);
}

function columnOrigin(object: CatalogObject, name: string): Origin | undefined {
  return object.kind === 'table' ? object.columns.find((column) => column.name === name)?.origin : object.origin;
}

function placeOfOrigin(
  { state }: Opened,
  origin: Origin,
  object: CatalogObject,
  column: string | undefined,
): readonly Place[] {
  const migration = state.environment.migrationOf(origin.migration);
  if (migration === undefined) return [];
  const script = readScriptOf(state, migration);
  const step = script.steps.find(
    ({ nth, statement }) =>
      nth === origin.nth && statement.nth === origin.statement.nth && statement.text === origin.statement.text,
  );
  const named = step === undefined ? [] : mentions(step.change);
  const exact =
    column === undefined
      ? named.find((each) => each.kind === 'relation' && each.name.name === object.name.name)
      : named.find((each) => each.kind === 'column' && each.column === column);
  const span = exact?.span ?? origin.span;
  return [
    {
      path: script.migration.file,
      span: placeIn(script, { file: script.migration.file, statement: origin.statement, span }),
    },
  ];
}
