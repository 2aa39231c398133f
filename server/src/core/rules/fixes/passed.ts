import type { SchemaChange } from '../../schema/change.ts';
import { mentions } from '../../schema/mentions.ts';
import type { ObjectName } from '../../schema/names.ts';
import type { EditContext } from '../fix.ts';

/**
 * A statement that runs later and would not find what it found before, when this one ran behind it: the name of an object
 * that both make, take or rename. In words, for a refusal.
 */
export function passed({ statement, later }: EditContext): string | undefined {
  const own = statement.reading.changes;
  const touched = new Set(own.flatMap(namesOf));
  const made = new Set(own.flatMap(madeOrTaken));
  const fills = own.some(({ kind }) => kind === 'RefreshView' || kind === 'WriteRows');
  const needs = laterWith(later, [...touched, ...made]).find((change) => {
    if (fills && movesRows(change)) return true;
    if (madeOrTaken(change).some((name) => made.has(name))) return true;
    return isDecisive(change) && namesOf(change).some((name) => touched.has(name));
  });
  return needs === undefined ? undefined : inWords(needs);
}

/** The same for what the statement makes, where only something that is done to it comes behind. */
export function goneLater({ statement, later }: EditContext): string | undefined {
  const touched = new Set(statement.reading.changes.flatMap(namesOf));
  const gone = laterWith(later, [...touched]).find(
    (change) => endsName(change) && namesOf(change).some((name) => touched.has(name)),
  );
  return gone === undefined ? undefined : inWords(gone);
}

function laterWith(later: EditContext['later'], words: readonly string[]): readonly SchemaChange[] {
  return words.length === 0 ? [] : later(words);
}

/** What it reads or writes may be what the moved statement fills. */
function movesRows(change: SchemaChange): boolean {
  const { kind } = change;
  return kind === 'WriteRows' || kind === 'CreateTable' || kind === 'CreateView' || kind === 'RefreshView';
}

/** What changes a name or ends an object; a foreign key needs the unique index of the table that it points to. */
function isDecisive(change: SchemaChange): boolean {
  if (endsName(change)) return true;
  if (change.kind === 'AddConstraint')
    return change.constraint.usingIndex !== undefined || change.constraint.references !== undefined;
  return change.kind === 'SetTableSchema' || change.kind === 'ValidateConstraint' || change.kind === 'RunSql';
}

function endsName({ kind }: SchemaChange): boolean {
  return /^(Drop|Rename|Detach)/.test(kind) && !/Default|NotNull/.test(kind);
}

function namesOf(change: SchemaChange): readonly string[] {
  const relations = mentions(change).flatMap((each) => (each.kind === 'relation' ? [each.name.name] : []));
  return [...relations, ...madeOrTaken(change)];
}

/** Indexes, constraints and enum values by their bare names. */
function madeOrTaken(change: SchemaChange): readonly string[] {
  switch (change.kind) {
    case 'CreateIndex':
      return change.index.name === undefined ? [] : [change.index.name.name];
    case 'DropIndex':
    case 'RenameIndex':
      return [change.index.name];
    case 'AddConstraint': {
      const { name, usingIndex } = change.constraint;
      return [name, usingIndex].flatMap((each) => each?.name ?? []);
    }
    case 'DropConstraint':
    case 'RenameConstraint':
    case 'ValidateConstraint':
      return [change.constraint.name];
    default:
      return [];
  }
}

function inWords(change: SchemaChange): string {
  const table = 'table' in change && change.table !== undefined ? ` on ${nameOf(change.table)}` : '';
  const own = madeOrTaken(change).map((name) => ` ${name}`);
  return `${change.kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}${own.join('')}${table}`;
}

function nameOf({ name }: ObjectName): string {
  return name;
}
