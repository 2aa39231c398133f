import type { RulePage } from '../service.ts';
import { docsUrl, impactPage, ruleById, rules } from './index.ts';
import type { Example, Rule } from './rule.ts';

/** The page of a rule, generated from the rule itself; the same text stands under docs/rules. */
export function pageOf(id: string): RulePage | undefined {
  const rule = ruleById(id);
  return rule === undefined ? undefined : page(rule);
}

export function rulePages(): readonly RulePage[] {
  return rules.map(page);
}

function page(rule: Rule): RulePage {
  return {
    id: rule.id,
    summary: rule.summary,
    severity: rule.severity,
    markdown: markdown(rule),
    docs: docsUrl(rule.id),
  };
}

function markdown(rule: Rule): string {
  const sections = [
    `# ${rule.id}`,
    rule.summary,
    `Severity: ${rule.severity}`,
    rule.explanation.trim(),
    ...(isAboutStatements(rule) ? [measured] : []),
    ...(rule.examples.length === 0 ? [] : ['## Examples', ...rule.examples.map(example)]),
    ...(rule.options === undefined ? [] : ['## Options', optionRows(rule)]),
    '## Messages',
    Object.values(rule.messages)
      .filter((text) => text !== '{problem}')
      .map((text) => `- ${text}`)
      .join('\n'),
    '## Silence it',
    `One statement: \`-- schemaward-ignore ${rule.id}: <reason>\` above it. Everywhere, or as another severity: \`rules.severity\` in \`schemaward.yaml\`.`,
    ...(rule.peers === undefined || rule.peers.length === 0
      ? []
      : [`Elsewhere: ${rule.peers.map((peer) => `\`${peer}\``).join(', ')}`]),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Rules that an impact stands behind; the hover and each finding name the very row. */
function isAboutStatements({ id }: Rule): boolean {
  return /^(schema|lock|tx|data)\//.test(id);
}

const measured = `What each statement locks, reads and writes was measured on PostgreSQL: [the impact table](${impactPage('postgresql')}).`;

function optionRows({ id, options = [] }: Rule): string {
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
