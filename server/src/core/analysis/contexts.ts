import type { MessageArgs, Related } from '../model/finding.ts';
import type { Impact } from '../model/impact.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { ChangeContext, MigrationContext, SessionSetting, Step } from '../rules/rule.ts';
import type { CatalogObject, Lookup, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import { lookup } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import { type CatalogView, trackedView } from '../schema/view.ts';
import type { Dialect, SqlTarget } from '../sql/dialect.ts';
import type { Course } from './course.ts';
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
  /** @param isPassedBy on the way to others, for the first time */
  readonly scriptOf: (migration: Migration, isPassedBy?: boolean) => Script;
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
  /** How many of the steps right before it its rules looked at. */
  back: number;
  /** Its rules asked how the tool wraps the file. */
  askedRule: boolean;
  /** By name. */
  facts: Map<string, unknown> | undefined;
}

export function newNotes(reads: Set<ObjectKey>): Notes {
  return { reads, impact: undefined, looked: false, back: 0, askedRule: false, facts: undefined };
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

/** What the contexts of one migration share. */
export interface Scene {
  readonly environment: Environment;
  readonly script: Script;
  readonly course: Course;
  /** Those that there are by now. */
  readonly contexts: readonly ChangeContext[];
}

/** A class, because every keystroke in a long migration makes one for each of its changes. */
export class StepContext implements ChangeContext {
  readonly step: Step;
  readonly #scene: Scene;
  readonly #index: number;
  readonly #notes: Notes;
  #before: CatalogView | undefined;
  #after: CatalogView | undefined;
  /** The relation that was asked for last: most rules ask for the one that the change is about. */
  #name: ObjectName | undefined;
  #found: Lookup<CatalogObject> | undefined;

  constructor(scene: Scene, step: Step, index: number, notes: Notes) {
    this.step = step;
    this.#scene = scene;
    this.#index = index;
    this.#notes = notes;
  }

  get project() {
    return this.#scene.environment.project;
  }

  get dialect() {
    return this.#scene.environment.dialect;
  }

  get target() {
    return this.#scene.environment.target;
  }

  get migration() {
    return this.#scene.script.migration;
  }

  get transactionRule() {
    this.#notes.askedRule = true;
    return this.#scene.script.transactionRule;
  }

  get steps() {
    this.#notes.looked = true;
    return this.#scene.script.steps;
  }

  *back(): Generator<Step, void> {
    const { steps } = this.#scene.script;
    const notes = this.#notes;
    for (let at = this.#index - 1; at >= 0; at -= 1) {
      notes.back = Math.max(notes.back, this.#index - at);
      const step = steps[at];
      if (step !== undefined) yield step;
    }
    notes.back = Number.POSITIVE_INFINITY;
  }

  get looked() {
    this.#notes.looked = true;
    return this.#scene.contexts;
  }

  get before(): CatalogView {
    this.#before ??= trackedView(this.#scene.course.before(this.#index), this.#notes.reads);
    return this.#before;
  }

  get after(): CatalogView {
    this.#after ??= trackedView(this.#scene.course.before(this.#index + 1), this.#notes.reads);
    return this.#after;
  }

  impact(): Impact {
    const notes = this.#notes;
    notes.impact ??= this.dialect.impact(this.step.change, this.before, this.target);
    return notes.impact;
  }

  relation(name: ObjectName): Lookup<CatalogObject> {
    if (this.#found !== undefined && this.#name === name) return this.#found;
    this.#name = name;
    this.#found = lookup(this.before, this.dialect.semantics(this.target), name);
    return this.#found;
  }

  table(name: ObjectName): Lookup<Table> {
    const found = this.relation(name);
    if (found.kind !== 'known') return found;
    return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
  }

  isUnreleased({ migration }: Origin): boolean {
    const { all, isFrozen } = this.#scene.environment;
    return migration === this.#scene.script.migration.id || (!all && !isFrozen(migration));
  }

  isNew(name: ObjectName): boolean {
    const found = this.relation(name);
    return found.kind === 'known' && this.isUnreleased(found.value.origin);
  }

  isNewColumn(name: ObjectName, column: string): boolean {
    const found = this.table(name);
    if (found.kind !== 'known') return false;
    const origin = found.value.columns.find((each) => each.name === column)?.origin;
    return this.isUnreleased(found.value.origin) || (origin !== undefined && this.isUnreleased(origin));
  }

  madeAt(origin: Origin, messageId: string, args: MessageArgs): Related {
    return madeAt(this.#scene.environment, this.#scene.script, origin, messageId, args);
  }

  once<Fact>(name: string, work: (context: ChangeContext) => Fact): Fact {
    const notes = this.#notes;
    notes.facts ??= new Map();
    if (!notes.facts.has(name)) notes.facts.set(name, work(this));
    return notes.facts.get(name) as Fact;
  }

  dependents(key: ObjectKey): readonly ObjectKey[] {
    return this.before.dependents.get(key) ?? [];
  }
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
