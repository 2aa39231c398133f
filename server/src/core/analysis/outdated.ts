import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import { at, type Step } from '../rules/rule.ts';
import { lastName } from '../rules/support.ts';
import { judge } from './judge.ts';
import { isLinted, type ProjectState, planOf, readScriptOf } from './project-state.ts';
import { catalogBefore } from './replay.ts';
import { contentOf } from './scripts.ts';

/**
 * What is said of a repeatable that has run and is not edited: it runs behind all others when it runs next, and on a fresh database.
 * Then it fails on what a pending migration has dropped or renamed.
 */
export function outdatedFindings(state: ProjectState, migration: Migration, replayAll: () => void): readonly Finding[] {
  if (!isRerun(state, migration)) return none;
  const gone = goneNames(state);
  if (!mayName(contentOf(state.files, migration).text, [...gone.keys()])) return none;
  replayAll();
  const end = catalogBefore(state.replay, planOf(state).length, state.empty);
  const { findings } = judge(state.environment, readScriptOf(state, migration), end, true, undefined);
  return findings.flatMap((finding) => {
    const cause = finding.rule === 'run/unknown-object' ? gone.get(nameOf(finding)) : undefined;
    return cause === undefined ? [] : [{ ...finding, severity: 'warning', ...toldOf(cause) } as const];
  });
}

const none: readonly Finding[] = [];

/** Its text stands as it ran. */
export function isRerun(state: ProjectState, migration: Migration): boolean {
  const isOutside = state.sequence.outside.has(migration.id);
  return migration.kind === 'repeatable' && migration.language === 'sql' && !isOutside && !isLinted(state, migration);
}

/** Names that pending migrations take away, each with the step that does. */
function goneNames(state: ProjectState): ReadonlyMap<string, Step> {
  const pending = planOf(state).filter(({ lint, migration }) => lint && migration.kind !== 'repeatable');
  const steps = pending.flatMap(({ migration }) => readScriptOf(state, migration).steps);
  return new Map(steps.flatMap((step) => goneIn(step).map((name) => [name, step] as const)));
}

/** Most repeatables speak of other things, and need not be judged. */
function mayName(text: string, names: readonly string[]): boolean {
  const folded = names.length === 0 ? '' : text.toLowerCase();
  return names.some((name) => folded.includes(lastName(name).toLowerCase()));
}

function goneIn({ change }: Step): readonly string[] {
  switch (change.kind) {
    case 'DropTable':
    case 'RenameTable':
      return [change.table.name];
    case 'DropView':
    case 'RenameView':
      return [change.view.name];
    case 'DropColumn':
    case 'RenameColumn':
      return [`${change.table.name}.${change.column.name}`];
    default:
      return [];
  }
}

/** `users.email` of a missing column, `users` of a missing relation. */
function nameOf({ messageId, args }: Finding): string {
  const [table, column, object] = [args.table, args.column, args.object].map((each) => lastName(String(each ?? '')));
  return messageId === 'column' ? `${table}.${column}` : (object ?? '');
}

function toldOf(cause: Step): Pick<Finding, 'notes' | 'related'> {
  const args = { migration: cause.migration.script };
  return {
    notes: [{ messageId: 'again', args }],
    related: [{ anchor: at(cause, cause.change.span), messageId: 'gone-here', args }],
  };
}
