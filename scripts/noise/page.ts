import { deployments } from '#core/config/config.ts';
import type { Severity } from '#core/model/finding.ts';
import type { Measured } from './measure.ts';
import type { PeerFigures } from './measure-peers.ts';
import { reasons } from './reasons.ts';
import { recordedOn } from './recorded.ts';

export interface Unavailable {
  readonly name: string;
  readonly reason: string;
}

/** docs/noise.md. */
export function pageOf(
  measured: readonly Measured[],
  peers: readonly PeerFigures[],
  unavailable: readonly Unavailable[],
): string {
  const migrations = measured.reduce((sum, each) => sum + each.files.length, 0);
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
    ...peerSection(measured, peers, migrations),
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
    'By severity, for `rolling`:',
    '',
    '| counted | findings | per 100 | migrations with at least one | per 100 |',
    '|---|---:|---:|---:|---:|',
    ...severities.map(({ name, of }) => {
      const some = findings.filter(({ severity }) => of.includes(severity));
      const files = filesOf(some);
      return `| ${name} | ${some.length} | ${per100(some.length, migrations)} | ${files} | ${per100(files, migrations)} |`;
    }),
    '',
    `Findings that say a statement fails, of statements that a server ran: ${findings.filter(({ rule }) => rule.startsWith('run/')).length}.`,
    '',
    ...goal(findings, migrations),
    '## By history',
    '',
    '| history | tool | migrations | findings | errors | per 100 |',
    '|---|---|---:|---:|---:|---:|',
    ...[...measured].sort((a, b) => b.files.length - a.files.length).map(historyRow),
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

function historyRow({ history, files, findings }: Measured): string {
  const migrations = files.length;
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

const severities: readonly { readonly name: string; readonly of: readonly Severity[] }[] = [
  { name: 'errors', of: ['error'] },
  { name: 'errors and warnings', of: ['error', 'warning'] },
  { name: 'all', of: ['error', 'warning', 'info', 'hint'] },
];

/** What the goal of under 12 would take. */
function goal(findings: Measured['findings'], migrations: number): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const dropped = errors.filter(({ rule }) => rule === 'schema/drop-column' || rule === 'schema/drop-table');
  return [
    '**Under 12 per 100 is the goal, and it is not reached.** These products drop, rename and index what is released, in',
    `${per100(filesOf(findings), migrations)} of 100 migrations, and each of those breaks or blocks somebody where two versions run side by side. One finding for`,
    `each such migration, whatever it does, would be more than 12; so would one for each migration with an error (${per100(filesOf(errors), migrations)}), and so would`,
    `the dropped columns and tables alone (${per100(dropped.length, migrations)}). Whoever wants a figure under 12 here has to stop saying that a column in use is dropped.`,
    '',
  ];
}

function peerSection(
  measured: readonly Measured[],
  peers: readonly PeerFigures[],
  migrations: number,
): readonly string[] {
  if (peers.length === 0) return [];
  const findings = measured.flatMap((each) => each.findings);
  const own = `| **Schemaward**, preset \`recommended\` | ${numbers(findings.length, migrations)} | ${numbers(findings.length, migrations)} | ${filesOf(findings)} |`;
  return [
    '## Beside its peers',
    '',
    'The same files, in the same run, each peer in its default configuration with no database behind it. It gets each file alone, because',
    'none of them replays a history; that Schemaward does is the difference that this table shows. A finding is an entry of its JSON report,',
    'of whatever level. *Shared rules* counts only those of its rules that a rule of `recommended` is a counterpart of (`peers` on the',
    "rules' pages): without its rules of style, timeouts and reruns, which Schemaward has as hints or not at all. Several findings of one",
    'rule on one statement count as often as a linter lists them; Schemaward lists an equal wait of a later statement with the first one.',
    'Not measured: eugene, diesel-guard and pgsafe (to be compiled, with libclang), Atlas (needs an account), strong_migrations and',
    'online_migrations (read Rails), Bytebase (a server), MigrationPilot (not in the registry).',
    '',
    '| linter | findings | per 100 | of shared rules | per 100 | migrations with at least one |',
    '|---|---:|---:|---:|---:|---:|',
    own,
    ...[...peers].sort((a, b) => a.shared - b.shared).map((peer) => peerRow(peer, migrations)),
    '',
  ];
}

function peerRow({ from, flags, findings, shared, files }: PeerFigures, migrations: number): string {
  const name = [from, ...flags.map((flag) => `\`${flag}\``)].join(' ');
  return `| ${name} | ${numbers(findings, migrations)} | ${numbers(shared, migrations)} | ${files} |`;
}

function numbers(count: number, of: number): string {
  return `${count} | ${per100(count, of)}`;
}

function filesOf(findings: Measured['findings']): number {
  return new Set(findings.map(({ path }) => path)).size;
}

function countOf(findings: Measured['findings'], wanted: Severity): number {
  return findings.filter(({ severity }) => severity === wanted).length;
}

function per100(count: number, of: number): string {
  return ((count / of) * 100).toFixed(1);
}
