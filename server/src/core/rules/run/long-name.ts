import type { StatementId } from '../../model/text.ts';
import type { Origin } from '../../schema/catalog.ts';
import type { Ident, ObjectName } from '../../schema/names.ts';
import { overloadsOf } from '../../schema/routines.ts';
import type { StatementReading } from '../../sql/dialect.ts';
import { tokenize } from '../../sql/tokenize.ts';
import type { Token } from '../../sql/tokens.ts';
import { clip } from '../../text/bytes.ts';
import { hasRun } from '../../text/runs.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable } from '../support.ts';

export const longName = defineRule({
  id: 'run/long-name',
  scope: 'migration',
  severity: 'warning',
  summary: 'A name is longer than the server keeps: it is cut without an error.',
  messages: {
    cut: '{server} keeps {limit} bytes of a name, so this one becomes {name}. Say that, or choose a shorter one.',
    other:
      '{server} keeps {limit} bytes of a name, and so this one means {other}, which is cut to {name} as well: the statement {does}. Give the two names that differ earlier.',
    'made-here': '{object} was made here.',
  },
  explanation: `PostgreSQL cuts a name behind its 63rd byte, at a whole character, and says so only in a notice. Statements with the long name go on to work, because they are cut in the same way; what
reads the catalog finds the short one, and a schema that is compared with names in code differs. That alone is a hint.

Two names that agree so far are one. A plain \`CREATE\` of the second fails: that is \`run/duplicate-object\`. \`IF NOT EXISTS\` makes nothing instead, \`OR REPLACE\` replaces the first, and \`DROP\` and \`ALTER\` reach it,
all without an error: that is a warning. No fix is offered there: which names are meant is not in the text.

The replay cuts names as the server does. The quick fix writes the name that it becomes. Told once for each name of a migration.`,
  peers: ['squawk:identifier-too-long', 'pgsafe:identifier-too-long', 'safemigrate:identifier-too-long'],
  examples: [
    {
      title: '70 bytes',
      sql: `CREATE TABLE ${'t'.repeat(70)} (id int);`,
      fires: true,
    },
    {
      title: 'Two names that are one',
      sql: `CREATE TABLE t (a int, b int);\nCREATE INDEX IF NOT EXISTS ${'i'.repeat(70)}_a ON t (a);\nCREATE INDEX IF NOT EXISTS ${'i'.repeat(70)}_b ON t (b);`,
      fires: true,
    },
    { title: '63 bytes', sql: `CREATE TABLE ${'t'.repeat(63)} (id int);`, fires: false },
  ],
  *check(context) {
    const { lexical, displayName } = context.dialect;
    const { nameBytes } = lexical;
    if (nameBytes === undefined) return;
    const told = new Set<string>();
    const long = context.statements.filter(mayHoldLong);
    if (long.length > 0)
      for (const each of context.contexts)
        for (const { draft, text } of meantOthers(each, displayName, nameBytes)) {
          if (told.has(text)) continue;
          told.add(text);
          yield draft;
        }
    for (const { id, reading } of long) {
      if (!CHANGES.test(reading.verb)) continue;
      for (const { kind, start, end, text, value } of tokenize(id.text, lexical)) {
        if ((kind !== 'word' && kind !== 'quoted-name') || !isCut(text, value, nameBytes) || told.has(text)) continue;
        told.add(text);
        yield {
          messageId: 'cut',
          args: { server: displayName, limit: nameBytes, name: value },
          anchor: { file: context.migration.file, statement: id, span: { start, end } },
          object: value,
          severity: 'hint',
          compat: 'none',
          rollback: 'none',
          fixes: [{ id: 'write-cut-name', args: { name: value } }],
        };
      }
    }
  },
});

/** What gives names; others only use them. */
const CHANGES = /^(CREATE|ALTER|COMMENT)/;

/** Characters enough for more bytes than any name keeps. */
const enough = 21;
const QUOTED = new RegExp(`"[^"]{${enough}}`);

/** A reading is a function of the statement's text, so what is known of it holds as long as it does. */
function mayHoldLong({ id, reading }: { readonly id: StatementId; readonly reading: StatementReading }): boolean {
  const known = looked.get(reading);
  if (known !== undefined) return known;
  const found = mayBeLong(id.text);
  looked.set(reading, found);
  return found;
}

