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
  /** Its rules asked how the tool wraps the file. */
  askedRule: boolean;
  /** By name. */
  facts: Map<string, unknown> | undefined;
}

export function newNotes(reads: Set<ObjectKey>): Notes {
  return { reads, impact: undefined, looked: false, askedRule: false, facts: undefined };
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

/** A class, because every keystroke in a long migration makes one for each of its changes. */
export class StepContext implements ChangeContext {
  readonly step: Step;
  readonly #environment: Environment;
  readonly #script: Script;
  readonly #made: () => Catalog;
  readonly #applied: () => Catalog;
  readonly #notes: Notes;
  readonly #passed: () => readonly ChangeContext[];
  #before: CatalogView | undefined;

  constructor(
    environment: Environment,
    script: Script,
    step: Step,
    made: () => Catalog,
    applied: () => Catalog,
    notes: Notes,
    passed: () => readonly ChangeContext[],
  ) {
    this.step = step;
    this.#environment = environment;
    this.#script = script;
    this.#made = made;
    this.#applied = applied;
    this.#notes = notes;
    this.#passed = passed;
  }

  get project() {
    return this.#environment.project;
  }

  get dialect() {
    return this.#environment.dialect;
  }

  get target() {
    return this.#environment.target;
  }

  get migration() {
    return this.#script.migration;
  }

  get transactionRule() {
    this.#notes.askedRule = true;
    return this.#script.transactionRule;
  }

  get steps() {
    this.#notes.looked = true;
    return this.#script.steps;
  }

  get earlier() {
    this.#notes.looked = true;
    return this.#passed();
  }

  get before(): CatalogView {
    this.#before ??= trackedView(this.#made(), this.#notes.reads);
    return this.#before;
  }

  get after(): CatalogView {
    return trackedView(this.#applied(), this.#notes.reads);
  }

  impact(): Impact {
    const notes = this.#notes;
    notes.impact ??= this.dialect.impact(this.step.change, this.before, this.target);
    return notes.impact;
  }

  relation(name: ObjectName): Lookup<CatalogObject> {
    return lookup(this.before, this.dialect.semantics(this.target), name);
  }

  table(name: ObjectName): Lookup<Table> {
    const found = this.relation(name);
    if (found.kind !== 'known') return found;
    return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
  }

  isUnreleased({ migration }: Origin): boolean {
    const { all, isFrozen } = this.#environment;
    return migration === this.#script.migration.id || (!all && !isFrozen(migration));
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
    return madeAt(this.#environment, this.#script, origin, messageId, args);
  }

  once<Fact>(name: string, work: () => Fact): Fact {
    const notes = this.#notes;
    notes.facts ??= new Map();
    if (!notes.facts.has(name)) notes.facts.set(name, work());
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
