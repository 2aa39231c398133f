import { configName, deployments } from '#core/config/config.ts';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';
import type { CheckReport, Service, Snapshot } from '#core/service.ts';
import { createWorkspace } from '#host/workspace.ts';
import { makeService } from '../../server/src/entry/service.ts';
import type { History } from './histories.ts';
import { type Release, releasesOf } from './releases.ts';
import { underPolicy } from './rolling.ts';

export const presets = ['minimal', 'recommended', 'strict'] as const;

export interface Measured {
  readonly history: History;
  /** Paths of the migrations. */
  readonly files: readonly FilePath[];
  readonly findings: readonly ReportedFinding[];
  /** For each value of `deployment`. */
  readonly deployments: ReadonlyMap<(typeof deployments)[number], readonly ReportedFinding[]>;
  readonly presets: ReadonlyMap<(typeof presets)[number], readonly ReportedFinding[]>;
  /** Notices: what was not examined, and why. */
  readonly notices: readonly string[];
  /** Those of the files that came under a policy of rolling releases. */
  readonly rolling: ReadonlySet<FilePath>;
  /** Releases of the product, each with what is said of its new migrations as one pending series. */
  readonly releases: readonly JudgedRelease[];
  /** Folder that their paths begin with. */
  readonly root: string;
}

export interface JudgedRelease extends Release {
  readonly findings: readonly ReportedFinding[];
}

/**
 * What the rules say of each migration as the only pending one, all before it released: that is what `--all` judges, in one
 * replay. Default configuration: preset `recommended`.
 */
export async function measure(history: History): Promise<Measured> {
  const { root, location } = await history.lay();
  const service = await makeService();
  const { targetVersion } = history;
  const overrides = { dialect: 'postgresql', targetVersion };
  const now = () => '2026-11-28T12:00:00Z';
  const workspace = createWorkspace(service, { roots: [root], trusted: false, overrides, all: true, env: {}, now });
  await workspace.load();
  const { snapshot } = workspace;
  const isOurs = (path: string) => path.startsWith(`${location}/`);
  const files = [...snapshot.files.keys()].filter((path) => isOurs(path) && path.endsWith('.sql'));
  if (files.length === 0) throw new Error(`${history.name} has no migrations in ${location}`);
  const report = checked(service, snapshot);
  const findings = report.findings.filter(({ path }) => isOurs(path));
  const found = (made: Snapshot) => checked(service, made).findings.filter(({ path }) => isOurs(path));
  const configured = (text: string) => {
    workspace.overlay(`${root}/${configName}`, text);
    return found(workspace.snapshot);
  };
  const releases = (await releasesOf(history, files)).map((release) => ({
    ...release,
    findings: found(asOf(snapshot, root, release)).filter(
      ({ path, rule }) => release.files.includes(path) && !rule.startsWith('order/'),
    ),
  }));
  return {
    history,
    files,
    findings,
    deployments: new Map(deployments.map((each) => [each, configured(`deployment: ${each}\n`)])),
    presets: new Map(presets.map((each) => [each, configured(`rules:\n  preset: ${each}\n`)])),
    notices: report.notices
      .filter(({ project }) => project !== undefined && project === findings[0]?.project)
      .map(({ message }) => message),
    rolling: await underPolicy(history, files),
    releases,
    root: location,
  };
}

/** The project as its release was reviewed: what came before is on the base branch, what came later is not there. */
function asOf(snapshot: Snapshot, root: FilePath, { before, later }: Release): Snapshot {
  const released = new Set(before);
  const base = { ref: 'released', mergeBase: released, tip: released, changed: new Map() };
  const files = new Map([...snapshot.files].filter(([path]) => !later.includes(path)));
  return { ...snapshot, files, all: false, bases: [{ root, base }] };
}

function checked(service: Service, snapshot: Snapshot): CheckReport {
  const steps = service.check(snapshot);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Said to fail, though the server ran it. */
export function untrue(findings: readonly ReportedFinding[]): readonly string[] {
  return findings.filter(({ rule }) => rule.startsWith('run/')).map(({ path, message }) => `${path}: ${message}`);
}
