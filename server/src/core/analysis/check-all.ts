import type { Tree } from '../contracts/tree.ts';
import type { ReportedFinding } from '../model/finding.ts';
import type { FileContent, FilePath } from '../model/text.ts';
import type { CheckReport } from '../service.ts';
import { entrywise } from '../text/patched.ts';
import { baseNotices } from './base-notices.ts';
import { configFindings, findingsOfFile, orderFindings, replayAll, unreadStatements } from './check.ts';
import { contractFindingsOfFile, contractNotices, contractPaths } from './contracts/check.ts';
import { comparisonOf } from './contracts/state.ts';
import { fileNotices, projectNotices } from './notices.ts';
import { isRerun } from './outdated.ts';
import { isLinted, type ProjectState, planOf } from './project-state.ts';
import { byPlace } from './report.ts';
import type { World } from './world.ts';

/** Every finding of the workspace, or of some paths. Yields the path of each migration that was replayed. */
export function* checkAll(world: World, paths: readonly FilePath[] | undefined): Generator<FilePath, CheckReport> {
  const findings: ReportedFinding[] = [];
  const within: ReportedFinding[] = [];
  let suppressed = 0;
  for (const state of world.projects) {
    state.dialect.reader?.prefetch?.(unreadStatements(state));
    yield* replayAll(state);
    for (const path of pathsToReport(world, state)) {
      if (paths !== undefined && !isUnder(path, paths)) continue;
      const found = findingsOfFile(world, path);
      findings.push(...found.findings);
      within.push(...found.within);
      suppressed += found.suppressed;
      yield path;
    }
  }
  for (const state of world.contracts) {
    for (const path of contractPaths(state)) {
      if (paths !== undefined && !isUnder(path, paths)) continue;
      const found = contractFindingsOfFile(world, state, path);
      findings.push(...found.findings);
      suppressed += found.suppressed;
      yield path;
    }
  }
  // Whatever was asked for, the settings had their part in the answer.
  for (const settings of world.settings) findings.push(...configFindings(world, settings));
  return {
    findings: findings.sort(byPlace),
    within,
    notices: [
      ...world.notices,
      ...baseNotices(world),
      ...world.projects.flatMap((state) => projectNotices(state)),
      ...contractNotices(world.contracts),
      ...fileNotices(filesRead(world)),
    ],
    summary: summary(world, suppressed),
  };
}

/** Files with something to say: linted ones, repeatables that a pending one leaves behind, and those that a fact about order names. */
function pathsToReport(world: World, state: ProjectState): ReadonlySet<FilePath> {
  const paths = new Set<FilePath>(orderFindings(world, state).keys());
  for (const { migration, lint } of planOf(state)) if (lint || isRerun(state, migration)) paths.add(migration.file);
  for (const migration of state.timeline.others)
    if (migration.kind === 'undo' && isLinted(state, migration)) paths.add(migration.file);
  return paths;
}

function* filesRead(world: World) {
  for (const { content } of world.settings) if (content !== undefined) yield content;
  for (const path of world.byFile.keys()) {
    const content = world.snapshot.files.get(path);
    if (content !== undefined) yield content;
  }
  for (const { after } of world.contracts) yield* troubled(after).values();
}

const troubled: (tree: Tree) => Tree = entrywise((content: FileContent) =>
  content.problem === undefined ? undefined : content,
);

function isUnder(path: FilePath, folders: readonly FilePath[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}

function summary(world: World, suppressed: number): CheckReport['summary'] {
  let checked = 0;
  let total = 0;
  for (const state of world.projects) {
    total += state.timeline.migrations.length;
    checked += state.timeline.migrations.filter((migration) => isLinted(state, migration)).length;
  }
  const contracts = world.contracts.reduce((sum, state) => sum + comparisonOf(state).contracts.length, 0);
  const baselines = [...new Set(world.contracts.flatMap(({ before }) => before[0]?.name ?? []))];
  return { checked, total, projects: world.projects.length, suppressed, contracts, baselines };
}
