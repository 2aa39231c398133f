import type { ReportedFinding } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';
import type { CheckReport, Service } from '#core/service.ts';
import type { Workspace } from '#host/workspace.ts';
import type { Background } from './session.ts';
import { createTurns } from './turns.ts';

/** Milliseconds for the request that follows a keystroke to come first. */
const yielding = 15;

/**
 * Checks the whole workspace beside the requests. `start` drops a run whose inputs changed; what it had worked out is
 * memoised in the engine, so that the next run passes over it.
 */
export function createBackground(
  service: Service,
  workspace: Workspace,
  done: (changed: ReadonlySet<FilePath>) => void,
  failed: (error: unknown) => void,
): Background {
  let findings: ReadonlyMap<FilePath, readonly ReportedFinding[]> = new Map();
  let run = 0;
  let active: Promise<void> = Promise.resolve();

  const work = async (mine: number) => {
    const steps = service.check(workspace.snapshot);
    const turns = createTurns();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return finish(step.value);
      const others = turns();
      if (others === undefined) continue;
      await others;
      if (mine !== run) return;
    }
  };
  const finish = (report: CheckReport) => {
    const next = grouped(report.findings);
    const changed = differing(findings, next);
    findings = next;
    done(changed);
  };
  return {
    get findings() {
      return findings;
    },
    start() {
      run += 1;
      const mine = run;
      active = active
        .then(() => new Promise<void>((resume) => setTimeout(resume, yielding)))
        .then(() => (mine === run ? work(mine) : undefined))
        .catch(failed);
    },
    stop() {
      run += 1;
    },
    settled: () => active,
  };
}

function grouped(findings: readonly ReportedFinding[]): ReadonlyMap<FilePath, readonly ReportedFinding[]> {
  const map = new Map<FilePath, ReportedFinding[]>();
  for (const finding of findings) {
    const known = map.get(finding.path);
    if (known === undefined) map.set(finding.path, [finding]);
    else known.push(finding);
  }
  return map;
}

function differing(
  before: ReadonlyMap<FilePath, readonly ReportedFinding[]>,
  after: ReadonlyMap<FilePath, readonly ReportedFinding[]>,
): ReadonlySet<FilePath> {
  const changed = new Set<FilePath>();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (!sameFindings(before.get(path), after.get(path))) changed.add(path);
  }
  return changed;
}

function sameFindings(a: readonly ReportedFinding[] = [], b: readonly ReportedFinding[] = []): boolean {
  return a.length === b.length && a.every((finding, index) => looksSame(finding, b[index]));
}

/** What was not worked out again is the same object: then nothing has to be compared. */
function looksSame(a: ReportedFinding, b: ReportedFinding | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    a.rule === b.rule &&
    a.severity === b.severity &&
    a.span.start === b.span.start &&
    (a.head ?? a.span).end === (b.head ?? b.span).end &&
    a.message === b.message &&
    a.relatedPlaces.length === b.relatedPlaces.length &&
    a.relatedPlaces.every(({ path, span }, index) => {
      const other = b.relatedPlaces[index];
      return path === other?.path && span.start === other.span.start;
    })
  );
}
