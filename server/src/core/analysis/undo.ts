import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import type { UndoContext } from '../rules/rule.ts';
import type { Catalog } from '../schema/catalog.ts';
import { openScript } from './open-script.ts';
import { isLinted, type ProjectState, readScriptOf } from './project-state.ts';
import { catalogBefore, thaw } from './replay.ts';
import { undoRuleFindings } from './run-rules.ts';
import type { Script } from './slot.ts';

/** What is said of an undo migration: it runs behind its partner, and the schema before that one is what it promises. */
export function undoFindings(
  state: ProjectState,
  migration: Migration,
  replayTo: (place: number) => void,
): readonly Finding[] {
  const partner = isLinted(state, migration) ? partnerOf(state, migration) : undefined;
  if (partner === undefined) return none;
  const { undone, place } = partner;
  const script = readScriptOf(state, migration);
  if (isOpaque(script) || isOpaque(readScriptOf(state, undone))) return none;
  // What an earlier process replayed has no schemas: then all of it is replayed, for whoever comes next as well.
  const isRemembered = place < (state.replay.past?.planned.length ?? 0);
  if (isRemembered) thaw(state.replay);
  replayTo(isRemembered ? Number.POSITIVE_INFINITY : place);
  const [before, done] = [
    catalogBefore(state.replay, place, state.empty),
    catalogBefore(state.replay, place + 1, state.empty),
  ];
  const { after } = openScript(state.environment, script, done);
  const { project, dialect, environment } = state;
  const context: UndoContext = { project, dialect, target: environment.target, migration, undone, before, after };
  return isTaintedAnew(before, after) ? none : undoRuleFindings(context, environment.rules.options);
}

const none: readonly Finding[] = [];

/** What an undo migration undoes, and its place in the replay: the undo would run behind it. */
export function partnerOf(
  state: ProjectState,
  { kind, version }: Migration,
): { readonly undone: Migration; readonly place: number } | undefined {
  if (kind !== 'undo') return undefined;
  const undone = state.timeline.migrations.find((each) => each.kind === 'versioned' && each.version === version);
  const place = undone === undefined ? undefined : state.places.get(undone.id);
  return undone === undefined || place === undefined ? undefined : { undone, place };
}

/** Something in it cannot be looked into, or was not read. */
function isOpaque({ migration, statements }: Script): boolean {
  return (
    migration.language === 'code' ||
    statements.some(
      ({ reading: { problem, changes } }) =>
        problem !== undefined ||
        changes.some(
          (change) =>
            change.certainty === 'maybe' ||
            (change.kind === 'RunSql' && change.taint === 'schema') ||
            change.kind === 'RenameSchema' ||
            (change.kind === 'ChangeObject' && change.bringsMore === true),
        ),
    )
  );
}

function isTaintedAnew(before: Catalog, after: Catalog): boolean {
  return after.tainted.has('*') && !before.tainted.has('*');
}
