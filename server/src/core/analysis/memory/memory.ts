import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/migration.ts';
import type { Project } from '../../model/project.ts';
import type { StatementId } from '../../model/text.ts';
import { placesOf } from '../../sql/split.ts';
import { hash64 } from '../../text/hash.ts';
import type { ProjectState } from '../project-state.ts';
import { catalogBefore, findingsAt, notExaminedBy } from '../replay.ts';
import { adoptOutline, outlineOf } from '../scripts.ts';
import type { Past, Planned } from '../slot.ts';
import { findingOf, type KeptFinding, keptFinding } from './findings.ts';
import { keptSchema, schemaOf } from './schema.ts';
import { type KeptStatement, keptStatement, statementOf } from './statements.ts';

/** Under which name a host keeps the memory of a project. */
export function memoryKey({ root, name: project }: Project): string {
  return hash64(`${root}\0${project}`);
}

/** Migrations below this number are replayed as fast as they are remembered. */
const worthwhile = 200;

/** What is kept of one migration. */
interface Kept {
  readonly places: readonly number[];
  readonly findings: readonly KeptFinding[];
  readonly notExamined: readonly string[];
}

/**
 * A replay as lines of text, so that another process begins where this one ended: a line that names what it holds for,
 * one with the schema behind the last migration, and one for each migration, decoded when it is asked for.
 */
export function remember(state: ProjectState, plan: readonly Planned[]): readonly string[] | undefined {
  const planned = plan.slice(0, settled(state, plan));
  if (planned.length - (state.replay.past?.planned.length ?? 0) < worthwhile) return undefined;
  const { byId, byFile } = lookups(planned);
  const keep = (migration: Migration | undefined, id: StatementId): KeptStatement =>
    migration === undefined ? id : keptStatement(state, migration, id);
  const schema = catalogBefore(state.replay, planned.length, state.empty);
  const reasons = [...notExaminedBy(state.replay)];
  const lines = planned.map(({ migration }, index) => {
    const places = placesOf(outlineOf(state, migration).statements);
    const findings = findingsAt(state.replay, index).map((finding) =>
      keptFinding(finding, (file, id) => keep(byFile.get(file), id)),
    );
    const kept: Kept = { places, findings, notExamined: reasons[index]?.[1] ?? [] };
    return JSON.stringify(kept);
  });
  return [nameOf(state, planned), keptSchema(schema, (migration, id) => keep(byId.get(migration), id)), ...lines];
}

/** What lines from `remember` say of the beginning of a plan; `undefined` where they are about something else. */
export function recall(state: ProjectState, plan: readonly Planned[], lines: readonly string[]): Past | undefined {
  const [name, schema = '', ...rest] = lines;
  const planned = plan.slice(0, rest.length);
  if (planned.length < rest.length || name !== nameOf(state, planned)) return undefined;
  const { byId, byFile } = lookups(planned);
  const places = new Map(planned.map(({ migration }, index) => [migration, index] as const));
  const opened: (Kept | undefined)[] = [];
  const open = (index: number): Kept => {
    const known = opened[index];
    if (known !== undefined) return known;
    const kept = JSON.parse(rest[index] ?? '') as Kept;
    const migration = planned[index]?.migration;
    if (migration !== undefined) adoptOutline(state, migration, kept.places);
    opened[index] = kept;
    return kept;
  };
  const statement = (migration: Migration | undefined, kept: KeptStatement) => {
    const index = migration === undefined ? undefined : places.get(migration);
    if (index !== undefined) open(index);
    return statementOf(state, migration, kept);
  };
  const findings: (readonly Finding[] | undefined)[] = [];
  return {
    planned,
    findings(index) {
      findings[index] ??= open(index).findings.map((kept) =>
        findingOf(kept, (file, place) => statement(byFile.get(file), place)),
      );
      return findings[index];
    },
    notExamined: (index) => open(index).notExamined,
    schema: () => schemaOf(schema, state.empty, (migration, kept) => statement(byId.get(migration), kept)),
  };
}

/** The beginning that is not judged again: what is frozen, or everything where everything is judged. */
function settled({ environment, replay }: ProjectState, plan: readonly Planned[]): number {
  const first = environment.all ? -1 : plan.findIndex(({ lint }) => lint);
  return Math.min(first === -1 ? plan.length : first, replay.cursor);
}

/** Everything that the findings of these migrations depend on. */
function nameOf({ conditions, environment }: ProjectState, planned: readonly Planned[]): string {
  const parts = planned.map(({ migration: { id }, lint, content, settings }) =>
    JSON.stringify([id, lint, environment.isFrozen(id), content.problem, settings?.text, hash64(content.text)]),
  );
  return `${hash64(conditions)} ${hash64(parts.join('\n'))} ${planned.length}`;
}

function lookups(planned: readonly Planned[]) {
  const byId = new Map(planned.map(({ migration }) => [migration.id, migration] as const));
  const byFile = new Map(planned.map(({ migration }) => [migration.file, migration] as const));
  return { byId, byFile };
}
