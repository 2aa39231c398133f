import { ByText } from './by-text.ts';
import { ownText } from './own.ts';

/** A part of a text that says by itself where it ends, and what it was read as. */
export class Piece<Value> {
  readonly text: string;
  readonly value: Value;
  /** What stood behind it last: mostly what stands behind it now. */
  next: Piece<Value> | undefined = undefined;

  constructor(text: string, value: Value) {
    this.text = text;
    this.value = value;
  }
}

/** How pieces are found in a text, and read. */
export interface PieceReader<Value> {
  /** Where the one that begins here would end. */
  readonly endOf: (text: string, start: number) => number | undefined;
  /** Undefined where it is no piece by itself. */
  readonly read: (text: string) => Value | undefined;
}

/** Pieces by their text, as long as somebody has them: one that stood anywhere before is not read again. */
export class Pieces<Value> {
  private readonly byText = new ByText<Piece<Value>>();
  private readonly reader: PieceReader<Value>;

  constructor(reader: PieceReader<Value>) {
    this.reader = reader;
  }

  /**
   * What begins at a place.
   * @param last the piece in front of it
   */
  at(text: string, start: number, last: Piece<Value> | undefined): Piece<Value> | undefined {
    const guess = last?.next;
    if (guess !== undefined && text.slice(start, start + guess.text.length) === guess.text) return guess;
    const end = this.reader.endOf(text, start);
    const piece = end === undefined ? undefined : this.pieceOf(text.slice(start, end));
    if (piece !== undefined && last !== undefined) last.next = piece;
    return piece;
  }

  private pieceOf(text: string): Piece<Value> | undefined {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const value = this.reader.read(text);
    if (value === undefined) return undefined;
    const piece = new Piece(ownText(text), value);
    this.byText.set(piece.text, piece);
    return piece;
  }
}
