import type { MessageArgs, Related } from '../model/finding.ts';
import type { Impact } from '../model/impact.ts';
import type { Project } from '../model/project.ts';
import type { ChangeContext, MigrationContext, Step } from '../rules/rule.ts';
import { applyTracked } from '../schema/apply.ts';
import type { Catalog, CatalogObject, Lookup, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import { lookup, lookupKeys } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import type { Dialect, SqlTarget } from '../sql/dialect.ts';
import type { Script } from './slot.ts';

/** What every migration of one project shares during a replay. */
export interface Environment {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly target: SqlTarget;
  readonly isFrozen: (migration: string) => boolean;
  /** Every migration is judged as if all before it had shipped. */
  readonly all: boolean;
  readonly scriptOf: (migration: string) => Script | undefined;
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
  return { context: { ...shared, before, after: catalog, contexts, statements }, after: catalog, reads, writes };
}

function originOf(step: Step): Origin {
  return { migration: step.migration.id, statement: step.statement, nth: step.nth };
}

function sqlContext({ project, dialect, target }: Environment, script: Script) {
  const { migration, transactionRule, steps } = script;
  return { project, dialect, target, migration, transactionRule, steps };
}

function changeContext(
  environment: Environment,
  script: Script,
  step: Step,
  before: Catalog,
  after: Catalog,
  track: Set<ObjectKey>,
): ChangeContext {
  const { semantics } = environment.dialect;
  const relation = (name: ObjectName): Lookup<CatalogObject> => {
    for (const key of lookupKeys(before, semantics, name)) track.add(key);
    return lookup(before, semantics, name);
  };
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
    after,
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
    dependents: (key) => {
      track.add(`dep:${key}`);
      return before.dependents.get(key) ?? [];
    },
  };
}

function madeAt(
  environment: Environment,
  script: Script,
  origin: Origin,
  messageId: string,
  args: MessageArgs,
): Related {
  const made = origin.migration === script.migration.id ? script : environment.scriptOf(origin.migration);
  const step = made?.steps.find(
    (each) =>
      each.nth === origin.nth &&
      each.statement.nth === origin.statement.nth &&
      each.statement.text === origin.statement.text,
  );
  const file = made?.migration.file ?? script.migration.file;
  return {
    anchor: { file, statement: origin.statement, span: step?.change.span ?? { start: 0, end: 0 } },
    messageId,
    args,
  };
}
