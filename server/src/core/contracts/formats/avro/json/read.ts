import type { Span } from '../../../../model/text.ts';
import { type Piece, Pieces } from '../../../../text/pieces.ts';
import { elementEnd, mostNested } from './element.ts';
import { PlacedObject } from './placed.ts';
import type { Json, JsonMember, JsonObject, JsonProblem } from './value.ts';

/** Jackson, which reads schemas for Apache Avro, refuses what is nested deeper. It also bounds every recursion over a schema. */
export const deepest = 1000;

/** Objects in arrays that nothing is wrong with, with spans from their own beginning. */
export type Elements = Pieces<JsonObject>;

export function newElements(): Elements {
  // What stands inside is no element of its own: a text that is wrong would be read again by each of those around it.
  return new Pieces({ endOf: elementEnd, read: (text) => new Reader(text).whole() });
}

export interface ReadJson {
  /** What could be read, however much of the document is written yet. */
  readonly value: Json | undefined;
  /** In order. Without one that is not `harmless` Jackson reads the document, too. */
  readonly problems: readonly JsonProblem[];
}

/**
 * Reads what Apache Avro reads: JSON with comments, where the last of equal keys counts and nothing follows the value. A document
 * that is half written gives what stands there: a missing comma or bracket costs nothing but a problem.
 * @param elements what objects in arrays were read as: one text is read once, wherever it stands
 */
export function readJson(text: string, behind: 'nothing' | 'anything' = 'nothing', elements?: Elements): ReadJson {
  const reader = new Reader(text, elements);
  const value = reader.document(behind);
  return { value, problems: reader.problems };
}

const codes = {
  open: 123,
  close: 125,
  openArray: 91,
  closeArray: 93,
  quote: 34,
  comma: 44,
  colon: 58,
  slash: 47,
} as const;

class Reader {
  readonly problems: JsonProblem[] = [];
  private readonly text: string;
  private readonly elements: Elements | undefined;
  private last: Piece<JsonObject> | undefined = undefined;
  private at = 0;
  private depth = 0;
  private isLost = false;

