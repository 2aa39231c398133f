import type { FileContent } from '../../../../../model/text.ts';
import { type Piece, Pieces } from '../../../../../text/pieces.ts';
import { placeSpan } from '../../json/placed.ts';
import type { SchemaProblem } from '../../schema.ts';
import { Lexer, type Token, tokenize } from './tokens.ts';

/** Tokens up to a semicolon, behind which nothing of them matters any more; with spans from the piece's own beginning. */
export type Statement = readonly Token[];

export type Statements = Pieces<Statement>;

export function newStatements(): Statements {
  return new Pieces({ endOf: statementEnd, read: readStatement });
}

/** A row of tokens: of a piece that was read before, or what stands between two of those. */
interface Stretch {
  /** Number of its first token in the file. */
  readonly first: number;
  readonly start: number;
  readonly piece: Piece<Statement> | undefined;
  /** Undefined: the piece's, that nobody has asked for yet. */
  tokens: readonly Token[] | undefined;
  readonly count: number;
}

export interface PlacedStatement {
  readonly piece: Piece<Statement>;
  readonly start: number;
}

/** Tokens in a row, the end included. */
export interface TokenRow {
  readonly length: number;
  at(index: number): Token | undefined;
  /** The piece that begins with a token. */
  statementAt?(index: number): PlacedStatement | undefined;
}

/** The tokens of a file. An edit leaves most pieces as they were, and most of their tokens are never asked for. */
export class TokenList implements TokenRow {
  readonly problems: readonly SchemaProblem[];
  readonly length: number;
  private readonly stretches: readonly Stretch[];
  /** Place of the stretch that was asked last. */
  private current = 0;

  constructor(text: string, statements?: Statements) {
    const lexer = new Lexer(text);
    const stretches: Stretch[] = [];
    let length = 0;
    let last: Piece<Statement> | undefined;
    for (let isOver = false; !isOver; ) {
      const start = lexer.at;
      const piece = statements?.at(text, start, last);
      const tokens = piece === undefined ? tokensOfOne(lexer) : undefined;
      const count = tokens?.length ?? piece?.value.length ?? 0;
      stretches.push({ first: length, start, piece, tokens, count });
      length += count;
      if (piece !== undefined) {
        lexer.at += piece.text.length;
        last = piece;
      }
      isOver = tokens?.at(-1)?.kind === 'end';
    }
    this.stretches = stretches;
    this.length = length;
    this.problems = lexer.problems;
  }

  at(index: number): Token | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const stretch = this.stretchOf(index);
    return tokensOf(stretch)[index - stretch.first];
  }

  statementAt(index: number): PlacedStatement | undefined {
    const { first, piece, start } = this.stretchOf(index);
    return first === index && piece !== undefined ? { piece, start } : undefined;
  }

  all(): readonly Token[] {
    return this.stretches.flatMap(tokensOf);
  }

  /** Mostly the one of the last time, or the next. */
  private stretchOf(index: number): Stretch {
    let stretch = this.stretches[this.current] as Stretch;
    while (index >= stretch.first + stretch.count) stretch = this.stretches[++this.current] as Stretch;
    while (index < stretch.first) stretch = this.stretches[--this.current] as Stretch;
    return stretch;
  }
}

function tokensOf(stretch: Stretch): readonly Token[] {
  stretch.tokens ??= (stretch.piece?.value ?? []).map((token) => ({
    ...token,
    span: placeSpan(token.span, stretch.start),
  }));
  return stretch.tokens;
}

let last: { readonly content: FileContent; readonly list: TokenList } | undefined;

/** Of a whole file. Those of the last one are kept: what has just been read is what an editor wants coloured. */
export function tokensIn(content: FileContent, statements?: Statements): TokenList {
  if (last?.content !== content) last = { content, list: new TokenList(content.text, statements) };
  return last.list;
}

function tokensOfOne(lexer: Lexer): readonly Token[] {
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === 'end' || isSemicolon(token)) return tokens;
  }
}

function isSemicolon({ kind, text }: Token): boolean {
  return kind === 'mark' && text === ';';
}

const longest = 4096;

/** Up to a semicolon outside strings and comments. */
function statementEnd(text: string, start: number): number | undefined {
  ends.lastIndex = start;
  for (let found = ends.exec(text); found !== null && found.index - start < longest; found = ends.exec(text))
    if (found[0] === ';') return ends.lastIndex;
  return undefined;
}

const ends = /;|"(?:[^\\\n\r"]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;

/**
 * What is read to the last character without a problem is read so wherever it stands; but for an empty comment, which may go on, and
 * a byte order mark, which is one at the beginning of a file alone.
 */
function readStatement(text: string): Statement | undefined {
  const { tokens, problems } = tokenize(text);
  const [last, end] = tokens.slice(-2);
  const isWhole = last !== undefined && isSemicolon(last) && last.span.end === text.length && end?.kind === 'end';
  const mayGoOn = text.includes('/**/') || text.startsWith('\ufeff');
  return isWhole && problems.length === 0 && !mayGoOn ? tokens.slice(0, -1) : undefined;
}
