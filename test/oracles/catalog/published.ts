import assert from 'node:assert/strict';
import { replayUntil } from '#core/analysis/check.ts';
import { type ProjectState, planOf } from '#core/analysis/project-state.ts';
import { catalogBefore } from '#core/analysis/replay.ts';
import { nextWorld } from '#core/analysis/world.ts';
import type { Project } from '#core/model/project.ts';
import type { Catalog } from '#core/schema/catalog.ts';
import type { Service, Snapshot } from '#core/service.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import { createWorkspace } from '#host/workspace.ts';
import { fetchHistory, type PublishedHistory } from '../../../scripts/oracles/histories.ts';
import { makeService } from '../../../server/src/entry/service.ts';

export interface Recognised {
  readonly service: Service;
  readonly snapshot: Snapshot;
  readonly project: Project;
}

/** The project whose one location is the history's folder, as the command line finds it. */
export async function recognise(history: PublishedHistory): Promise<Recognised> {
  const root = await fetchHistory(history);
  const service = await makeService();
  const now = () => '2026-11-24T12:00:00Z';
  const workspace = createWorkspace(service, { roots: [root], trusted: false, overrides: {}, all: true, env: {}, now });
  await workspace.load();
  const { snapshot } = workspace;
  const folder = `${root}/src/main/resources/${history.location}`;
  const found = service
    .workspace(snapshot)
    .projects.filter(({ project }) => project.locations.some((location) => location.folder === folder));
  assert.equal(found.length, 1, `${found.length} projects have ${folder}`);
  const [info] = found;
  assert.ok(info !== undefined);
  assert.equal(info.project.dialect.id, 'postgresql');
  assert.ok(info.project.dialect.guessed && /PostgreSQL \(guessed\)/.test(info.words), info.words);
  return { service, snapshot, project: info.project };
}

/** A published history as our engine replays it on one version. The application tells Flyway by code where its objects go. */
export async function openPublished(
  { settings }: PublishedHistory,
  snapshot: Snapshot,
  project: string,
  major: number,
): Promise<ProjectState> {
  const dialects = createDialects({ postgresql: await loadPostgresqlParser() });
  const made = { ...snapshot, overrides: { ...snapshot.overrides, targetVersion: major } };
  const found = nextWorld(made, { dialects }, undefined).projects.find((each) => each.project.name === project);
  assert.ok(found !== undefined);
  const path = /search_path TO (.*)/.exec(settings.initSql ?? '')?.[1]?.split(', ') ?? [settings.schemas ?? 'public'];
  return { ...found, empty: { ...found.empty, searchPath: path, initialSearchPath: path } };
}

/** The schema behind its last migration. */
export function lastSchema(state: ProjectState): Catalog {
  const count = planOf(state).length;
  for (const _ of replayUntil(state, count - 1));
  return catalogBefore(state.replay, count, state.empty);
}

/** Its statements in the order in which they run. */
export function statementsOf(state: ProjectState): readonly string[] {
  return planOf(state).flatMap(({ migration }) =>
    state.environment.scriptOf(migration).statements.map(({ id }) => id.text),
  );
}
