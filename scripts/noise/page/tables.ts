import type { Severity } from '#core/model/finding.ts';
import type { Measured } from '../measure.ts';
import { findingsOf, groupsOf } from './figures.ts';
import { numbers, ofSeverity, per100, total, within } from './numbers.ts';
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
  const { all, rolling } = groupsOf(measured);
  const rules = new Map<
    string,
    { count: number; under: number; readonly severities: Set<Severity>; readonly histories: Set<string> }
  >();
  for (const { history, findings, rolling: files } of measured)
    for (const { rule, severity, path } of findings) {
      const row = rules.get(rule) ?? { count: 0, under: 0, severities: new Set(), histories: new Set() };
      rules.set(rule, row);
      row.count += 1;
      if (files.has(path)) row.under += 1;
      row.severities.add(severity);
      row.histories.add(history.name);
    }
  return [
    '| rule | severity | findings | histories | per 100 | under a rolling policy | per 100 | why they stand |',
    '|---|---|---:|---:|---:|---:|---:|---|',
    ...[...rules]
      .sort(([a, { count: x }], [b, { count: y }]) => y - x || (a < b ? -1 : 1))
      .map(([rule, { count, under, severities, histories }]) => {
        const severity = [...severities].sort().join(', ');
        const figures = `${count} | ${histories.size} | ${per100(count, all.migrations)} | ${numbers(under, rolling.migrations)}`;
        return `| [${rule}](rules/${rule}.md) | ${severity} | ${figures} | ${reasons[rule] ?? 'not looked at yet'} |`;
      }),
    '',
  ];
}
