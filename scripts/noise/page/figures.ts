import { deployments } from '#core/config/config.ts';
import type { FilePath } from '#core/model/text.ts';
import { type JudgedRelease, type Measured, presets } from '../measure.ts';
import { type Findings, filesOf, numbers, ofSeverity, per100, total, within } from './numbers.ts';

/** A part of the migrations, with how to find what is said of it. */
export interface Group {
  readonly name: string;
  readonly migrations: number;
  of(one: Measured, findings: Findings): Findings;
}

export function groupsOf(measured: readonly Measured[]): {
  readonly all: Group;
  readonly rolling: Group;
  readonly others: Group;
} {
  const all = total(measured.map(({ files }) => files.length));
  const rolling = total(measured.map((each) => each.rolling.size));
  const othersOf = ({ rolling: under, files }: Measured) => new Set(files.filter((file) => !under.has(file)));
  return {
    all: { name: 'all', migrations: all, of: (_, findings) => findings },
    rolling: {
      name: 'under a rolling policy',
      migrations: rolling,
      of: (one, findings) => within(findings, one.rolling),
    },
    others: { name: 'the others', migrations: all - rolling, of: (one, findings) => within(findings, othersOf(one)) },
  };
}

export function findingsOf(measured: readonly Measured[], group: Group): Findings {
  return measured.flatMap((one) => group.of(one, one.findings));
}

/** Figures of each group, by severity. */
export function groupSection(measured: readonly Measured[]): readonly string[] {
  const groups = Object.values(groupsOf(measured));
  return [
    '| migrations | | findings | per 100 | errors | per 100 | with at least one | per 100 |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...groups.map((group) => row(group.name, group.migrations, findingsOf(measured, group))),
    '',
  ];
}

export function row(name: string, migrations: number, findings: Findings): string {
  const errors = ofSeverity(findings, 'error').length;
  const cells = [findings.length, errors, filesOf(findings)].map((count) => numbers(count, migrations));
  return `| ${name} | ${migrations} | ${cells.join(' | ')} |`;
}

/** Each product with the key `deployment` as it deploys: those that promise nothing stop for a migration. */
export function asDeployed(measured: readonly Measured[]): Findings {
  const { rolling, others } = groupsOf(measured);
  return measured.flatMap((one) => [
    ...rolling.of(one, one.deployments.get('rolling') ?? []),
    ...others.of(one, one.deployments.get('downtime') ?? []),
  ]);
}

/** What the project's own words change. */
export function choiceSection(measured: readonly Measured[]): readonly string[] {
  const { all, rolling } = groupsOf(measured);
  const cells = (find: (one: Measured) => Findings) =>
    [all, rolling]
      .map((group) => numbers(total(measured.map((one) => group.of(one, find(one)).length)), group.migrations))
      .join(' | ');
  return [
    '| `deployment` | all | per 100 | under a rolling policy | per 100 |',
    '|---|---:|---:|---:|---:|',
    ...deployments.map((each) => `| \`${each}\` | ${cells((one) => one.deployments.get(each) ?? [])} |`),
    '',
    '| `preset` | all | per 100 | under a rolling policy | per 100 |',
    '|---|---:|---:|---:|---:|',
    ...presets.map((each) => `| \`${each}\` | ${cells((one) => one.presets.get(each) ?? [])} |`),
    '',
  ];
}

interface Sum {
  readonly releases: readonly JudgedRelease[];
  readonly files: readonly FilePath[];
  /** Findings where each migration is the only pending one. */
  readonly alone: number;
  readonly together: Findings;
}

export function releaseSection(measured: readonly Measured[]): readonly string[] {
  const some = measured.filter(({ releases }) => releases.length > 0);
  const rows = some.map((one) => {
    const { releases, history } = one;
    const files = releases.flatMap((each) => each.files);
    const alone = within(one.findings, new Set(files)).length;
    const together = releases.flatMap(({ findings }) => findings);
    return { name: history.name, releases, files, alone, together, rolling: history.rolling !== undefined };
  });
  const sum = (wanted: typeof rows): Sum => ({
    releases: wanted.flatMap(({ releases }) => releases),
    files: wanted.flatMap(({ files }) => files),
    alone: total(wanted.map(({ alone }) => alone)),
    together: wanted.flatMap(({ together }) => together),
  });
  const line = (name: string, { releases, files, alone, together }: Sum) =>
    `| ${name} | ${releases.length} | ${files.length} | ${numbers(alone, files.length)} | ${numbers(together.length, files.length)} | ${per100(ofSeverity(together, 'error').length, files.length)} |`;
  return [
    '| history | releases | new migrations | findings one by one | per 100 | by release | per 100 | errors per 100 |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map((each) => line(`${each.name} (${each.releases.map(({ version }) => version).join(', ')})`, each)),
    line('**with a rolling policy**', sum(rows.filter(({ rolling }) => rolling))),
    line('**all**', sum(rows)),
    '',
  ];
}
