import type { Span } from '../../../../model/text.ts';

/** JSON with the place of everything. Offsets in the text as it is written. */
export type Json = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

export interface JsonObject {
  readonly kind: 'object';
  readonly span: Span;
  /** In order; of equal keys the last one counts. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  /** With its quotes. */
  readonly keySpan: Span;
  /** Undefined where it is not written yet. */
  readonly value: Json | undefined;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly Json[];
}

export interface JsonString {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}

export interface JsonNumber {
  readonly kind: 'number';
  readonly span: Span;
  /** As written: a default is compared by what stands there, not by what a double makes of it. */
  readonly text: string;
}

export interface JsonBoolean {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

export interface JsonNull {
  readonly kind: 'null';
  readonly span: Span;
}

export interface JsonProblem {
  readonly span: Span;
  readonly message: string;
  /** Worth telling, though every reader accepts it: a key that stands twice. */
  readonly harmless?: true;
}

/** The member of this name that counts. */
export function member(object: JsonObject, key: string): JsonMember | undefined {
  const { members } = object;
  for (let at = members.length - 1; at >= 0; at -= 1) if (members[at]?.key === key) return members[at];
  return undefined;
}

/** Name to end of value. */
export function memberSpan({ keySpan, value }: JsonMember): Span {
  return { start: keySpan.start, end: value?.span.end ?? keySpan.end };
}

export function valueAt(object: JsonObject, key: string): Json | undefined {
  return member(object, key)?.value;
}

export function spanAt(object: JsonObject, key: string): Span | undefined {
  const found = member(object, key);
  return found === undefined ? undefined : memberSpan(found);
}

/** The text of a string member; undefined for anything else. */
export function textOf(object: JsonObject, key: string): string | undefined {
  const value = valueAt(object, key);
  return value?.kind === 'string' ? value.value : undefined;
}

/** Written without fraction and exponent. */
export function isIntegral({ text }: JsonNumber): boolean {
  return /^-?\d+$/.test(text);
}

/** An integral number between the two, both included. */
export function isIntegerWithin(value: Json, least: bigint, most: bigint): boolean {
  if (value.kind !== 'number' || !isIntegral(value)) return false;
  const number = value.text.length < 15 ? Number(value.text) : BigInt(value.text);
  return number >= least && number <= most;
}

/** Compact JSON as Apache's messages show it. */
export function printJson(value: Json): string {
  switch (value.kind) {
    case 'object':
      return `{${distinct(value).map(({ key, value: of }) => `${JSON.stringify(key)}:${of === undefined ? 'null' : printJson(of)}`)}}`;
    case 'array':
      return `[${value.items.map(printJson)}]`;
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
  }
}

/** The same value: members in any order, numbers of one kind by value. */
export function sameJson(one: Json, other: Json): boolean {
  if (one.kind === 'array') return other.kind === 'array' && sameItems(one.items, other.items);
  if (one.kind === 'object') return other.kind === 'object' && sameMembers(distinct(one), distinct(other));
  if (one.kind === 'string') return other.kind === 'string' && one.value === other.value;
  if (one.kind === 'boolean') return other.kind === 'boolean' && one.value === other.value;
  if (one.kind === 'number') return other.kind === 'number' && sameNumber(one, other);
  return other.kind === 'null';
}

function sameNumber(one: JsonNumber, other: JsonNumber): boolean {
  if (isIntegral(one) !== isIntegral(other)) return false;
  return isIntegral(one) ? BigInt(one.text) === BigInt(other.text) : Object.is(Number(one.text), Number(other.text));
}

function sameItems(one: readonly Json[], other: readonly Json[]): boolean {
  return one.length === other.length && one.every((item, at) => sameAt(item, other[at]));
}

function sameMembers(one: readonly JsonMember[], other: readonly JsonMember[]): boolean {
  if (one.length !== other.length) return false;
  const values = new Map(other.map(({ key, value }) => [key, value]));
  return one.every(({ key, value }) => values.has(key) && sameAt(value, values.get(key)));
}

function sameAt(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sameJson(one, other);
}

/** Members at the place of the first of their key, with the value of the last. */
export function distinct({ members }: JsonObject): readonly JsonMember[] {
  const byKey = new Map<string, JsonMember>();
  for (const one of members) byKey.set(one.key, one);
  return byKey.size === members.length ? members : [...byKey.values()];
}
