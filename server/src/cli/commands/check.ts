import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReportedFinding, Severity } from '#core/model/finding.ts';
import type { CheckReport } from '#core/service.ts';
import { readMemories, writeMemories } from '#host/memories.ts';
import {
  type Command,
  type CommandInput,
  choice,
  type ExitCode,
  oneOf,
  type Terminal,
  textOption,
  UsageError,
} from '../command.ts';
import { reporters } from '../reporters/index.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { openWorkspace, workspaceOptions, workspaceUsage } from '../workspace.ts';

export const check: Command = {
  name: 'check',
  summary: 'Report what new migrations would break, block or lose.',
  usage: [
    'schemaward check [paths] [--base REF | --all] [--target NAME] [--dialect D] [--target-version V] [--profile P]',
    `                 [--format ${reporters.map(({ name }) => name).join('|')}] [--fail-on error|warning|never] [--baseline FILE]`,
    '                 [--in-transaction] [--no-cache]',
    '',
    ...workspaceUsage,
    '  --all                judge every migration as if all before it had shipped',
    '  --baseline FILE      leave out findings that stand in FILE (an earlier --format json)',
    '  --in-transaction     loose files: the tool will wrap each in a transaction',
    '  --profile P          judge contracts by this profile (buf:WIRE, avro:FULL), whatever the configuration says',
    '  --no-cache           work everything out anew, and keep nothing for the next time',
    '',
    'Exit code: 0 clean, 1 findings at or over --fail-on (default: error), 2 could not run.',
  ],
  options: {
    ...workspaceOptions,
    all: { type: 'boolean' },
    'in-transaction': { type: 'boolean' },
    profile: { type: 'string' },
    format: { type: 'string' },
    'fail-on': { type: 'string' },
    baseline: { type: 'string' },
  },
  takes: 'paths',
  run,
};

async function run({ terminal, values, positionals, service }: CommandInput): Promise<ExitCode> {
  const reporter = reporterFor(textOption(values, 'format') ?? 'text');
  const failOn = choice(values, 'fail-on', ['error', 'warning', 'never'], 'error');
  if (values.all === true && values.base !== undefined) throw new UsageError('--base and --all exclude each other.');
  const baseline = readBaseline(terminal.cwd, textOption(values, 'baseline'));
  const engine = await service();
  const { workspace, paths, cwd } = await openWorkspace(engine, terminal, values, positionals);
  const isKept = values['no-cache'] !== true;
  if (isKept) readMemories(engine, workspace, terminal.env);
  const report = withoutBaseline(
    drain(engine.check(workspace.snapshot, paths === undefined ? {} : { paths })),
    baseline,
  );
  const bases = workspace.snapshot.bases.flatMap(({ base }) => base.ref ?? []);
  await write(
    terminal,
    reporter.write({
      report,
      cwd,
      base: bases[0],
      target: textOption(values, 'target'),
      files: workspace.snapshot.files,
      baseline: { get: (path) => engine.baselineText(workspace.snapshot, path) },
      color: terminal.color,
      rules: engine.rules(),
    }),
  );
  if (isKept) writeMemories(engine, workspace, terminal.env);
  if (failedTarget(report, textOption(values, 'target'))) return 2;
  return report.findings.some(({ severity }) => counts(severity, failOn)) ? 1 : 0;
}

function reporterFor(format: string): Reporter {
  const name = oneOf(
    '--format',
    format,
    reporters.map((each) => each.name),
  );
  const found = reporters.find((each) => each.name === name);
  if (found === undefined) throw new UsageError(`--format ${name} is not known.`);
  return found;
}

/** In large pieces, none before the one before it is on its way. */
async function write(terminal: Terminal, pieces: Iterable<string>): Promise<void> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 1 << 16) continue;
    await terminal.out(waiting);
    waiting = '';
  }
  if (waiting !== '') await terminal.out(waiting);
}

function drain(steps: Generator<string, CheckReport>): CheckReport {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The database that was asked for said nothing, so the answer is not the one that was asked for. */
function failedTarget({ notices }: CheckReport, asked: string | undefined): boolean {
  return asked !== undefined && notices.some(({ id }) => id === `target-${asked}`);
}

function counts(severity: Severity, failOn: 'error' | 'warning' | 'never'): boolean {
  if (failOn === 'never') return false;
  return severity === 'error' || (failOn === 'warning' && severity === 'warning');
}

/** Fingerprint -> how often it stands in the baseline. */
function readBaseline(cwd: string, file: string | undefined): ReadonlyMap<string, number> {
  if (file === undefined) return new Map();
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new UsageError(`The baseline ${file} does not exist.`);
  const counted = new Map<string, number>();
  for (const finding of findingsIn(path, file)) counted.set(finding, (counted.get(finding) ?? 0) + 1);
  return counted;
}

function findingsIn(path: string, file: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const findings = (parsed as { findings?: unknown }).findings;
    if (!Array.isArray(findings)) throw new Error('no findings');
    return findings.map((finding) => String((finding as { fingerprint?: unknown }).fingerprint));
  } catch {
    throw new UsageError(`The baseline ${file} is not the output of schemaward check --format json.`);
  }
}

function withoutBaseline(report: CheckReport, baseline: ReadonlyMap<string, number>): CheckReport {
  const left = new Map(baseline);
  const fresh = (finding: ReportedFinding) => {
    const count = left.get(finding.fingerprint) ?? 0;
    if (count > 0) left.set(finding.fingerprint, count - 1);
    return count === 0;
  };
  return baseline.size === 0 ? report : { ...report, findings: report.findings.filter(fresh) };
}
