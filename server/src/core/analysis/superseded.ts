import type { Finding } from '../model/finding.ts';
import type { RelationLock } from '../model/impact.ts';
import { lockedTables } from '../rules/locked-tables.ts';
import type { ChangeContext } from '../rules/rule.ts';
import { knownColumn, written } from '../rules/support.ts';
import { typeCompatibility } from '../rules/type-compatibility.ts';
import type { ChangeOf, SchemaChange } from '../schema/change.ts';

/** What the rules say of one change of a migration alone. */
interface Said {
  readonly findings: readonly Finding[];
}

/** Without what other changes of the same migration make true anyway, and say better. */
export function withoutSuperseded(contexts: readonly ChangeContext[], said: readonly Said[]): readonly Finding[] {
  const all = said.flatMap(({ findings }) => findings);
  if (all.length === 0 || said.length < 2) return all;
  const fates = fatesIn(contexts, said);
  const locked = all.some(isBrief) ? exclusivelyLocked(contexts) : new Set<number>();
  if (fates.size === 0 && locked.size === 0) return all;
  return contexts.flatMap((context, index) =>
    (said[index]?.findings ?? []).filter(
      (finding) => !(locked.has(index) && isBrief(finding)) && !isMoot(finding, context, index, fates),
    ),
  );
}

/** Its lock is brief: what it costs is the wait for a lock, which the transaction may have by then. */
function isBrief({ rule }: Finding): boolean {
  return rule === 'lock/drop-index';
}

/** What becomes of a table, or of a column, in one migration: index of the change that does it. */
interface Fate {
  dropped?: number;
  emptied?: number;
  /** An older version finds nothing under the name by which it knows the object: renamed, and nothing left behind. */
  hidden?: number;
  /** Dropped, and another column with its values and a type that takes them stands under the name in the end. */
  replaced?: true;
}

/** By name of a table, or `table.column`; what is renamed has one fate under both names. */
type Fates = ReadonlyMap<string, Fate>;

function fatesIn(contexts: readonly ChangeContext[], said: readonly Said[]): Fates {
  const fates = new Map<string, Fate>();
  const of = (name: string): Fate => {
    const fate = fates.get(name) ?? {};
    fates.set(name, fate);
    return fate;
  };
  const hide = (index: number, from: string, to: string) => {
    of(from).hidden ??= index;
    fates.set(to, of(from));
  };
  const isTold = (index: number, rule: string) => said[index]?.findings.some((each) => each.rule === rule) === true;
  for (const [index, context] of contexts.entries()) {
    const { change } = context.step;
    if (change.certainty === 'maybe') continue;
    if (change.kind === 'DropTable') of(written(change.table)).dropped = index;
    else if (change.kind === 'Truncate') for (const table of change.tables) of(written(table)).emptied ??= index;
    else if (change.kind === 'WriteRows' && change.verb === 'delete' && change.rows === 'all')
      of(written(change.table)).emptied ??= index;
    else if (change.kind === 'RenameTable' && isTold(index, 'schema/rename-table'))
      hide(index, written(change.table), written({ ...change.table, name: change.newName.name }));
    else if (change.kind === 'RenameColumn' && isTold(index, 'schema/rename-column')) {
      const table = written(change.table);
      hide(index, `${table}.${change.column.name}`, `${table}.${change.newName.name}`);
    } else if (change.kind === 'RenameColumn') {
      const fate = fates.get(`${written(change.table)}.${change.newName.name}`);
      if (fate?.dropped !== undefined && isCopy(contexts, fate.dropped, index)) fate.replaced = true;
    } else if (change.kind === 'DropColumn' && isTold(index, 'schema/drop-column'))
      of(`${written(change.table)}.${change.column.name}`).dropped = index;
  }
  return fates;
}

/** Was the column that a rename puts in the place of a dropped one filled from it, and does its type take all values? */
function isCopy(contexts: readonly ChangeContext[], dropped: number, renamed: number): boolean {
  const [drop, rename] = [contexts[dropped], contexts[renamed]];
  const [from, to] = [drop?.step.change, rename?.step.change];
  if (drop === undefined || rename === undefined || from?.kind !== 'DropColumn' || to?.kind !== 'RenameColumn')
    return false;
  const old = knownColumn(drop, from.table, from.column.name);
  const added = knownColumn(rename, to.table, to.column.name);
  if (old === undefined || added === undefined) return false;
  const verdict = typeCompatibility(old.type, added.type);
  const isFilled = contexts.slice(0, dropped).some(({ step }) => fills(step.change, to, old.name));
  return isFilled && (verdict === 'same' || verdict === 'wider');
}

function fills(change: SchemaChange, { table, column }: ChangeOf<'RenameColumn'>, from: string): boolean {
  return (
    change.kind === 'WriteRows' &&
    written(change.table) === written(table) &&
    change.fills.includes(column.name) &&
    (change.reads ?? []).some(({ columns }) => columns.some(({ name }) => name === from))
  );
}

function isMoot(finding: Finding, context: ChangeContext, index: number, fates: Fates): boolean {
  const { kind } = context.step.change;
  if (kind === 'DropTable' || kind === 'RenameTable') return false;
  const isBreak = finding.rule.startsWith('schema/');
  const isLock = finding.rule.startsWith('lock/');
  const table = fates.get(tableOf(context) ?? '');
  if (table !== undefined) {
    if ((table.dropped ?? -1) > index) return isBreak || isLock;
    if ((table.emptied ?? index) < index && isLock) return true;
  }
  // What breaks an older version, it breaks already; data that is lost is lost all the same.
  if (!isBreak) return false;
  if (kind === 'DropColumn') return fates.get(finding.object)?.replaced === true;
  if (table?.hidden !== undefined) return true;
  const column = fates.get(finding.object);
  return column?.dropped !== undefined || (column?.hidden !== undefined && column.hidden !== index);
}

function tableOf(context: ChangeContext): string | undefined {
  const { change } = context.step;
  if (change.kind === 'DropIndex') return lockedTables(context)[0]?.name;
  return 'table' in change && change.table !== undefined ? written(change.table) : undefined;
}

/** Changes whose table another change of their transaction locks against reads and writes, of drops of indexes the first. */
function exclusivelyLocked(contexts: readonly ChangeContext[]): ReadonlySet<number> {
  const first = new Map<string, number>();
  const locks = contexts.map((context) => exclusiveLocks(context));
  for (const [index, tables] of locks.entries()) {
    const isDrop = contexts[index]?.step.change.kind === 'DropIndex';
    for (const table of tables) {
      const known = first.get(table);
      if (known === undefined || (!isDrop && isDropAt(contexts, known))) first.set(table, index);
    }
  }
  const isCovered = (table: string, index: number) => (first.get(table) ?? index) !== index;
  return new Set(
    locks.flatMap((tables, index) =>
      tables.length > 0 && tables.every((table) => isCovered(table, index)) ? [index] : [],
    ),
  );
}

function isDropAt(contexts: readonly ChangeContext[], index: number): boolean {
  return contexts[index]?.step.change.kind === 'DropIndex';
}

/** Live tables that the change keeps from readers until its transaction ends. */
function exclusiveLocks(context: ChangeContext): readonly string[] {
  const { transaction } = context.step;
  if (transaction === undefined) return [];
  const tables = lockedTables(context).map(({ key }) => `${transaction} ${key}`);
  const isExclusive = ({ role, blocks }: RelationLock) => role === 'target' && blocks === 'reads-and-writes';
  return tables.length > 0 && context.impact().locks.some(isExclusive) ? tables : [];
}
