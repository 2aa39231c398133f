import type { Finding } from '../model/finding.ts';
import { lockedTables } from '../rules/locked-tables.ts';
import type { ChangeContext } from '../rules/rule.ts';
import { written } from '../rules/support.ts';
import type { ObjectName } from '../schema/names.ts';

/** One change of a migration and what the rules say of it alone. */
export interface Said {
  readonly context: ChangeContext;
  readonly findings: readonly Finding[];
}

/** Without what other changes of the same migration make true anyway, and say better. */
export function withoutSuperseded(said: readonly Said[]): readonly Finding[] {
  const all = said.flatMap(({ findings }) => findings);
  if (all.length === 0 || said.length < 2) return all;
  const fates = fatesIn(said);
  const locked = all.some(isBrief) ? exclusivelyLocked(said) : new Set<number>();
  if (fates.size === 0 && locked.size === 0) return all;
  return said.flatMap(({ context, findings }, index) =>
    findings.filter((finding) => !(locked.has(index) && isBrief(finding)) && !isMoot(finding, context, index, fates)),
  );
}

/** Its lock is brief: what it costs is the wait for a lock, which the transaction may have by then. */
function isBrief({ rule }: Finding): boolean {
  return rule === 'lock/drop-index';
}

/** What becomes of a table in one migration: index of the change that does it. */
interface Fate {
  dropped?: number;
  emptied?: number;
  /** It has another name by now, and nothing stands under the old one. */
  renamed?: number;
}

function fatesIn(said: readonly Said[]): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>();
  const of = (name: ObjectName): Fate => {
    const fate = fates.get(written(name)) ?? {};
    fates.set(written(name), fate);
    return fate;
  };
  for (const [index, { context, findings }] of said.entries()) {
    const { change } = context.step;
    if (change.certainty === 'maybe') continue;
    if (change.kind === 'DropTable') of(change.table).dropped = index;
    else if (change.kind === 'Truncate') for (const table of change.tables) of(table).emptied ??= index;
    else if (change.kind === 'WriteRows' && change.verb === 'delete' && change.rows === 'all')
      of(change.table).emptied ??= index;
    else if (change.kind === 'RenameTable' && findings.some(({ rule }) => rule === 'schema/rename-table')) {
      const { schema } = change.table;
      const name = { ...(schema === undefined ? {} : { schema }), ...change.newName };
      fates.set(written(name), { ...fates.get(written(change.table)), renamed: index });
    }
  }
  return fates;
}

function isMoot(finding: Finding, context: ChangeContext, index: number, fates: ReadonlyMap<string, Fate>): boolean {
  const fate = fates.get(tableOf(context) ?? '');
  if (fate === undefined || context.step.change.kind === 'DropTable') return false;
  const isBreak = finding.rule.startsWith('schema/');
  const isLock = finding.rule.startsWith('lock/');
  if ((fate.dropped ?? -1) > index) return isBreak || isLock;
  if ((fate.emptied ?? index) < index && isLock) return true;
  // An older version cannot reach the table at all; data that is lost is lost all the same.
  return (fate.renamed ?? index) < index && isBreak && finding.rule !== 'schema/drop-column';
}

function tableOf(context: ChangeContext): string | undefined {
  const { change } = context.step;
  if (change.kind === 'DropIndex') return lockedTables(context)[0]?.name;
  return 'table' in change && change.table !== undefined ? written(change.table) : undefined;
}

/** Changes whose table is locked against reads and writes by an earlier change of their transaction. */
function exclusivelyLocked(said: readonly Said[]): ReadonlySet<number> {
  const held = new Set<string>();
  const found = new Set<number>();
  for (const [index, { context }] of said.entries()) {
    const { transaction } = context.step;
    if (transaction === undefined) continue;
    const tables = lockedTables(context).map(({ key }) => `${transaction} ${key}`);
    if (tables.length === 0) continue;
    if (tables.every((table) => held.has(table))) found.add(index);
    if (context.impact().locks.some(({ role, blocks }) => role === 'target' && blocks === 'reads-and-writes'))
      for (const table of tables) held.add(table);
  }
  return found;
}
