import type { FileContent, Span } from '../../../../model/text.ts';
import type { ContractToken } from '../../../language.ts';
import { tokensIn } from '../parse/avdl/token-list.ts';
import type { Token } from '../parse/avdl/tokens.ts';
import { readContent } from '../read.ts';
import { isPrimitive } from '../schema.ts';
import { deprecation } from '../verdict.ts';
import { idlKeywords, idlTypes } from './idl-words.ts';
import { type Mark, marksOf } from './marks.ts';
import { withoutQuotes } from './quotes.ts';

type Look = Pick<ContractToken, 'type' | 'modifiers'>;

const none: ContractToken['modifiers'] = [];
const declaration: ContractToken['modifiers'] = ['declaration'];
const deprecated: ContractToken['modifiers'] = ['declaration', 'deprecated'];

/** Made once: a long file has tens of thousands of tokens. */
const looks = {
  decorator: { type: 'decorator', modifiers: none },
  enum: { type: 'enum', modifiers: none },
  enumMember: { type: 'enumMember', modifiers: none },
  keyword: { type: 'keyword', modifiers: none },
  namespace: { type: 'namespace', modifiers: none },
  number: { type: 'number', modifiers: none },
  string: { type: 'string', modifiers: none },
  symbol: { type: 'enumMember', modifiers: declaration },
  type: { type: 'type', modifiers: none },
} satisfies Readonly<Record<string, Look>>;

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
  const span = withoutQuotes(text, mark.span);
  return span.start < span.end ? [{ span, type: look.type, modifiers: look.modifiers }] : [];
}

function lookOf(mark: Mark): Look | undefined {
  switch (mark.kind) {
    case 'type':
      return declared(mark.type.kind === 'enum' ? 'enum' : 'type', mark.type.doc, mark.type.props.has('deprecated'));
    case 'reference':
      return mark.schema.known?.kind === 'enum' ? looks.enum : looks.type;
    case 'primitive':
      return looks.type;
    case 'field':
      return declared('property', mark.field.doc, mark.field.props.has('deprecated'));
    case 'symbol':
      return looks.symbol;
    case 'preferred':
      return looks.enumMember;
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
  return { type, modifiers: deprecation(doc, said) === undefined ? declaration : deprecated };
}

function idlTokens(content: FileContent, marks: readonly Mark[]): readonly ContractToken[] {
  const found: ContractToken[] = [];
  const { text } = content;
  let end = 0;
  let next = 0;
  let before: Token | undefined;
  for (const token of tokensIn(content).all()) {
    const { span } = token;
    commentsIn(text, end, span.start, found);
    end = span.end;
    while ((marks[next]?.span.start ?? end) < span.start) next += 1;
    const mark = marks[next];
    const look = (mark?.span.start === span.start ? lookOf(mark) : undefined) ?? plainLook(before, token);
    if (look !== undefined) found.push({ span, type: look.type, modifiers: look.modifiers });
    before = token;
  }
  commentsIn(text, end, text.length, found);
  return found;
}

function plainLook(before: Token | undefined, token: Token): Look | undefined {
  switch (token.kind) {
    case 'string':
      return looks.string;
    case 'integer':
    case 'float':
      return looks.number;
    case 'mark':
      return token.text === '@' ? looks.decorator : undefined;
    case 'word':
      return wordLook(before, token);
    case 'end':
      return undefined;
  }
}

function wordLook(before: Token | undefined, { text, quoted }: Token): Look | undefined {
  if (before?.kind === 'mark' && before.text === '@') return looks.decorator;
  if (before?.kind === 'word' && before.text === 'namespace') return looks.namespace;
  if (quoted) return undefined;
  if (idlKeywords.has(text)) return looks.keyword;
  return idlTypes.has(text) || isPrimitive(text) ? looks.type : undefined;
}

const comment = /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Line by line, for a token is in one line. Most gaps are blank. */
function commentsIn(text: string, start: number, end: number, found: ContractToken[]): void {
  if (end - start < 2) return;
  const gap = text.slice(start, end);
  if (!gap.includes('/')) return;
  for (const { 0: whole, index } of gap.matchAll(comment))
    for (const { 0: line, index: at } of whole.matchAll(/[^\n\r]+/g))
      found.push({ span: trimmed(line, start + index + at), type: 'comment', modifiers: none });
}

function trimmed(line: string, start: number): Span {
  const blank = line.length - line.trimStart().length;
  return { start: start + Math.min(blank, line.length - 1), end: start + line.length };
}
