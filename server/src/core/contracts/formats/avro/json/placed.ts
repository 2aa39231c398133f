import type { Span } from '../../../../model/text.ts';
import type { Piece } from '../../../../text/pieces.ts';
import type { Json, JsonMember, JsonObject } from './value.ts';

/**
 * An object at a place of a text, as its own text was read: many places share one reading, and an edit of the text around it
 * leaves that as it is. Where its members stand is worked out when somebody asks.
 */
export class PlacedObject implements JsonObject {
  readonly kind = 'object';
  /** With spans from its own beginning. */
  readonly piece: Piece<JsonObject>;
  readonly start: number;
  private placed: readonly JsonMember[] | undefined = undefined;

  constructor(piece: Piece<JsonObject>, start: number) {
    this.piece = piece;
    this.start = start;
  }

  get span(): Span {
    return placeSpan(this.piece.value.span, this.start);
  }

  get members(): readonly JsonMember[] {
    this.placed ??= this.piece.value.members.map((one) => placeMember(one, this.start));
    return this.placed;
  }
}

export function placeSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

export function placeJson(json: Json, by: number): Json {
  const span = placeSpan(json.span, by);
  switch (json.kind) {
    case 'object':
      return { kind: 'object', span, members: json.members.map((one) => placeMember(one, by)) };
    case 'array':
      return { kind: 'array', span, items: json.items.map((item) => placeJson(item, by)) };
    default:
      return { ...json, span };
  }
}

function placeMember({ key, keySpan, value }: JsonMember, by: number): JsonMember {
  return { key, keySpan: placeSpan(keySpan, by), value: value === undefined ? undefined : placeJson(value, by) };
}
