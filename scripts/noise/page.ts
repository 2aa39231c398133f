import { deployments } from '#core/config/config.ts';
import type { Severity } from '#core/model/finding.ts';
import type { Measured } from './measure.ts';
import { reasons } from './reasons.ts';
import { recordedOn } from './recorded.ts';

export interface Unavailable {
  readonly name: string;
  readonly reason: string;
}

/** docs/noise.md. */
export function pageOf(measured: readonly Measured[], unavailable: readonly Unavailable[]): string {
  const migrations = measured.reduce((sum, each) => sum + each.migrations, 0);
  const findings = measured.flatMap((each) => each.findings);
  return [
    '# Noise',
    '',
    'Written by `npm run noise`. What the rules of the preset `recommended` say of migrations that were reviewed, shipped and run:',
    `${findings.length} findings on ${migrations} migrations, ${per100(findings.length, migrations)} per 100.`,
    '',
    '## Method',
    '',
    'Each history is one that a published package ships, in the version named below, taken from Maven Central, PyPI or npm; nothing of',
    'it is kept here. Flyway histories are read as they are. Those of other tools are run by their own tool on native PostgreSQL',
    `${recordedOn}; what the server was told, as its log says, is split where the tool notes a migration as done: one SQL file for each.`,
    'Then every migration in turn is judged as the only pending one, with all before it released (what `check --all` does), with the',
    `default configuration and target version ${recordedOn}. Nothing is ignored, and no statistics of tables are known.`,
    '',
    'Run it again: `npm run noise` (needs Maven, a Java, a Python 3 with `venv`, npm and the registries; packages are fetched once, into',
    '`.cache`). `npm run noise -- --findings NAME` prints every finding of one history.',
    '',
    '## What the figure says',
    '',
    'Most of these products migrate when they start, with the version before stopped: their releases need no care for that version and its',
    'locks, and take none. What is said here is true and was no harm to them. A project that deploys like this says so in `schemaward.yaml`:',
    '',
    '| `deployment` | findings | per 100 |',
    '|---|---:|---:|',
    ...deployments.map((each) => {
      const count = measured.reduce((sum, one) => sum + one.deployments[each], 0);
      return `| \`${each}\` | ${count} | ${per100(count, migrations)} |`;
    }),
    '',
    `At least one finding: ${touched(measured)} of ${migrations} migrations. Findings that say a statement fails, of statements that a server ran: ${findings.filter(({ rule }) => rule.startsWith('run/')).length}.`,
    '',
    '## By history',
    '',
    '| history | tool | migrations | findings | errors | per 100 |',
    '|---|---|---:|---:|---:|---:|',
    ...[...measured].sort((a, b) => b.migrations - a.migrations).map(historyRow),
    `| **all** | | ${migrations} | ${findings.length} | ${countOf(findings, 'error')} | ${per100(findings.length, migrations)} |`,
    '',
    ...(unavailable.length === 0
      ? []
      : [...unavailable.map(({ name, reason }) => `Not measured: ${name} (${reason}).`), '']),
    '## By rule',
    '',
    'Findings of each rule were looked at one by one, at least five or all of them. The sentence says why they stand.',
    '',
    '| rule | severity | findings | histories | per 100 | why they stand |',
    '|---|---|---:|---:|---:|---|',
    ...ruleRows(measured, migrations),
    '',
  ].join('\n');
}

function historyRow({ history, migrations, findings }: Measured): string {
  const errors = countOf(findings, 'error');
  const name = `${history.name} (${history.from})`;
  return `| ${name} | ${history.tool} | ${migrations} | ${findings.length} | ${errors} | ${per100(findings.length, migrations)} |`;
}

function ruleRows(measured: readonly Measured[], migrations: number): readonly string[] {
  const rules = new Map<
    string,
    { count: number; readonly severities: Set<Severity>; readonly histories: Set<string> }
  >();
  for (const { history, findings } of measured)
    for (const { rule, severity } of findings) {
      const row = rules.get(rule) ?? { count: 0, severities: new Set(), histories: new Set() };
      rules.set(rule, row);
      row.count += 1;
      row.severities.add(severity);
      row.histories.add(history.name);
    }
  return [...rules]
    .sort(([a, { count: x }], [b, { count: y }]) => y - x || (a < b ? -1 : 1))
    .map(([rule, { count, severities, histories }]) => {
      const severity = [...severities].sort().join(', ');
      return `| [${rule}](rules/${rule}.md) | ${severity} | ${count} | ${histories.size} | ${per100(count, migrations)} | ${reasons[rule] ?? 'not looked at yet'} |`;
    });
}

function touched(measured: readonly Measured[]): number {
  return measured.reduce((sum, { findings }) => sum + new Set(findings.map(({ path }) => path)).size, 0);
}

function countOf(findings: Measured['findings'], wanted: Severity): number {
  return findings.filter(({ severity }) => severity === wanted).length;
}

function per100(count: number, of: number): string {
  return ((count / of) * 100).toFixed(1);
}
