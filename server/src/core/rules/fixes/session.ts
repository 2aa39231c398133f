import { spanToWritten } from '../../text/mapped.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import { cased, isRefusal, proposal, statementEdit } from './edits.ts';

/** Long enough to get a lock between two queries, short enough for those who wait behind. */
const usual = "'5s'";

export const setLockTimeout: Fix = {
  id: 'set-lock-timeout',
  title: () => 'Limit the wait for locks to five seconds',
  propose(context, { inside, replaces }) {
    const { text } = context.statement.id;
    const isInside = Number(inside) === 1;
    const set = cased(context, `SET ${isInside ? 'LOCAL ' : ''}lock_timeout = ${usual}`);
    const label = 'Give up and try again rather than make everybody wait';
    if (Number(replaces) === 1) {
      const edit = statementEdit(context, { start: 0, end: text.length }, set, label);
      return isRefusal(edit) ? edit : proposal({ edits: [edit] });
    }
    const before = statementEdit(context, { start: 0, end: 0 }, `${set};${context.eol}`, label);
    if (isRefusal(before)) return before;
    if (isInside) return proposal({ edits: [before] });
    return proposal({ edits: [before, atEnd(context, 'lock_timeout')] });
  },
};

export const setLocalInstead: Fix = {
  id: 'set-local',
  title: () => 'Use SET LOCAL, which ends with the transaction',
  propose(context) {
    const written = /^SET(\s+SESSION)?(?=\s)/i.exec(context.statement.id.text);
    if (written === null) return refuse('It is not written as SET.', 'Pass true as the last argument of set_config.');
    const words = written[0].startsWith('s') ? 'set local' : 'SET LOCAL';
    const edit = statementEdit(context, { start: 0, end: written[0].length }, words, 'Only for this transaction');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};

export const resetSetting: Fix = {
  id: 'reset-setting',
  title: ({ name }) => `RESET ${name} at the end`,
  propose: (context, { name }) => proposal({ edits: [atEnd(context, String(name))] }),
};

export const setSessionInstead: Fix = {
  id: 'set-session',
  title: ({ name }) => `Use SET, and RESET ${name} at the end`,
  propose(context, { name }) {
    const written = /^SET\s+LOCAL(?=\s)/i.exec(context.statement.id.text);
    if (written === null) return refuse('It is not written as SET LOCAL.');
    const words = written[0].startsWith('s') ? 'set' : 'SET';
    const edit = statementEdit(context, { start: 0, end: written[0].length }, words, 'For the whole session');
    return isRefusal(edit) ? edit : proposal({ edits: [edit, atEnd(context, String(name))] });
  },
};

/** A RESET as the last statement of the file; what stands open there is closed. */
function atEnd(context: EditContext, name: string) {
  const { file, mapped, statements, eol } = context;
  const last = statements.at(-1);
  const end = last === undefined ? mapped.text.length : last.span.end;
  const isClosed = /^\s*;/.test(mapped.text.slice(end));
  const at = isClosed ? mapped.text.indexOf(';', end) + 1 : end;
  const span = spanToWritten(mapped, { start: at, end: at });
  const newText = `${isClosed ? '' : ';'}${eol}${cased(context, `RESET ${name};`)}`;
  return { path: file.path, span, newText, label: 'The migrations behind it begin as this one did' };
}
