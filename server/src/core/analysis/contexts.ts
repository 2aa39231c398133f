import type { MessageArgs, Related } from '../model/finding.ts';
import type { Impact } from '../model/impact.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { ChangeContext, MigrationContext, SessionSetting, Step } from '../rules/rule.ts';
import type { Catalog, CatalogObject, Lookup, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import { lookup } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import { type CatalogView, trackedView } from '../schema/view.ts';
import type { Dialect, SqlTarget } from '../sql/dialect.ts';
import type { RunningRules } from './run-rules.ts';
import type { Script } from './slot.ts';

/** What every migration of one project shares during a replay. */
export interface Environment {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly target: SqlTarget;
  /** What the tool sets before every migration. */
  readonly session: readonly SessionSetting[];
  readonly isFrozen: (migration: string) => boolean;
  /** Every migration is judged as if all before it had shipped. */
  readonly all: boolean;
  readonly rules: RunningRules;
  /** Id of the migration with which the files begin to tell the whole schema, where they do not from the start. */
  readonly completeFrom: string | undefined;
  readonly scriptOf: (migration: Migration) => Script;
  /** By id. */
  readonly migrationOf: (id: string) => Migration | undefined;
}

/** What became known while one change was judged. */
export interface Notes {
  /** Every key that was asked for. */
  readonly reads: Set<ObjectKey>;
  impact: Impact | undefined;
  /** Its rules looked at more than the change and the schema: at the rest of the file. */
  looked: boolean;
  /** By name. */
  facts: Map<string, unknown> | undefined;
}

export function newNotes(reads: Set<ObjectKey>): Notes {
  return { reads, impact: undefined, looked: false, facts: undefined };
}

export function originOf(step: Step): Origin {
  return { migration: step.migration.id, statement: step.statement, nth: step.nth, span: step.change.span };
}

export function scriptContext(
  { project, dialect, target, session }: Environment,
  { migration, transactionRule, steps, statements }: Script,
  contexts: readonly ChangeContext[],
): MigrationContext {
  return { project, dialect, target, session, migration, transactionRule, steps, contexts, statements };
}

export function changeContext(
  environment: Environment,
  script: Script,
  step: Step,
  made: () => Catalog,
  applied: () => Catalog,
  notes: Notes,
): ChangeContext {
  const { project, dialect, target } = environment;
  const semantics = dialect.semantics(target);
  let view: CatalogView | undefined;
  const before = (): CatalogView => {
    view ??= trackedView(made(), notes.reads);
    return view;
  };
  const relation = (name: ObjectName): Lookup<CatalogObject> => lookup(before(), semantics, name);
  const table = (name: ObjectName): Lookup<Table> => {
    const found = relation(name);
    if (found.kind !== 'known') return found;
    return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
  };
  const isUnreleased = (origin: Origin) =>
    origin.migration === script.migration.id || (!environment.all && !environment.isFrozen(origin.migration));
  return {
    project,
    dialect,
    target,
    migration: script.migration,
    get transactionRule() {
      notes.looked = true;
      return script.transactionRule;
    },
    get steps() {
      notes.looked = true;
      return script.steps;
    },
    step,
    get before() {
      return before();
    },
    get after() {
      return trackedView(applied(), notes.reads);
    },
    impact: () => {
      notes.impact ??= dialect.impact(step.change, before(), target);
      return notes.impact;
    },
    relation,
    table,
    isUnreleased,
    isNew: (name) => {
      const found = relation(name);
      return found.kind === 'known' && isUnreleased(found.value.origin);
    },
    isNewColumn: (name, column) => {
      const found = table(name);
      if (found.kind !== 'known') return false;
      const origin = found.value.columns.find((each) => each.name === column)?.origin;
      return isUnreleased(found.value.origin) || (origin !== undefined && isUnreleased(origin));
    },
    madeAt: (origin, messageId, args) => madeAt(environment, script, origin, messageId, args),
    once: <Fact>(name: string, work: () => Fact) => {
      notes.facts ??= new Map();
      if (!notes.facts.has(name)) notes.facts.set(name, work());
      return notes.facts.get(name) as Fact;
    },
    dependents: (key) => before().dependents.get(key) ?? [],
  };
}

function madeAt(
  environment: Environment,
  script: Script,
  origin: Origin,
  messageId: string,
  args: MessageArgs,
): Related {
  const made = environment.migrationOf(origin.migration) ?? script.migration;
  return { anchor: { file: made.file, statement: origin.statement, span: origin.span }, messageId, args };
}
