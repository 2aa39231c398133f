import type { MigrationTool, Timeline } from '../migrations/tool.ts';
import type { BaseSnapshot, Migration, TargetSnapshot } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { FilePath } from '../model/text.ts';

/** The order in which the migrations run on the lint target, and which of them nobody may edit any more. */
export interface Sequence {
  readonly migrations: readonly Migration[];
  /** Ids of migrations that are applied, or stand on the base branch. */
  readonly frozen: ReadonlySet<string>;
  /** Ids of migrations that `base.since` leaves out: frozen, and never checked. */
  readonly outside: ReadonlySet<string>;
  /** Nothing says what is released: every migration is judged as if all before it had shipped. */
  readonly unknownPast: boolean;
  readonly frozenWhy: (migration: Migration) => string | undefined;
}

export interface SequenceInput {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly timeline: Timeline;
  readonly base: BaseSnapshot;
  /** Every target with rows, so that a file applied anywhere is frozen. */
  readonly targets: readonly TargetSnapshot[];
  readonly lintTarget: TargetSnapshot | undefined;
  /** Version from which on migrations are checked at all. */
  readonly since: string | undefined;
}

export function sequence(input: SequenceInput): Sequence {
  const { base, timeline } = input;
  const appliedIn = appliedByTarget(input);
  const onBase = (migration: Migration) => isOnBase(base, migration);
  const frozen = new Set<string>();
  const outside = new Set<string>();
  for (const migration of [...timeline.migrations, ...timeline.others]) {
    if (isBefore(input, migration)) outside.add(migration.id);
    if (appliedIn.has(migration.id) || onBase(migration) || outside.has(migration.id)) frozen.add(migration.id);
  }
  return {
    migrations: executionOrder(input, onBase),
    frozen,
    outside,
    unknownPast:
      outside.size === 0 &&
      base.ref === undefined &&
      base.problem !== 'unborn' &&
      appliedIn.size === 0 &&
      !hasRows(input),
    frozenWhy: (migration) => {
      const target = appliedIn.get(migration.id);
      if (target !== undefined) return `applied in ${target}`;
      if (onBase(migration)) return `on ${base.ref}`;
      return outside.has(migration.id) ? `before ${input.since}, where base.since begins` : undefined;
    },
  };
}

function isBefore({ project, tool, since }: SequenceInput, migration: Migration): boolean {
  return since !== undefined && tool.precedes(project, migration, since) === true;
}

/** A repeatable that was edited runs again, so it is not frozen. */
function isOnBase(base: BaseSnapshot, migration: Migration): boolean {
  if (!base.mergeBase.has(migration.file)) return false;
  return migration.kind !== 'repeatable' || !base.changed.has(migration.file);
}

function hasRows(input: SequenceInput): boolean {
  return input.targets.some((target) => target.result.kind === 'rows');
}

function appliedByTarget({ project, tool, timeline, targets }: SequenceInput): ReadonlyMap<string, string> {
  const applied = new Map<string, string>();
  for (const target of targets) {
    if (target.result.kind !== 'rows') continue;
    for (const migration of tool.appliedOrder(project, timeline, target.result.rows)) {
      if (!applied.has(migration.id)) applied.set(migration.id, target.name);
    }
  }
  return applied;
}

/** Applied ones as the target ran them (else those of the base), then the rest in the tool's order. */
function executionOrder(input: SequenceInput, onBase: (migration: Migration) => boolean): readonly Migration[] {
  const { project, tool, timeline, lintTarget } = input;
  const first =
    lintTarget?.result.kind === 'rows'
      ? tool.appliedOrder(project, timeline, lintTarget.result.rows)
      : timeline.migrations.filter(onBase);
  if (first.length === 0) return timeline.migrations;
  const done = new Set(first.map(({ id }) => id));
  return [...first, ...timeline.migrations.filter(({ id }) => !done.has(id))];
}

/** The deepest repository that holds the folder. */
export function baseOf(
  bases: readonly { readonly root: FilePath; readonly base: BaseSnapshot }[],
  folder: FilePath,
): BaseSnapshot {
  let best: { readonly root: FilePath; readonly base: BaseSnapshot } | undefined;
  for (const candidate of bases) {
    const holds = folder === candidate.root || folder.startsWith(`${candidate.root}/`);
    if (holds && candidate.root.length > (best?.root.length ?? -1)) best = candidate;
  }
  return best?.base ?? noBase;
}

const noBase: BaseSnapshot = { problem: 'no-git', mergeBase: new Set(), tip: new Set(), changed: new Map() };