  constructor(text: string, elements?: Elements) {
    this.text = text;
    this.elements = elements;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  document(behind: 'nothing' | 'anything'): Json | undefined {
    this.blank();
    if (this.at >= this.text.length) {
      this.problem(this.at, this.at, 'The document is empty.');
      return undefined;
    }
    const value = this.value();
    const end = this.at;
    const rest = this.text.slice(end).trim();
    if (rest !== '' && behind === 'nothing') {
      const start = end + this.text.slice(end).indexOf(rest);
      this.problem(start, start + rest.length, 'dangling content after end of schema');
    }
    return value;
  }

  private value(): Json | undefined {
    const code = this.text.charCodeAt(this.at);
    if (code === codes.open) return this.nested(() => this.object());
    if (code === codes.openArray) return this.nested(() => this.array());
    if (code === codes.quote) return this.string();
    return this.scalar();
  }

  /** Beyond the depth nothing is read, so that no document overflows the stack. */
  private nested(read: () => Json): Json {
    if (this.depth >= deepest) {
      this.problem(this.at, this.at + 1, `Nested deeper than ${deepest} levels, which Apache Avro does not read.`);
      return this.passOver();
    }
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** What is in the brackets that begin here counts as null, and what follows them is read. */
  private passOver(): Json {
    const start = this.at;
    let open = 0;
    do {
      const code = this.text.charCodeAt(this.at);
      if (code === codes.quote) this.string();
      else this.at += 1;
      if (code === codes.open || code === codes.openArray) open += 1;
      if (code === codes.close || code === codes.closeArray) open -= 1;
      this.blank();
    } while (open > 0 && this.at < this.text.length);
    // Of brackets that far from each other it is enough to know that they are too many.
    this.isLost ||= open > 0;
    return { kind: 'null', span: { start, end: this.at } };
  }

  private object(): Json {
    const start = this.at++;
    const members: JsonMember[] = [];
    for (let separated = true, first = true; ; first = false) {
      this.blank();
      const code = this.text.charCodeAt(this.at);
      if (code === codes.close) {
        if (separated && !first) this.expected('a name in quotes');
        this.at += 1;
        break;
      }
      if (this.at >= this.text.length || code === codes.closeArray) {
        this.unclosed(start, '}');
        break;
      }
      if (!separated) this.expected('a comma or }');
      if (code === codes.quote) members.push(this.member(members));
      else this.skip('a name in quotes');
      separated = this.comma();
    }
    return { kind: 'object', span: { start, end: this.at }, members };
  }

  private member(before: readonly JsonMember[]): JsonMember {
    const key = this.string();
    if (before.length < 64 && hasKey(before, key.value))
      this.problems.push({
        span: key.span,
        message: `The name "${key.value}" stands twice; the last one counts.`,
        harmless: true,
      });
    this.blank();
    if (this.text.charCodeAt(this.at) !== codes.colon) {
      this.expected('a colon');
      return { key: key.value, keySpan: key.span, value: undefined };
    }
    this.at += 1;
    this.blank();
    const value = this.endsHere() ? this.absent() : this.value();
    return { key: key.value, keySpan: key.span, value };
  }

  private array(): Json {
    const start = this.at++;
    const items: Json[] = [];
    for (let separated = true, first = true; ; first = false) {
      this.blank();
      const code = this.text.charCodeAt(this.at);
      if (code === codes.closeArray) {
        if (separated && !first) this.expected('a value');
        this.at += 1;
        break;
      }
      if (this.at >= this.text.length || code === codes.close) {
        this.unclosed(start, ']');
        break;
      }
      if (!separated) this.expected('a comma or ]');
      if (code === codes.comma) this.expected('a value');
      else {
        const value = this.element(code) ?? this.value();
        if (value !== undefined) items.push(value);
      }
      separated = this.comma();
    }
    return { kind: 'array', span: { start, end: this.at }, items };
  }

  /** An object whose own text says all of it: what that was read as before, it is here too. */
  private element(code: number): Json | undefined {
    const { elements, at: start } = this;
    if (elements === undefined || code !== codes.open || this.depth + mostNested > deepest) return undefined;
    const piece = elements.at(this.text, start, this.last);
    if (piece === undefined) return undefined;
    this.last = piece;
    this.at = start + piece.text.length;
    return new PlacedObject(piece, start);
  }

  /** Of an object that nothing is wrong with, and that ends where its text does. */
  whole(): JsonObject | undefined {
    const value = this.value();
    return value?.kind === 'object' && this.problems.length === 0 && this.at === this.text.length ? value : undefined;
  }

  /** Whether a comma stood here; it is behind us. */
  private comma(): boolean {
    this.blank();
    if (this.text.charCodeAt(this.at) !== codes.comma) return false;
    this.at += 1;
    return true;
  }

  private endsHere(): boolean {
    const code = this.text.charCodeAt(this.at);
    return this.at >= this.text.length || code === codes.comma || code === codes.close || code === codes.closeArray;
  }

  private absent(): undefined {
    this.expected('a value');
    return undefined;
  }

  /** A string ends at its line's end when nothing closes it: the rest of the document stays readable. */
  private string(): Json & { kind: 'string' } {
    const start = this.at++;
    let value = '';
    let from = this.at;
    for (; ; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === codes.quote) break;
      if (code > 31 && code !== 92) continue;
      if (Number.isNaN(code) || code === 10 || code === 13) {
        value += this.text.slice(from, this.at);
        this.problem(start, this.at, 'The string is not closed.');
        return { kind: 'string', span: { start, end: this.at }, value };
      }
      if (code !== 92) {
        this.problem(this.at, this.at + 1, 'A control character in a string has to be escaped.');
        continue;
      }
      value += this.text.slice(from, this.at) + this.escape();
      from = this.at + 1;
    }
    const rest = this.text.slice(from, this.at);
    this.at += 1;
    return { kind: 'string', span: { start, end: this.at }, value: value === '' ? rest : value + rest };
  }

  /** Ends on the last character of the escape. */
  private escape(): string {
    const start = this.at;
    const letter = this.text[start + 1] ?? '';
    const plain = escapes[letter];
    if (plain !== undefined) {
      this.at = start + 1;
      return plain;
    }
    const hex = letter === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.text.slice(start + 2, start + 6))?.[0] : undefined;
    if (hex !== undefined) {
      this.at = start + 5;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    this.problem(start, Math.min(start + 2, this.text.length), 'This escape does not exist in JSON.');
    return '';
  }

  private scalar(): Json | undefined {
    word.lastIndex = this.at;
    const text = word.exec(this.text)?.[0] ?? '';
    if (text === '') return this.skip('a value');
    const span = { start: this.at, end: this.at + text.length };
    this.at = span.end;
    if (text === 'null') return { kind: 'null', span };
    if (text === 'true' || text === 'false') return { kind: 'boolean', span, value: text === 'true' };
    if (number.test(text)) return { kind: 'number', span, text };
    this.problem(span.start, span.end, `${JSON.stringify(text)} is not JSON: strings stand in double quotes.`);
    return undefined;
  }

  /** What cannot begin here, one character of it. */
  private skip(wanted: string): undefined {
    word.lastIndex = this.at;
    const length = Math.max(1, word.exec(this.text)?.[0].length ?? 0);
    this.problem(this.at, this.at + length, `Expected ${wanted}.`);
    this.at += length;
    return undefined;
  }

  private blank(): void {
    for (; ; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === 32 || code === 10 || code === 13 || code === 9) continue;
      if (code !== codes.slash || !this.comment()) return;
    }
  }

  /** Ends on the last character of the comment. */
  private comment(): boolean {
    const next = this.text[this.at + 1];
    if (next !== '/' && next !== '*') return false;
    const end = next === '/' ? this.text.slice(this.at).search(/[\n\r]/) : this.text.indexOf('*/', this.at + 2) + 2;
    if (next === '*' && end < 2) this.problem(this.at, this.at + 2, 'The comment is not closed.');
    const last = next === '/' ? this.at + end : end;
    this.at = end < (next === '/' ? 0 : 2) ? this.text.length : last - 1;
    return true;
  }

  private unclosed(start: number, bracket: string): void {
    if (!this.isLost) this.problem(start, start + 1, `Nothing closes this: expected ${bracket}.`);
  }

  private expected(wanted: string): void {
    const start = Math.min(this.at, Math.max(0, this.text.length - 1));
    this.problem(start, Math.min(start + 1, this.text.length), `Expected ${wanted}.`);
  }

  private problem(start: number, end: number, message: string): void {
    const span: Span = { start, end };
    this.problems.push({ span, message });
  }
}

function hasKey(members: readonly JsonMember[], key: string): boolean {
  for (const one of members) if (one.key === key) return true;
  return false;
}

const word = /[^\s,:{}[\]"/]+/y;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
