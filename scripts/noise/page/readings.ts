import type { ReportedFinding } from '#core/model/finding.ts';
import type { Measured } from '../measure.ts';
import { type Reading, readings, type Verdict, verdicts } from '../readings.ts';
import { groupsOf } from './figures.ts';
import { per100, total } from './numbers.ts';

const words: Readonly<Record<Verdict, string>> = {
  act: 'true, and the reader would ask for a change',
  harmless:
    'true, and no harm in that product: few rows, stopped for the migration, or the end of an expand and contract',
  twice: 'true, and another finding had the same remedy: one finding now',
  taste: 'true, and no ground to stop anybody: a hint now, which only `strict` tells',
  wrong: 'not true: the rule was mended, and its fixtures have the statement',
};

/** How many findings were read, and what came of it. */
export function readingSection(measured: readonly Measured[]): readonly string[] {
  const isRolling = rollingOf(measured);
  const under = readings.filter(isRolling);
  const others = readings.filter((each) => !isRolling(each));
  const count = (some: readonly Reading[], verdict: Verdict) => some.filter((each) => each.verdict === verdict).length;
  const unread = total(measured.map((one) => unreadIn(one).length));
  const acted = count(under, 'act');
  const { rolling } = groupsOf(measured);
  return [
    '## Read one by one',
    '',
    `An engineer of this project, not of the products, read ${readings.length} findings beside their statements and what the replay knows, and`,
    'asked of each: is it true, would I act on it, is it told twice, does something known settle it, is it as grave as it says? Read were all',
    `${under.length} on the migrations under a rolling policy, and ${others.length} drawn by lot from the others. Each has a line in`,
    '`scripts/noise/verdicts.tsv`. Of what is true, whether he would act was decided by product, table and kind of finding: a wait for a table',
    'that he takes to hold few rows in that product counts as harmless (`schemaward stats` knows it, he guessed by what the table is for), a',
    'break counts unless the file or the product says that its end of an expand and contract has come, and of the others, which are taken',
    'to stop for a migration, only what fails counts.',
    '',
    '| verdict | under a rolling policy | of the others |',
    '|---|---:|---:|',
    ...verdicts.map((each) => `| ${words[each]} | ${count(under, each)} | ${count(others, each)} |`),
    '',
    unread === 0
      ? 'Every finding that is told today under a rolling policy was read.'
      : `Told today under a rolling policy, and not read yet: ${unread}.`,
    '',
    `Of the ${rolling.migrations} migrations under a rolling policy ${acted} findings, ${per100(acted, rolling.migrations)} per 100, are ones that the reader would act on. A default with fewer`,
    'findings than that keeps silent about some of them.',
    '',
  ];
}

/** Findings under a policy that no line of `verdicts.tsv` is about. */
export function unreadIn({ history, root, rolling, findings }: Measured): readonly ReportedFinding[] {
  const read = new Set(readings.filter((each) => each.history === history.name).map(keyOf));
  return findings.filter(
    ({ path, rule, object }) =>
      rolling.has(path) && !read.has(keyOf({ migration: path.slice(root.length + 1), rule, object })),
  );
}

function keyOf({ migration, rule, object }: Pick<Reading, 'migration' | 'rule' | 'object'>): string {
  return [migration, rule, object].join('\t');
}

function rollingOf(measured: readonly Measured[]): (reading: Reading) => boolean {
  const paths = new Set(measured.flatMap(({ rolling }) => [...rolling]));
  const roots = new Map(measured.map(({ history, root }) => [history.name, root]));
  return ({ history, migration }) => paths.has(`${roots.get(history)}/${migration}`);
}
