import type { Migration } from '../../model/migration.ts';
import type { StatementId } from '../../model/text.ts';
import type { ProjectState } from '../project-state.ts';
import { outlineOf } from '../scripts.ts';

/** A statement by its place in its file: its text stands there already. By name where it stands nowhere. */
export type KeptStatement = number | StatementId;

export function keptStatement(state: ProjectState, migration: Migration, id: StatementId): KeptStatement {
  const { statements } = outlineOf(state, migration);
  const place = statements.findIndex((each) => each.id.nth === id.nth && each.id.text === id.text);
  return place === -1 ? id : place;
}

export function statementOf(
  state: ProjectState,
  migration: Migration | undefined,
  kept: KeptStatement,
): StatementId | undefined {
  if (typeof kept !== 'number') return kept;
  return migration === undefined ? undefined : outlineOf(state, migration).statements[kept]?.id;
}
