import type { Finding, Note, RuleId } from '../model/finding.ts';
import { listed } from '../rules/support.ts';
import { equalData } from '../schema/equal.ts';
import { gravity } from './severity.ts';

/** What is told, and what stands in it: at the place of such a finding its fixes are offered all the same. */
export interface Gathered {
  readonly told: readonly Finding[];
  readonly within: readonly Finding[];
}

/**
 * What one remedy settles is told once. A plan that keeps the running version alive also spares it the wait, so the wait
 * becomes a sentence of the break. Columns and foreign keys of one table that meet the same end in one migration are one finding, and
 * so are dropped tables.
 * @param findings of one file, what is ignored left out, in order
 */
export function gathered(findings: readonly Finding[]): Gathered {
  const one = underPlans(findings);
  const two = byTable(one.told);
  return { told: two.told, within: [...one.within, ...two.within] };
}

const whole = (findings: readonly Finding[]): Gathered => ({ told: findings, within: [] });

/** Sentence about a wait, by its rule and message: those whose remedy is the same. */
const waitsToo: Readonly<Record<RuleId, Readonly<Record<string, string>>>> = {
  'lock/rewrite-table': { type: 'rewrites-too', index: 'rebuilds-too', timezone: 'rewrites-by-zone-too' },
  'lock/set-not-null-scan': { scans: 'scans-too' },
  'lock/add-primary-key': { blocks: 'keys-too' },
};

function underPlans(findings: readonly Finding[]): Gathered {
  const waits = findings.filter(({ rule, messageId }) => waitsToo[rule]?.[messageId] !== undefined);
  if (waits.length === 0) return whole(findings);
  const covered = new Map<Finding, Finding>();
  for (const wait of waits) {
    const cause = findings.find((each) => each !== wait && isCause(each, wait));
    if (cause !== undefined) covered.set(wait, cause);
  }
  const waitOf = new Map([...covered].map(([wait, cause]) => [cause, wait]));
  const told = findings.flatMap((finding) => {
    const wait = waitOf.get(finding);
    if (covered.has(finding)) return [];
    return wait === undefined ? [finding] : [withWait(finding, wait)];
  });
  return { told, within: [...covered.keys()] };
}

/** A finding of the same statement that is as grave at least, and has the same remedy. */
function isCause(cause: Finding, wait: Finding): boolean {
  if (gravity[cause.severity] < gravity[wait.severity] || !isOfOneStatement(cause, wait)) return false;
  if (wait.messageId === 'timezone') return isByZone(cause, wait);
  if (wait.rule === 'lock/add-primary-key') return isNumbered(cause, wait);
  return cause.rule.startsWith('schema/') && (isRequired(cause, wait) || isSamePlan(cause, wait));
}

/** A new column that is numbered row by row, and its key: filled in batches it gets that over an index. */
function isNumbered(cause: Finding, wait: Finding): boolean {
  return cause.rule === 'lock/rewrite-table' && cause.messageId === 'serial' && cause.object === wait.object;
}

/** Who says the time zone for the values' sake spares the rewrite as well. */
function isByZone(cause: Finding, wait: Finding): boolean {
  return cause.rule === 'data/lossy-cast' && cause.messageId === 'zone' && cause.object === wait.object;
}

function isSamePlan({ plan: a }: Finding, { plan: b }: Finding): boolean {
  return a !== undefined && b !== undefined && equalData(a, b);
}

/** A new column is required too early: no plan, a later release. */
function isRequired(cause: Finding, wait: Finding): boolean {
  return cause.rule === 'schema/set-not-null' && cause.messageId === 'added' && cause.object === wait.object;
}

function isOfOneStatement({ anchor: { statement: a } }: Finding, { anchor: { statement: b } }: Finding): boolean {
  return a !== undefined && a.nth === b?.nth && a.text === b.text;
}

/** Whoever waits for other statements as well stands there then. */
function withWait(cause: Finding, wait: Finding): Finding {
  const others = wait.related.filter(({ messageId }) => messageId === 'waits-too');
  return {
    ...cause,
    notes: [...(cause.notes ?? []), ...notesOf(wait)],
    related: [...cause.related, ...others],
  };
}

function notesOf({ rule, messageId, args, notes = [] }: Finding): readonly Note[] {
  const too = waitsToo[rule]?.[messageId];
  return too === undefined ? notes : [{ messageId: too, args }, ...notes];
}

/** Messages about a column, a dropped table or a foreign key that say nothing of it but its name. */
const sameEnd: Readonly<Record<RuleId, readonly string[]>> = {
  'schema/drop-column': ['drops', 'deletes'],
  'schema/drop-table': ['drops', 'deletes'],
  'schema/rename-column': ['renames'],
  'schema/drop-default': ['drops'],
  'schema/add-required-column': ['requires', 'fails'],
  'schema/set-not-null': ['requires', 'fails', 'guards', 'added'],
  'schema/change-column-type': ['narrows', 'changes'],
  'lock/rewrite-table': ['type'],
  'lock/add-foreign-key': ['blocks', 'held', 'held-both', 'self'],
};

function byTable(findings: readonly Finding[]): Gathered {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const end = endOf(finding);
    if (end !== undefined) groups.set(end, [...(groups.get(end) ?? []), finding]);
  }
  const several = [...groups.values()].filter(({ length }) => length > 1);
  if (several.length === 0) return whole(findings);
  const firsts = new Map(several.map(([first, ...others]) => [first, others]));
  const within = new Set(several.flatMap(([, ...others]) => others));
  const told = findings.flatMap((finding) => {
    if (within.has(finding)) return [];
    const others = firsts.get(finding);
    return others === undefined ? [finding] : [withOthers(finding, others)];
  });
  return { told, within: [...within] };
}

/** Equal for the columns and keys of one table of which the same is said; tables that one migration drops are gone together. */
function endOf({ rule, messageId, severity, args }: Finding): string | undefined {
  const { table, column, referenced } = args;
  if (sameEnd[rule]?.includes(messageId) !== true) return undefined;
  return [rule, messageId, severity, column === undefined && referenced === undefined ? '' : table].join(' ');
}

/** What distinguishes it from others that meet its end. */
function nameOf({ args: { column, table, constraint, referenced } }: Finding): string {
  return referenced === undefined ? String(column ?? table) : `${constraint} to ${referenced}`;
}

function withOthers(finding: Finding, others: readonly Finding[]): Finding {
  const objects = listed(others.map(nameOf), 8);
  const places = others.map(({ anchor, object }) => ({ anchor, messageId: 'same-too', args: { object } }));
  const [own = [], ...more] = [finding, ...others].map(({ notes }) => notes);
  const added = more
    .flatMap((notes = []) => notes)
    .filter(({ messageId }) => !own.some((note) => note.messageId === messageId));
  return {
    ...finding,
    notes: [...own, ...added.slice(0, 1), { messageId: 'objects-too', args: { objects } }],
    related: [...finding.related, ...places],
  };
}
