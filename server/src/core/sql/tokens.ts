import type { Span } from '../model/text.ts';

/** The lexical habits of a dialect: all that the splitter and the tokenizer must know. */
export interface LexicalRules {
  readonly dollarQuotes: boolean;
  readonly backslashEscapes: 'never' | 'e-strings' | 'always';
  readonly nestedComments: boolean;
  readonly hashComments: boolean;
  readonly backtickNames: boolean;
  readonly bracketNames: boolean;
  /** `BEGIN ATOMIC ... END` bodies. */
  readonly atomicBodies: boolean;
  /** `COPY ... FROM STDIN` data up to `\.`, psql's `\` commands. */
  readonly copyData: boolean;
  /** Names are cut to so many bytes of UTF-8, as the engine does. */
  readonly nameBytes?: number;
}

export type TokenKind = 'word' | 'quoted-name' | 'string' | 'number' | 'operator' | 'punctuation' | 'parameter';

/** A token without comments and white space. Spans are relative to the text given. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** Folded: words in lower case (keywords and names), quoted names without quotes, none longer than the engine's. */
  readonly value: string;
}
