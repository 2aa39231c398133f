import { tokenize } from './tokenize.ts';
import type { LexicalRules } from './tokens.ts';

/** Statements of ours begin with capitals; a project that writes small letters gets small letters. */
export function inCase(sql: string, upperCase: boolean, lexical: LexicalRules): string {
  return upperCase ? sql : lowered(sql, lexical);
}

/** Words without quotes fold to small letters anyway. Bodies between dollar quotes are SQL as well. */
function lowered(sql: string, lexical: LexicalRules): string {
  let result = '';
  let at = 0;
  for (const { kind, start, end, text } of tokenize(sql, lexical)) {
    result += sql.slice(at, start) + (kind === 'word' ? small(text) : kind === 'string' ? body(text, lexical) : text);
    at = end;
  }
  return result + sql.slice(at);
}

function small(word: string): string {
  return /^[A-Z_]+$/.test(word) ? word.toLowerCase() : word;
}

const tag = '$sw$';

function body(text: string, lexical: LexicalRules): string {
  if (!text.startsWith(tag) || !text.endsWith(tag)) return text;
  return tag + lowered(text.slice(tag.length, -tag.length), lexical) + tag;
}

/** Do these statements begin with capitals? Where none says it, they do. */
export function isUpperCase(statements: readonly string[]): boolean {
  const words = statements.map((text) => /^[A-Za-z]+/.exec(text)?.[0] ?? '');
  const small = words.filter((word) => word !== '' && word === word.toLowerCase()).length;
  return small * 2 <= words.length;
}
