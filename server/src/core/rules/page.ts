import { type ContractExample, type ContractRule, filesAfter } from '../contracts/rule.ts';
import type { RulePage } from '../service.ts';
import { contractRules, docsUrl, impactPage, rules } from './index.ts';
import type { Example, Rule, RuleInfo } from './rule.ts';

/** The page of a rule, generated from the rule itself; the same text stands under docs/rules. */
export function pageOf(id: string): RulePage | undefined {
  return rulePages().find((page) => page.id === id);
}

let pages: readonly RulePage[] | undefined;

export function rulePages(): readonly RulePage[] {
  pages ??= [
    ...rules.map((rule) => page(rule, sqlSections(rule))),
    ...contractRules.map((rule) => page(rule, contractSections(rule))),
  ];
  return pages;
}

interface Sections {
  /** Behind the explanation. */
  readonly facts: readonly string[];
  readonly examples: readonly string[];
  readonly silence: string;
}

function page(rule: RuleInfo, { facts, examples, silence }: Sections): RulePage {
  const { id, summary, severity, options, peers = [] } = rule;
  const sections = [
    `# ${id}`,
    summary,
    `Severity: ${severity}`,
    rule.explanation.trim(),
    ...facts,
    ...(examples.length === 0 ? [] : ['## Examples', ...examples]),
    ...(options === undefined ? [] : ['## Options', optionRows(rule)]),
    '## Messages',
    Object.values(rule.messages)
      .filter((text) => text !== '{problem}')
      .map((text) => `- ${text}`)
      .join('\n'),
    '## Silence it',
    silence,
    ...(peers.length === 0 ? [] : [`Elsewhere: ${peers.map((peer) => `\`${peer}\``).join(', ')}`]),
  ];
  return {
    id,
    summary,
    severity,
    markdown: `${sections.filter((each) => each !== '').join('\n\n')}\n`,
    docs: docsUrl(id),
  };
}

const everywhere = 'Everywhere, or as another severity: `rules.severity` in `schemaward.yaml`.';

function sqlSections(rule: Rule): Sections {
  return {
    facts: isAboutStatements(rule) ? [measured] : [],
    examples: rule.examples.map(example),
    silence: `One statement: \`-- schemaward-ignore ${rule.id}: <reason>\` above it. ${everywhere}`,
  };
}

function contractSections({ id, examples }: ContractRule): Sections {
  return {
    facts: [],
    examples: examples.map(contractExample),
    silence: `One place: \`// schemaward-ignore ${id}: <reason>\` above it. ${everywhere}`,
  };
}

function contractExample(each: ContractExample): string {
  const { title, file, earlier, before, movedTo, profile, fires } = each;
  const language = file.slice(file.lastIndexOf('.') + 1).replace(/^(avsc|avpr)$/, 'json');
  // An empty body leaves a blank line behind.
  const block = (words: string, text: string) =>
    `${words}\n\n\`\`\`${language}\n${text.replaceAll(/^[ \t]*\n/gm, '').trim()}\n\`\`\``;
  const now = Object.values(filesAfter(each));
  const texts = [
    ...(earlier === undefined ? [] : [block('Earlier', earlier)]),
    block(movedTo === undefined ? 'Before' : `Before, in \`${file}\``, before),
    ...now.map((text) => block(movedTo === undefined ? 'After' : `After, in \`${movedTo}\``, text)),
    ...(now.length === 0 ? ['After: the file is gone.'] : []),
  ];
  return `**${title}**: ${fires ? 'reported' : 'silent'} under \`${profile}\`\n\n${texts.join('\n\n')}`;
}

/** Rules that an impact stands behind; the hover and each finding name the very row. */
function isAboutStatements({ id }: Rule): boolean {
  return /^(schema|lock|tx|data)\//.test(id);
}

const measured = `What each statement locks, reads and writes was measured on PostgreSQL: [the impact table](${impactPage('postgresql')}).`;

function optionRows({ id, options = [] }: RuleInfo): string {
  const rows = options.map(
    ({ name, description, default: usual }) => `- \`${name}\` (default ${usual}): ${description}`,
  );
  return [...rows, '', `Under \`rules.options.${id}\` in \`schemaward.yaml\`.`].join('\n');
}

function example({ title, given, earlier = [], sql, target, fires }: Example): string {
  const before = [
    ...(given === undefined ? [] : [`-- released earlier\n${given.trim()}\n`]),
    ...earlier.map((each) => `-- earlier in this release\n${each.trim()}\n`),
  ];
  const own = before.length === 0 ? sql.trim() : `-- this migration\n${sql.trim()}`;
  const where = target === undefined ? '' : ` on version ${target}`;
  return `**${title}**: ${fires ? 'reported' : 'silent'}${where}\n\n\`\`\`sql\n${[...before, own].join('\n')}\n\`\`\``;
}
