import type { Measured } from '../measure.ts';
import type { PeerFigures } from '../measure-peers.ts';
import { recordedOn } from '../recorded.ts';
import { asDeployed, choiceSection, findingsOf, groupSection, groupsOf, releaseSection } from './figures.ts';
import { ofSeverity, per100, total } from './numbers.ts';
import { peerSection } from './peers.ts';
import { readingSection } from './readings.ts';
import { historyTable, policyList, ruleTable } from './tables.ts';

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
  const { all, rolling } = groupsOf(measured);
  const findings = findingsOf(measured, all);
  const under = findingsOf(measured, rolling);
  return [
    '# Noise',
    '',
    'Written by `npm run noise`. What the rules of the preset `recommended` say of migrations that were reviewed, shipped and run:',
    `${findings.length} findings on ${all.migrations} migrations, ${per100(findings.length, all.migrations)} per 100; of the ${rolling.migrations} whose reviewers demand that the version before keeps`,
    `working, ${under.length}, ${per100(under.length, rolling.migrations)} per 100.`,
    '',
    ...deployedLines(measured),
    '## Method',
    '',
    'Each history is one that a published package ships, in the version named below, taken from Maven Central, PyPI or npm; nothing of',
    'it is kept here. Flyway histories are read as they are. Those of other tools are run by their own tool on native PostgreSQL',
    `${recordedOn}; what the server was told, as its log says, is split where the tool notes a migration as done: one SQL file for each.`,
    'Then every migration in turn is judged as the only pending one, with all before it released (what `check --all` does), with the',
    `default configuration and target version ${recordedOn}. Nothing is ignored, and no statistics of tables are known.`,
    '',
    'Run it again: `npm run noise` (needs Maven, a Java, a Python 3 with `venv`, npm and the registries; packages are fetched once, into',
    '`.cache`). `npm run noise -- --findings NAME` prints every finding of one history, and marks those under a rolling policy.',
    '',
    ...groupSection(measured),
    `Findings that say a statement fails, of statements that a server ran: ${findings.filter(({ rule }) => rule.startsWith('run/')).length}.`,
    '',
    '## Who promises rolling releases',
    '',
    'Most of the other products migrate when they start, with the version before stopped: their releases need no care for that version and',
    'its locks, and take none. What is said of them is true and was no harm. These say, in what they ship or in their published guides, that',
    'two versions run side by side; where such a policy begins in a history is our reading of it:',
    '',
    ...policyList(measured),
    'A project says how it deploys in `schemaward.yaml`:',
    '',
    ...choiceSection(measured),
    '## By release',
    '',
    'Judged one by one, everything before a migration counts as released, also what came in the same release. A repository knows better:',
    'what is not on the base branch or applied anywhere is one pending series. Here consecutive published versions tell which migrations',
    'each one brought, and these are judged together, as a reviewer of the release sees them.',
    '',
    ...releaseSection(measured),
    ...peerSection(measured, peers),
    '## By history',
    '',
    ...historyTable(measured),
    ...(unavailable.length === 0
      ? []
      : [...unavailable.map(({ name, reason }) => `Not measured: ${name} (${reason}).`), '']),
    ...noticeLines(measured),
    ...readingSection(measured),
    '## By rule: the sentence that defends it',
    '',
    'Counts of the whole, of the migrations under a rolling policy and of the others; how many of them were read, and of how many the reader',
    'said that he would act on them.',
    '',
    ...ruleTable(measured),
  ].join('\n');
}

/** What a user sees who has set one key. */
function deployedLines(measured: readonly Measured[]): readonly string[] {
  const { all, others } = groupsOf(measured);
  const told = asDeployed(measured);
  const beside = total(measured.map((one) => others.of(one, one.deployments.get('downtime') ?? []).length));
  const [errors, warnings] = (['error', 'warning'] as const).map((each) => ofSeverity(told, each).length);
  return [
    `With the one key \`deployment\` set as each product deploys (\`rolling\` for those ${all.migrations - others.migrations}, \`downtime\` for the others, which are taken to stop for a migration):`,
    `**${told.length} findings, ${per100(told.length, all.migrations)} per 100** (${errors} errors, ${warnings} warnings), of the others ${beside}, ${per100(beside, others.migrations)} per 100. That is what a user sees who says how`,
    'he deploys; it is not the number of the default, which takes everybody to deploy by and by, and which every other figure of this page',
    'is about.',
    '',
  ];
}

function noticeLines(measured: readonly Measured[]): readonly string[] {
  const notices = measured.flatMap((each) => each.notices);
  return notices.length === 0 ? [] : ['What was not examined:', '', ...notices.map((each) => `- ${each}`), ''];
}
