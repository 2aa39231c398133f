import type { ProposedEdit, Refusal } from '../../model/proposal.ts';
import type { Span } from '../../model/text.ts';
import type { QualifiedName } from '../../schema/names.ts';
import { tokenize } from '../../sql/tokenize.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import { type Loss, lossesOf } from '../losses.ts';
import type { ChangeContext } from '../rule.ts';
import { cased, isRefusal, proposal, statementEdit } from './edits.ts';

/** What CASCADE drops, written out in the order of its dependencies: the same schema afterwards, and nothing unsaid. */
export const dropByName: Fix = {
  id: 'drop-by-name',
  title: () => 'Drop the dependents by name, without CASCADE',
  propose(context) {
    const { change, statement } = context;
    if (change === undefined) return refuse('The statement is not read.');
    if (
      !statement.reading.changes.every(({ kind }) => kind === change.step.change.kind) ||
      /^DO$/.test(statement.reading.verb)
    )
      return refuse('The statement does several things at once.', 'Split it first.');
    if (change.step.change.kind !== 'DropColumn' && statement.reading.changes.length > 1)
      return refuse('The statement drops several objects.', 'Drop each in a statement of its own first.');
    const drops = lossesOf(change).map((loss) => dropOf(change, loss));
    const last = drops.indexOf(undefined);
    if (last !== -1) return refuse('One of the dependents has no statement that would drop it alone.');
    const without = withoutCascade(context, change.step.change.span);
    if (isRefusal(without)) return without;
    const sql = drops.map((each) => `${cased(context, each ?? '')};${context.eol}`).join('');
    const front = statementEdit(context, { start: 0, end: 0 }, sql, 'Drop what depends on it first');
    return isRefusal(front) ? front : proposal({ edits: [front, without] });
  },
};

/** Takes the word out, which stands last in the change or behind all that the statement drops. */
function withoutCascade(context: EditContext, span: Span): ProposedEdit | Refusal {
  const { text } = context.statement.id;
  const words = tokenize(text, context.lexical);
  const at = words.findIndex(({ kind, value, start }) => kind === 'word' && value === 'cascade' && start >= span.start);
  const [word, previous] = [words[at], words[at - 1]];
  if (word === undefined || previous === undefined) return refuse('The word CASCADE does not stand in the statement.');
  return statementEdit(context, { start: previous.end, end: word.end }, '', 'Leave CASCADE out');
}

function dropOf(context: ChangeContext, loss: Loss): string | undefined {
  const { quoteName: q } = context.dialect.renderer;
  const name = ({ schema, name }: QualifiedName) =>
    schema === context.before.searchPath[0] ? q(name) : `${q(schema)}.${q(name)}`;
  if (loss.kind === 'object') {
    const { object } = loss;
    switch (object.kind) {
      case 'view':
        return `DROP ${object.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${name(object.name)}`;
      case 'table':
        return `DROP TABLE ${name(object.name)}`;
      case 'type':
        return `DROP ${object.form === 'domain' ? 'DOMAIN' : 'TYPE'} ${name(object.name)}`;
      case 'sequence':
        return `DROP SEQUENCE ${name(object.name)}`;
      case 'routine':
      case 'index':
      case 'statistics':
      case 'publication':
      case 'schema':
        return undefined;
      default: {
        const never: never = object;
        return never;
      }
    }
  }
  const table = name(loss.table.name);
  switch (loss.part) {
    case 'column':
      return `ALTER TABLE ${table} DROP COLUMN ${q(loss.name)}`;
    case 'constraint':
      return `ALTER TABLE ${table} DROP CONSTRAINT ${q(loss.name)}`;
    case 'policy':
    case 'rule':
      return `DROP ${loss.part.toUpperCase()} ${q(loss.name)} ON ${table}`;
    case 'trigger':
      return `DROP TRIGGER ${q(loss.name)} ON ${table}`;
    case 'default':
      return `ALTER TABLE ${table} ALTER COLUMN ${q(loss.name)} DROP DEFAULT`;
    case 'index':
      return `DROP INDEX ${name({ schema: loss.table.name.schema, name: loss.name })}`;
    default: {
      const never: never = loss.part;
      return never;
    }
  }
}
