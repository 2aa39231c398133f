import { tokenize } from '../../sql/tokenize.ts';
import type { LexicalRules, Token } from '../../sql/tokens.ts';
import { type Fix, refuse } from '../fix.ts';
import { isRefusal, proposal, statementEdit } from './edits.ts';

/** INSERT INTO t VALUES (...): the columns that the history gives the table, as many as there are values. */
export const nameColumns: Fix = {
  id: 'name-columns',
  title: () => 'Name the columns',
  propose(context) {
    const change = context.change?.step.change;
    if (context.change === undefined || change?.kind !== 'WriteRows') return refuse('There is no INSERT here.');
    const found = context.change.table(change.table);
    if (found.kind !== 'known' || found.value.partial) return refuse('The columns of the table are not known here.');
    const columns = found.value.columns.map(({ name }) => name);
    const count = valuesBehind(context.statement.id.text.slice(change.table.span.end), context.lexical);
    if (count === undefined) return refuse('How many columns the query gives is not known here.');
    if (count > columns.length) return refuse(`It gives ${count} values, and the table has ${columns.length} columns.`);
    const { quoteName } = context.change.dialect.renderer;
    const list = ` (${columns.slice(0, count).map(quoteName).join(', ')})`;
    const { end } = change.table.span;
    const edit = statementEdit(context, { start: end, end }, list, 'Name the columns');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};

/** Values of the first row; undefined where no VALUES follows. */
function valuesBehind(text: string, lexical: LexicalRules): number | undefined {
  const tokens = tokenize(text, lexical, LOOKED_AT);
  if (tokens[0]?.value !== 'values' || tokens[1]?.text !== '(') return undefined;
  let [depth, count] = [0, 1];
  for (const { text: word } of tokens.slice(1) satisfies readonly Token[]) {
    if (word === '(' || word === '[') depth += 1;
    else if (word === ')' || word === ']') depth -= 1;
    else if (word === ',' && depth === 1) count += 1;
    if (depth === 0) return count;
  }
  return undefined;
}

/** A row of seed data is short, and there may be thousands behind it. */
const LOOKED_AT = 2_000;
