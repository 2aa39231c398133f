import type { Proposal, ProposedEdit, ProposedFile, Refusal } from '../../model/proposal.ts';
import type { FilePath, Span } from '../../model/text.ts';
import { inCase } from '../../sql/keyword-case.ts';
import { spanToWritten, touchesSubstitution } from '../../text/mapped.ts';
import { type EditContext, emptyProposal, refuse } from '../fix.ts';
import { passed } from './passed.ts';

/** An edit of words of the statement (relative to its start), or a refusal where a placeholder stands there. */
export function statementEdit(
  context: EditContext,
  relative: Span,
  newText: string,
  label: string,
): ProposedEdit | Refusal {
  const { mapped, statement, file } = context;
  const span = { start: statement.span.start + relative.start, end: statement.span.start + relative.end };
  if (touchesSubstitution(mapped, span)) return refuse('A placeholder stands in these words, and no fix edits it.');
  return { path: file.path, span: spanToWritten(mapped, span), newText, label };
}

export function isRefusal(value: object): value is Refusal {
  return 'kind' in value && value.kind === 'refusal';
}

/** Takes the whole statement out of its file, with its `;` and its line when nothing else stands there. */
export function removeStatement(context: EditContext, label: string): ProposedEdit | Refusal {
  const { mapped, statement, file } = context;
  const { text } = mapped;
  if (touchesSubstitution(mapped, statement.span))
    return refuse('The statement holds a placeholder, and no fix moves it.');
  const needed = passed(context);
  if (needed !== undefined)
    return refuse(
      `It would move behind a statement that needs it where it is: ${needed}.`,
      'Split the file at this place by hand.',
    );
  let { start, end } = statement.span;
  const close = /^\s*;/.exec(text.slice(end, end + 200));
  if (close !== null) end += close[0].length;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end));
  if (/^[ \t]*$/.test(text.slice(lineStart, start)) && rest !== null) {
    start = lineStart;
    end += rest[0].length;
  }
  return { path: file.path, span: spanToWritten(mapped, { start, end }), newText: '', label };
}

/** A statement of ours, in capitals or small letters as the project writes. */
export function cased({ upperCase, lexical }: EditContext, sql: string): string {
  return inCase(sql, upperCase, lexical);
}

/** A migration file with these statements, ended as the project ends its lines. */
export function newMigration(
  context: EditContext,
  description: string,
  sql: readonly string[],
  nth: number,
  transactional: boolean,
  label: string,
): ProposedFile {
  const path = context.newFile({ description, nth });
  return {
    path,
    role: 'migration',
    text: `${sql.map((each) => `${each.replace(/;\s*$/, '')};`).join('\n')}\n`.replaceAll(/\r?\n/g, context.eol),
    transactional,
    label,
  };
}

/** What CONCURRENTLY needs of the tool: its lock off, so that it does not hang. */
export function lockOff(context: EditContext): Pick<Proposal, 'creates' | 'configEdits'> {
  const setting = context.tool.concurrentlySetting(context.project, context.files);
  if (setting === undefined) return { creates: [], configEdits: [] };
  const label = 'Set the transactional lock to false, so that CONCURRENTLY does not wait for ever';
  if (setting.creates)
    return {
      creates: [{ path: setting.path, role: 'config', text: setting.newText, transactional: true, label }],
      configEdits: [],
    };
  return { creates: [], configEdits: [{ path: setting.path, span: setting.span, newText: setting.newText, label }] };
}

/** The script configuration that a migration needs, where the tool does not see by itself that it needs one. */
export function outsideConfig(
  { tool, project }: EditContext,
  path: FilePath,
  statements: readonly string[],
): readonly ProposedFile[] {
  const config = tool.outsideTransaction(project, path, statements);
  const label = 'Script configuration of this migration';
  return config === undefined ? [] : [{ ...config, role: 'config', transactional: true, label }];
}

export function proposal(parts: Partial<Proposal>): Proposal {
  return { ...emptyProposal(), ...parts };
}

export function isAlone({ statements }: EditContext): boolean {
  return statements.filter(({ kind }) => kind === 'sql').length === 1;
}

/** Statements of ours behind all that the migration does. */
export function appendStatements(context: EditContext, sql: readonly string[], label: string): ProposedEdit | Refusal {
  const { mapped, statements, file, eol } = context;
  const last = statements.findLast(({ kind }) => kind === 'sql');
  if (last === undefined) return refuse('The migration has no statement.');
  const close = /^\s*;/.exec(mapped.text.slice(last.span.end, last.span.end + 200));
  const end = last.span.end + (close?.[0].length ?? 0);
  const text = `${close === null ? ';' : ''}${sql.map((each) => `${eol}${each};`).join('')}`;
  const at = { start: end, end };
  if (touchesSubstitution(mapped, at)) return refuse('A placeholder stands at the end of the migration.');
  return { path: file.path, span: spanToWritten(mapped, at), newText: text, label };
}
