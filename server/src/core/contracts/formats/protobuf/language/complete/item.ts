import type { CompletionKind, ContractCompletion } from '../../../../language.ts';
import type { Context } from './context.ts';

/** A completion of the last word of what is being typed, or of all of it. */
export function item(
  { offset, typed, string }: Context,
  kind: CompletionKind,
  label: string,
  detail: string,
  insert = label,
  { whole = false, documentation = '' } = {},
): ContractCompletion {
  const length = whole ? typed.length : typed.length - typed.lastIndexOf('.') - 1;
  return { label, kind, detail, documentation, replace: string ?? { start: offset - length, end: offset }, insert };
}

/** `;` where nothing follows on the line. */
export function ending({ text, offset }: Context): string {
  return /^[ \t]*(?:\r?\n|$)/.test(text.slice(offset, offset + 200)) ? ';' : '';
}
