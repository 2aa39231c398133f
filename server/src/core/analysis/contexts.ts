import type { MessageArgs, Related } from '../model/finding.ts';
import type { Impact } from '../model/impact.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { ChangeContext, MigrationContext, Step } from '../rules/rule.ts';
import { applyTracked } from '../schema/apply.ts';
import type { Catalog, CatalogObject, Lookup, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import { lookup } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import { trackedView } from '../schema/view.ts';
import type { Dialect, SqlTarget } from '../sql/dialect.ts';
import type { RuleOptions } from './run-rules.ts';
import type { Script } from './slot.ts';

/** What every migration of one project shares during a replay. */
export interface Environment {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly target: SqlTarget;
  readonly isFrozen: (migration: string) => boolean;
  /** Every migration is judged as if all before it had shipped. */
  readonly all: boolean;
  readonly options: RuleOptions;
  readonly scriptOf: (migration: Migration) => Script;
  /** By id. */
  readonly migrationOf: (id: string) => Migration | undefined;
}

/** A migration replayed, with the context of each of its changes. Contexts hold catalogs: keep them briefly. */
export interface Replayed {
  readonly context: MigrationContext;
  readonly after: Catalog;
  readonly reads: Set<ObjectKey>;
  readonly writes: Set<ObjectKey>;
}

export function replayScript(environment: Environment, script: Script, before: Catalog): Replayed {
  const reads = new Set<ObjectKey>();
  const writes = new Set<ObjectKey>();
  const contexts: ChangeContext[] = [];
  let catalog = before;
  for (const step of script.steps) {
    const applied = applyTracked(catalog, step.change, originOf(step), environment.dialect.semantics);
    for (const key of applied.reads) reads.add(key);
    for (const key of applied.writes) writes.add(key);
    contexts.push(changeContext(environment, script, step, catalog, applied.catalog, reads));
    catalog = applied.catalog;
  }
  const shared = sqlContext(environment, script);
  const statements = script.statements.map(({ id, reading }) => ({ id, reading }));
  return { context: { ...shared, contexts, statements }, after: catalog, reads, writes };
}

function originOf(step: Step): Origin {
  return { migration: step.migration.id, statement: step.statement, nth: step.nth, span: step.change.span };
}

function sqlContext({ project, dialect, target }: Environment, script: Script) {
  const { migration, transactionRule, steps } = script;
  return { project, dialect, target, migration, transactionRule, steps };
}

function changeContext(
  environment: Environment,
  script: Script,
  step: Step,
  made: Catalog,
  applied: Catalog,
  reads: Set<ObjectKey>,
): ChangeContext {
  const { semantics } = environment.dialect;
  const before = trackedView(made, reads);
  const relation = (name: ObjectName): Lookup<CatalogObject> => lookup(before, semantics, name);
  const table = (name: ObjectName): Lookup<Table> => {
    const found = relation(name);
    if (found.kind !== 'known') return found;
    return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
  };
  const isUnreleased = (origin: Origin) =>
    origin.migration === script.migration.id || (!environment.all && !environment.isFrozen(origin.migration));
  let impact: Impact | undefined;
  return {
    ...sqlContext(environment, script),
    step,
    before,
    after: applied,
    impact: () => {
      impact ??= environment.dialect.impact(step.change, before, environment.target);
      return impact;
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
    dependents: (key) => before.dependents.get(key) ?? [],
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
