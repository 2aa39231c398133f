import type { RuleId } from '#core/model/finding.ts';
import type { Measured } from '../measure.ts';
import { readings } from '../readings.ts';
import { findingsOf, groupsOf } from './figures.ts';
import { type Findings, numbers, ofSeverity, per100, total, within } from './numbers.ts';
import { reasons } from './reasons.ts';

export function historyTable(measured: readonly Measured[]): readonly string[] {
  return [
    '| history | tool | migrations | findings | errors | per 100 | under a rolling policy | findings | per 100 |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|',
    ...[...measured].sort((a, b) => b.files.length - a.files.length).map(historyRow),
    historySum(measured),
    '',
  ];
}

function historyRow({ history, files, findings, rolling }: Measured): string {
  const name = `${history.name} (${history.from})`;
  const under =
    rolling.size === 0 ? '- | - | -' : `${rolling.size} | ${numbers(within(findings, rolling).length, rolling.size)}`;
  return `| ${name} | ${history.tool} | ${cells(files.length, findings)} | ${under} |`;
}

function historySum(measured: readonly Measured[]): string {
  const { rolling } = groupsOf(measured);
  const under = `${rolling.migrations} | ${numbers(findingsOf(measured, rolling).length, rolling.migrations)}`;
  const migrations = total(measured.map(({ files }) => files.length));
  return `| **all** | | ${cells(
    migrations,
    measured.flatMap(({ findings }) => findings),
  )} | ${under} |`;
}

function cells(migrations: number, findings: Measured['findings']): string {
  const errors = ofSeverity(findings, 'error').length;
  return `${migrations} | ${findings.length} | ${errors} | ${per100(findings.length, migrations)}`;
}

export function policyList(measured: readonly Measured[]): readonly string[] {
  const named = measured.flatMap(({ history: { name, rolling } }) =>
    rolling === undefined ? [] : [{ name, rolling }],
  );
  return [
    ...named.map(({ name, rolling: { says, after, from } }) => {
      const since =
        after !== undefined ? `; counted from behind ${after}` : from !== undefined ? `; counted from ${from} on` : '';
      return `- **${name}**: ${says}${since}.`;
    }),
    '',
  ];
}

export function ruleTable(measured: readonly Measured[]): readonly string[] {
  const groups = Object.values(groupsOf(measured));
  const counts = groups.map((group) => Map.groupBy(findingsOf(measured, group), ({ rule }) => rule));
  const read = Map.groupBy(readings, ({ rule }) => rule);
  const [all = new Map<RuleId, Findings>()] = counts;
  return [
    '| rule | severity | findings | per 100 | under a rolling policy | per 100 | of the others | per 100 | read | would act | why a reviewer acts |',
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|',
    ...[...all]
      .sort(([a, { length: x }], [b, { length: y }]) => y - x || (a < b ? -1 : 1))
      .map(([rule, findings]) => {
        const severity = [...new Set(findings.map((each) => each.severity))].sort().join(', ');
        const figures = groups.map(({ migrations }, nth) => numbers(counts[nth]?.get(rule)?.length ?? 0, migrations));
        const known = read.get(rule) ?? [];
        const acted = known.filter(({ verdict }) => verdict === 'act').length;
        return `| [${rule}](rules/${rule}.md) | ${severity} | ${figures.join(' | ')} | ${known.length} | ${acted} | ${reasons[rule] ?? 'not looked at yet'} |`;
      }),
    '',
  ];
}
