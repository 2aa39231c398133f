import type { Finding, RuleId } from '../model/finding.ts';
import { strongLocks } from '../rules/held-locks.ts';
import type { ChangeContext } from '../rules/rule.ts';
import type { Gathered } from './one-remedy.ts';

/**
 * Who waits for how long: equal for changes that keep the same relations locked until one transaction ends.
 * Undefined where nobody waits, or where every statement commits by itself.
 */
export function waitOf(context: ChangeContext): string | undefined {
  const { transaction } = context.step;
  const locks = transaction === undefined ? [] : strongLocks(context);
  if (locks.length === 0) return undefined;
  const relations = new Set(locks.map(({ relation }) => relation));
  return [transaction, ...[...relations].sort()].join(' ');
}

/**
 * One wait is told once: what a rule says again of the same relations behind it in the transaction becomes a related place
 * of the first finding, and so does a scan or build behind a rewrite, which reads every row and builds every index.
 * @param findings of one file, what is ignored left out, in order
 */
export function gatheredByWait(findings: readonly Finding[]): Gathered {
  const first = new Map<string, Finding>();
  const more = new Map<Finding, Finding[]>();
  const told: Finding[] = [];
  for (const finding of findings) {
    const names = namesOf(finding);
    if (names.length === 0) {
      told.push(finding);
      continue;
    }
    const known = names.map((name) => first.get(name)).find((each) => each !== undefined && !isBeside(each, finding));
    if (known === undefined) {
      told.push(finding);
      for (const name of names.slice(0, 1)) if (!first.has(name)) first.set(name, finding);
    } else more.set(known, [...(more.get(known) ?? []), finding]);
  }
  if (more.size === 0) return { told: findings, within: [] };
  return {
    told: told.map((finding) => withMore(finding, more.get(finding) ?? [])),
    within: [...more.values()].flat(),
  };
}

/** Of one statement, where each part has a remedy of its own. */
function isBeside({ anchor: { statement: a } }: Finding, { anchor: { statement: b } }: Finding): boolean {
  return a?.nth === b?.nth && a?.text === b?.text;
}

const rewrite: RuleId = 'lock/rewrite-table';

/** Work that a rewrite does as well. */
const withinRewrite: ReadonlySet<RuleId> = new Set<RuleId>([
  'lock/add-check',
  'lock/add-primary-key',
  'lock/add-unique',
  'lock/create-index',
  'lock/set-not-null-scan',
]);

/** Builds of an index that have one remedy, and keep readers out as well. */
const builds: Readonly<Record<RuleId, string>> = {
  'lock/add-primary-key': 'blocks',
  'lock/add-unique': 'blocks',
  'lock/create-index': 'held',
};

/** Its own name, and that of the rewrite that would cover it. */
function namesOf({ wait, rule, messageId, severity }: Finding): readonly string[] {
  if (wait === undefined) return [];
  const kind = rule === rewrite ? rewrite : builds[rule] === messageId ? 'build' : `${rule} ${messageId}`;
  const own = `${kind} ${severity} ${wait}`;
  return withinRewrite.has(rule) ? [own, `${rewrite} ${severity} ${wait}`] : [own];
}

function withMore(finding: Finding, more: readonly Finding[]): Finding {
  if (more.length === 0) return finding;
  const places = more.map(({ anchor, object }) => ({ anchor, messageId: 'waits-too', args: { object } }));
  return { ...finding, related: [...finding.related, ...places] };
}
