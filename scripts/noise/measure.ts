import { configName, deployments } from '#core/config/config.ts';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';
import type { CheckReport, Service, Snapshot } from '#core/service.ts';
import { createWorkspace } from '#host/workspace.ts';
import { makeService } from '../../server/src/entry/service.ts';
import type { History } from './histories.ts';

export interface Measured {
  readonly history: History;
  /** Paths of the migrations. */
  readonly files: readonly FilePath[];
  /** How many findings there are for each value of `deployment`. */
  readonly deployments: Readonly<Record<(typeof deployments)[number], number>>;
  readonly findings: readonly ReportedFinding[];
  /** Folder that their paths begin with. */
  readonly root: string;
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
  const found = (made: Snapshot) => checked(service, made).findings.filter(({ path }) => isOurs(path));
  const findings = found(snapshot);
  const counts = deployments.map((deployment) => {
    workspace.overlay(`${root}/${configName}`, `deployment: ${deployment}\n`);
    return [deployment, found(workspace.snapshot).length] as const;
  });
  return { history, files, findings, deployments: counted(counts), root: location };
}

function counted(counts: readonly (readonly [(typeof deployments)[number], number])[]): Measured['deployments'] {
  return { rolling: 0, 'single-version': 0, downtime: 0, ...Object.fromEntries(counts) };
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
