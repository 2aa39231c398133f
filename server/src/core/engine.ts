import { findingsOfFile } from './analysis/check.ts';
import { checkAll } from './analysis/check-all.ts';
import { baselineText, contractAt } from './analysis/contracts/check.ts';
import { compatOf } from './analysis/contracts/compat.ts';
import { evolveOnLine } from './analysis/contracts/evolutions.ts';
import {
  contractCompletions,
  contractDefinition,
  contractHover,
  contractReferences,
  contractRename,
  contractRenameable,
  contractSymbols,
  contractTokens,
} from './analysis/contracts/language.ts';
import { baselineProposal, contractStatus } from './analysis/contracts/status.ts';
import { actionsAt, resolve } from './analysis/features/actions.ts';
import { definitionAt } from './analysis/features/definition.ts';
import { fixAll, fixAllOffer } from './analysis/features/fix-all.ts';
import { hoverAt } from './analysis/features/hover.ts';
import { lockHintsIn } from './analysis/features/lock-hints.ts';
import { newMigrationIn, promoteEvolution, scaffoldPlan } from './analysis/features/plan.ts';
import { symbolsOf } from './analysis/features/symbols.ts';
import { fileInfoOf } from './analysis/file-info.ts';
import { memoryKey, remember } from './analysis/memory/memory.ts';
import { planOf } from './analysis/project-state.ts';
import { statusOf, worstOf } from './analysis/status.ts';
import { workspaceInfo } from './analysis/workspace-info.ts';
import { nextWorld, type World } from './analysis/world.ts';
import { completeConfig } from './config/complete.ts';
import { hoverConfig } from './config/hover.ts';
import { configSchema } from './config/schema.ts';
import { profileNames } from './contracts/compare.ts';
import { contractFormats } from './contracts/formats/index.ts';
import { tools } from './migrations/tools/index.ts';
import { evolveField } from './plans/evolve-field.ts';
import { pageOf, rulePages } from './rules/page.ts';
import type { Service, Snapshot } from './service.ts';
import type { Dialect } from './sql/dialect.ts';

export interface EngineOptions {
  readonly dialects: ReadonlyMap<string, Dialect>;
}

/**
 * The one engine behind editor, command line and tests. It keeps the world of the last snapshot and moves it to the
 * next one by what differs, so that asking again costs nothing and an edit costs what depends on it.
 */
export function createEngine({ dialects }: EngineOptions): Service {
  let last: World | undefined;
  const world = (snapshot: Snapshot): World => {
    last = nextWorld(snapshot, { dialects }, last);
    return last;
  };
  const isContract = (at: World, path: string) => !at.byFile.has(path) && contractAt(at, path) !== undefined;
  const isConfig = (at: World, path: string) => at.settings.find((settings) => settings.path === path);
  return {
    workspace: (snapshot) => workspaceInfo(world(snapshot)),
    *check(snapshot, request) {
      return yield* checkAll(world(snapshot), request?.paths);
    },
    checkFile: (snapshot, path) => findingsOfFile(world(snapshot), path).findings,
    memoryKeys: (snapshot) => world(snapshot).projects.map(({ project }) => memoryKey(project)),
    memories: (snapshot) =>
      new Map(
        world(snapshot).projects.flatMap((state) => {
          const lines = remember(state, planOf(state));
          return lines === undefined ? [] : [[memoryKey(state.project), lines] as const];
        }),
      ),
    contracts: (snapshot) => contractStatus(world(snapshot)),
    setBaseline: (snapshot, root, words) => baselineProposal(world(snapshot), root, words),
    baselineText: (snapshot, path) => baselineText(world(snapshot), path),
    compat: compatOf,
    profiles: profileNames,
    contractFiles: () => ({
      endings: contractFormats.flatMap(({ extensions }) => extensions),
      names: contractFormats.flatMap(({ configNames }) => configNames),
    }),
    status: (snapshot) => {
      const now = world(snapshot);
      return statusOf(now, (path) => worstOf(findingsOfFile(now, path).findings));
    },
    fileInfo: (snapshot, path) => fileInfoOf(world(snapshot), path),
    hover: (snapshot, path, offset) => {
      const now = world(snapshot);
      const settings = isConfig(now, path);
      if (isContract(now, path)) return contractHover(now, path, offset);
      if (settings === undefined) return hoverAt(now, path, offset);
      return hoverConfig(settings.content?.text ?? '', offset);
    },
    definition: (snapshot, path, offset) => {
      const now = world(snapshot);
      return isContract(now, path) ? contractDefinition(now, path, offset) : definitionAt(now, path, offset);
    },
    references: (snapshot, path, offset, withDeclaration) =>
      contractReferences(world(snapshot), path, offset, withDeclaration),
    renameable: (snapshot, path, offset) => contractRenameable(world(snapshot), path, offset),
    rename: (snapshot, path, offset, name) => contractRename(world(snapshot), path, offset, name),
    tokens: (snapshot, path, side) => contractTokens(world(snapshot), path, side ?? 'after'),
    symbols: (snapshot, path) => {
      const now = world(snapshot);
      return isContract(now, path) ? contractSymbols(now, path) : symbolsOf(now, path);
    },
    lockHints: (snapshot, path, span) => lockHintsIn(world(snapshot), path, span),
    complete: (snapshot, path, offset) => {
      const now = world(snapshot);
      const text = isConfig(now, path)?.content?.text;
      return text === undefined ? contractCompletions(now, path, offset) : completeConfig(text, offset);
    },
    actions: (snapshot, path, span) => actionsAt(world(snapshot), path, span),
    sourceActions: (snapshot, path) => fixAllOffer(snapshot, path, world),
    resolveAction: (snapshot, data) =>
      data.kind === 'fix-all' ? fixAll(snapshot, data.path, world) : resolve(world(snapshot), data),
    scaffold: (snapshot, project, request, from) => {
      const now = world(snapshot);
      const isField = request.operation === evolveField || (from !== undefined && isContract(now, from.path));
      return isField ? evolveOnLine(now, from) : scaffoldPlan(now, project, request, from);
    },
    promote: (snapshot, id) => promoteEvolution(world(snapshot), id),
    newMigration: (snapshot, project, description) => newMigrationIn(world(snapshot), project, description),
    historyRows: (snapshot, project, raw) => {
      const state = world(snapshot).projects.find((each) => each.project.name === project);
      return state?.tool.historyRows(raw) ?? [];
    },
    configPatterns: () => [
      ...tools.flatMap(({ configPatterns }) => configPatterns),
      ...contractFormats.flatMap(({ extensions, configNames }) => [
        ...extensions.map((ending) => `*${ending}`),
        ...configNames,
      ]),
    ],
    checksum: (snapshot, path, text) => {
      const owned = world(snapshot).byFile.get(path);
      return owned?.state.tool.checksum(owned.state.project, owned.migration, text);
    },
    explain: pageOf,
    rules: rulePages,
    dialects: () => [...dialects.values()].map(({ id, displayName, versions }) => ({ id, displayName, versions })),
    configSchema,
  };
}
