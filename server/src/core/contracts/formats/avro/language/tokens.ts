import type { FileContent, Span } from '../../../../model/text.ts';
import type { ContractToken } from '../../../language.ts';
import { type Token, tokenize } from '../parse/avdl/tokens.ts';
import { readContent } from '../read.ts';
import { isPrimitive } from '../schema.ts';
import { deprecation } from '../verdict.ts';
import { idlKeywords, idlTypes } from './idl-words.ts';
import { type Mark, marksOf } from './marks.ts';

type Look = Pick<ContractToken, 'type' | 'modifiers'>;

/** Names by what they are; of IDL also the rest, which nothing else colours. */
export function tokensOf(content: FileContent): readonly ContractToken[] {
  const file = readContent(content);
  if (file === undefined) return [];
  const { list } = marksOf(file);
  return file.syntax === 'idl' ? idlTokens(content, list) : list.flatMap((mark) => nameToken(content, mark));
}

function nameToken({ text }: FileContent, mark: Mark): readonly ContractToken[] {
  const look = lookOf(mark);
  if (look === undefined) return [];
  const isString = text[mark.span.start] === '"';
  const start = isString ? mark.span.start + 1 : mark.span.start;
  const end = isString && mark.span.end > start && text[mark.span.end - 1] === '"' ? mark.span.end - 1 : mark.span.end;
  return start < end ? [{ span: { start, end }, ...look }] : [];
}

function lookOf(mark: Mark): Look | undefined {
  switch (mark.kind) {
    case 'type':
      return declared(mark.type.kind === 'enum' ? 'enum' : 'type', mark.type.doc, mark.type.props.has('deprecated'));
    case 'reference':
      return { type: mark.schema.known?.kind === 'enum' ? 'enum' : 'type', modifiers: [] };
    case 'primitive':
      return { type: 'type', modifiers: [] };
    case 'field':
      return declared('property', mark.field.doc, mark.field.props.has('deprecated'));
    case 'symbol':
      return { type: 'enumMember', modifiers: ['declaration'] };
    case 'preferred':
      return { type: 'enumMember', modifiers: [] };
    case 'message':
      return declared('method', mark.message.doc, false);
    case 'protocol':
      return declared('namespace', mark.protocol.doc, false);
    case 'default':
    case 'alias':
    case 'logical':
    case 'import':
      return undefined;
  }
}

function declared(type: ContractToken['type'], doc: string | undefined, said: boolean): Look {
  const isDeprecated = deprecation(doc, said) !== undefined;
  return { type, modifiers: isDeprecated ? ['declaration', 'deprecated'] : ['declaration'] };
}

function idlTokens(content: FileContent, marks: readonly Mark[]): readonly ContractToken[] {
  const named = new Map(marks.map((mark) => [mark.span.start, mark]));
  const found: ContractToken[] = [];
  const { text } = content;
  const { tokens } = tokenize(text);
  let end = 0;
  for (const [at, token] of tokens.entries()) {
    found.push(...commentsIn(text, end, token.span.start));
    end = token.span.end;
    const mark = named.get(token.span.start);
    const look = (mark === undefined ? undefined : lookOf(mark)) ?? plainLook(tokens, at, token);
    if (look !== undefined) found.push({ span: token.span, ...look });
  }
  found.push(...commentsIn(text, end, text.length));
  return found;
}

function plainLook(tokens: readonly Token[], at: number, token: Token): Look | undefined {
  switch (token.kind) {
    case 'string':
      return { type: 'string', modifiers: [] };
    case 'integer':
    case 'float':
      return { type: 'number', modifiers: [] };
    case 'mark':
      return token.text === '@' ? { type: 'decorator', modifiers: [] } : undefined;
    case 'word':
      return wordLook(tokens[at - 1], token);
    case 'end':
      return undefined;
  }
}

function wordLook(before: Token | undefined, { text, quoted }: Token): Look | undefined {
  if (before?.kind === 'mark' && before.text === '@') return { type: 'decorator', modifiers: [] };
  if (before?.kind === 'word' && before.text === 'namespace') return { type: 'namespace', modifiers: [] };
  if (quoted) return undefined;
  if (idlKeywords.has(text)) return { type: 'keyword', modifiers: [] };
  return idlTypes.has(text) || isPrimitive(text) ? { type: 'type', modifiers: [] } : undefined;
}

const comment = /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Line by line, for a token is in one line. */
function commentsIn(text: string, start: number, end: number): readonly ContractToken[] {
  if (end - start < 2) return [];
  const gap = text.slice(start, end);
  return [...gap.matchAll(comment)].flatMap(({ 0: whole, index }) =>
    [...whole.matchAll(/[^\n\r]+/g)].map(({ 0: line, index: at }): ContractToken => {
      const from = start + index + at;
      return { span: trimmed(line, from), type: 'comment', modifiers: [] };
    }),
  );
}

function trimmed(line: string, start: number): Span {
  const blank = line.length - line.trimStart().length;
  return { start: start + Math.min(blank, line.length - 1), end: start + line.length };
}
