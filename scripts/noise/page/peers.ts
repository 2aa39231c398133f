import type { Measured } from '../measure.ts';
import type { PeerFigures } from '../measure-peers.ts';
import { filesOf, numbers, total } from './numbers.ts';

export function peerSection(measured: readonly Measured[], peers: readonly PeerFigures[]): readonly string[] {
  if (peers.length === 0) return [];
  const migrations = total(measured.map(({ files }) => files.length));
  const findings = measured.flatMap((each) => each.findings);
  const own = numbers(findings.length, migrations);
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
    `| **Schemaward**, preset \`recommended\` | ${own} | ${own} | ${filesOf(findings)} |`,
    ...[...peers].sort((a, b) => a.shared - b.shared).map((peer) => peerRow(peer, migrations)),
    '',
  ];
}

function peerRow({ from, flags, findings, shared, files }: PeerFigures, migrations: number): string {
  const name = [from, ...flags.map((flag) => `\`${flag}\``)].join(' ');
  return `| ${name} | ${numbers(findings, migrations)} | ${numbers(shared, migrations)} | ${files} |`;
}