const looked = new WeakMap<StatementReading, boolean>();

function mayBeLong(text: string): boolean {
  return hasRun(text, enough, isOfWord) || (text.includes('"') && QUOTED.test(text));
}

/** `[\w$\u0080-\uffff]` */
function isOfWord(code: number): boolean {
  if (code >= 0x80 || code === 0x24 || code === 0x5f) return true;
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isCut(text: string, value: string, nameBytes: number): boolean {
  const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  return name.length >= value.length && clip(name, nameBytes).length < name.length;
}

interface Meant {
  readonly draft: Draft;
  /** As it is written. */
  readonly text: string;
}

/** Objects that a change reaches by a long name, and that were made under another one. */
function* meantOthers(context: ChangeContext, server: string, limit: number): Generator<Meant> {
  const { step, dialect } = context;
  const { change, reading, statement } = step;
  const does = doing(change);
  if (does === undefined || change.certainty === 'maybe' || !mayHoldLong({ id: statement, reading })) return;
  const isLong = ({ kind, text, value }: Token) =>
    (kind === 'word' || kind === 'quoted-name') && isCut(text, value, limit);
  for (const { name, origin } of reached(context)) {
    const own = tokenize(statement.text, dialect.lexical).find((token) => token.value === name && isLong(token));
    const maker = origin.statement.text;
    if (own === undefined || !mayBeLong(maker)) continue;
    const writings = tokenize(maker, dialect.lexical).filter(({ value }) => value === name);
    const other = writings.find((token) => isLong(token) && fold(token) !== fold(own));
    if (other === undefined || writings.some((token) => fold(token) === fold(own))) continue;
    const args = { server, limit, name, other: other.text, does };
    const draft: Draft = {
      messageId: 'other',
      args,
      anchor: at(step, own),
      object: name,
      compat: 'none',
      rollback: 'none',
      related: [context.madeAt(origin, 'made-here', { object: other.text })],
    };
    yield { draft, text: own.text };
  }
}

function fold({ kind, text }: Token): string {
  return kind === 'word' ? text.toLowerCase() : text;
}

/** What becomes of an object of the name; undefined where the server refuses, or only looks. */
function doing(change: ChangeContext['step']['change']): string | undefined {
  if ('ifNotExists' in change && change.ifNotExists) return 'makes nothing';
  if ('replace' in change && change.replace) return 'replaces that one';
  if (change.kind.startsWith('Drop')) return 'drops that one';
  return change.kind.startsWith('Create') ? undefined : 'changes that one';
}

/** What the change makes, replaces or alters, as far as it stands there already. */
function reached(context: ChangeContext): readonly { readonly name: string; readonly origin: Origin }[] {
  const { change } = context.step;
  const relation = (name: ObjectName | undefined) => {
    const found = name === undefined ? undefined : context.relation(name);
    return found?.kind === 'known' ? [{ name: found.value.name.name, origin: found.value.origin }] : [];
  };
  const beside = (owner: ObjectName, name: Ident | undefined) =>
    name === undefined ? [] : relation(owner.schema === undefined ? name : { ...name, schema: owner.schema });
  switch (change.kind) {
    case 'CreateIndex':
      return beside(change.table, change.index.name);
    case 'DropIndex':
    case 'RenameIndex':
      return relation(change.index);
    case 'CreateView':
    case 'DropView':
    case 'RenameView':
      return relation(change.view);
    case 'CreateSequence':
    case 'DropSequence':
    case 'AlterSequence':
      return relation(change.sequence);
    case 'CreateFunction':
    case 'DropFunction':
      return overloadsOf(context.before, change.fn).map(([, { name, origin }]) => ({ name: name.name, origin }));
    case 'DropConstraint':
    case 'RenameConstraint':
    case 'ValidateConstraint':
      return (knownTable(context, change.table)?.constraints ?? []).filter(
        ({ name }) => name === change.constraint.name,
      );
    default:
      return 'table' in change ? relation(change.table) : [];
  }
}
