import type { Span } from '../../../../../model/text.ts';
import type { SchemaProblem } from '../../schema.ts';

export interface Token {
  readonly kind: 'word' | 'string' | 'integer' | 'float' | 'mark' | 'end';
  /** Of a word without its backticks, of a string what it says. */
  readonly text: string;
  readonly span: Span;
  /** Words between backticks are no keywords. */
  readonly quoted: boolean;
  /** The documentation comment right before it. */
  readonly doc: string | undefined;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly problems: readonly SchemaProblem[];
}

/** All tokens of a text, the end included. */
export function tokenize(text: string): Tokens {
  const lexer = new Lexer(text);
  const tokens: Token[] = [];
  do tokens.push(lexer.next());
  while (tokens.at(-1)?.kind !== 'end');
  return { tokens, problems: lexer.problems };
}

/**
 * Words, literals and marks of Avro IDL. What begins none of them is passed over, as Apache's lexer does; it is told, for it is hardly
 * meant. The character `SUB` ends the text.
 */
export class Lexer {
  readonly problems: SchemaProblem[] = [];
  /** Behind the last token. */
  at: number;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  next(): Token {
    const { text } = this;
    let doc: string | undefined;
    while (this.at < text.length && text[this.at] !== '\u001a') {
      const gap = gapAt(text, this.at);
      if (gap !== undefined) {
        if (gap.startsWith('/**') && gap.length > 4) doc = docText(gap);
        this.at += gap.length;
        continue;
      }
      const start = this.at;
      const token = tokenAt(text, start);
      if (token !== undefined) {
        const [kind, written, value] = token;
        this.at += written.length;
        return { kind, text: value, span: { start, end: this.at }, quoted: kind === 'word' && value !== written, doc };
      }
      this.at += lengthOfNothing(text, start);
      this.problems.push({
        span: { start, end: this.at },
        message: `${JSON.stringify(text.slice(start, this.at))} means nothing here.`,
        harmless: true,
      });
    }
    return { kind: 'end', text: '', span: { start: this.at, end: this.at }, quoted: false, doc };
  }
}

/** Blanks or a comment; the first character says whether it is worth a look. */
function gapAt(text: string, at: number): string | undefined {
  const first = text.charCodeAt(at);
  if (first === 47) return matchAt(comments, text, at);
  return first <= 32 ? matchAt(blanks, text, at) : undefined;
}

type Found = readonly [kind: Token['kind'], written: string, value: string];

/** The longest of what may begin here; a number before a word, for `NaN` is both. */
function tokenAt(text: string, at: number): Found | undefined {
  const first = text.charAt(at);
  if (first === '"') {
    const string = matchAt(strings, text, at);
    return string === undefined ? undefined : ['string', string, unescaped(string.slice(1, -1))];
  }
  if (onlyMarks.includes(first)) return ['mark', first, first];
  const word = matchAt(words, text, at);
  if (word !== undefined && onlyWords.test(first)) return ['word', word, word.replaceAll('`', '')];
  const float = matchAt(floats, text, at);
  const integer = matchAt(integers, text, at);
  const lengths = [word, float, integer].map((one) => one?.length ?? 0);
  const most = Math.max(...lengths);
  if (integer?.length === most) return ['integer', integer, integer];
  if (float?.length === most) return ['float', float, float];
  if (word !== undefined) return ['word', word, word.replaceAll('`', '')];
  return marks.includes(first) ? ['mark', first, first] : undefined;
}

/** What a token might have begun with, and the character that it breaks off at. */
function lengthOfNothing(text: string, at: number): number {
  return Math.min((matchAt(beginnings, text, at)?.length ?? 0) + 1, text.length - at);
}

const beginnings =
  /\/\*[\s\S]*|\/|"(?:[^\\\n\r\b\f\t"]|\\(?:[nrbft\\'"0-7]|u[\da-fA-F]{4}))*(?:\\(?:u[\da-fA-F]{0,3})?)?|\+(?:\d+|\.|Na?|Inf?i?n?i?t?)?|`(?:[\p{XID_Start}_][\p{XID_Continue}]*)?/uy;

const marks = '(){}[]:;,@=.-?<>';
/** No number begins with them. */
const onlyMarks = '(){}[]:;,@=?<>';
const onlyWords = /[A-HJ-MO-Za-z_`]/;
const blanks = /[ \t\n\r\f]+/y;
/** An empty comment (slash, two stars, slash) with the end of another one behind it is documentation up to there, as Apache's lexer has it. */
const comments = /\/\/[^\n\r]*(?:\n|\r\n?|$)|\/\*\*[\s\S]*?\*\/|\/\*\*\/|\/\*[^*][\s\S]*?\*\//y;
const part = '[\\p{XID_Start}_][\\p{XID_Continue}]*';
const words = new RegExp(`(?:\`${part}\`|${part})(?:[.-](?:\`${part}\`|${part}))*`, 'uy');
const integers = /-?(?:[1-9]\d*|0[xX][\da-fA-F]+|0[0-7]*)[lL]?/y;
const floats =
  /[+-]?(?:NaN|Infinity|0[xX](?:[\da-fA-F]+\.?|[\da-fA-F]*\.[\da-fA-F]+)[pP][+-]?\d+[fFdD]?|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?|\d+(?:[eE][+-]?\d+[fFdD]?|[fFdD]))/y;
const strings = /"(?:[^\\\n\r\b\f\t"]|\\(?:[nrbft\\'"]|[0-3][0-7][0-7]|[0-7][0-7]?|u[\da-fA-F]{4}))*"/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|([0-7]{1,3})|([\s\S]))/g,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return escapes[letter ?? ''] ?? letter ?? '';
    },
  );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', b: '\b', f: '\f', t: '\t' };

/** Without its marks, its stars and the indent that its lines share. */
function docText(comment: string): string {
  const text = comment.slice(3, -2).trim();
  const stars = /^(\*{1,2})[^\n\r]*(?:\r?\n[ \t]*\1[^\n\r]*)*$/.exec(text)?.[1];
  if (stars !== undefined)
    return text.replace(stars === '*' ? /(^|\n)[ \t]*\*[ \t]?/g : /(^|\n)[ \t]*\*\*[ \t]?/g, '$1');
  const indent = /^[^\n]*\n([ \t]*)/.exec(text)?.[1] ?? '';
  const lines = text.split('\n');
  return lines.slice(1).every((line) => line.startsWith(indent))
    ? lines.map((line, at) => (at === 0 ? line : line.slice(indent.length))).join('\n')
    : text;
}
