import type { Version } from '../../../format.ts';
import { resolve } from '../compare/resolution.ts';
import { newSession } from '../compare/session.ts';
import { type Json, printJson } from '../json/value.ts';
import type { AvroSet } from '../link.ts';
import { readTree } from '../read.ts';
import { sameDefault } from '../same.ts';
import type { EnumSchema, Field, NamedSchema, RecordSchema, Schema } from '../schema.ts';
import { sameField, sameType } from '../shape.ts';
import { listed, typeInWords } from './words.ts';

/** The element's past: the version that it is compared with, and the file it stands in. */
export interface Past {
  readonly name: string;
  readonly set: AvroSet;
  /** Of now. */
  readonly now: AvroSet;
  readonly path: string;
}

export function pastOf(now: AvroSet, path: string, { name, tree }: Version): Past {
  return { name, set: readTree(tree), now, path };
}

/** What became of a type since, for readers and for writers, where no finding says it. */
export function typeSince(past: Past, type: NamedSchema): string {
  const old = typeBefore(past, type);
  if (old === undefined) return `New since ${past.name}.`;
  const renamed = old.name.full === type.name.full ? '' : `Called \`${old.name.full}\` in ${past.name}. `;
  if (renamed === '' && sameType(type, old))
    return type.doc === old.doc ? `Unchanged since ${past.name}.` : onlyWords(past);
  return `${renamed}${differences(past, type, old)}${bothWays(past, type, old)}`;
}

export function fieldSince(past: Past, record: RecordSchema, field: Field): string {
  const owner = typeBefore(past, record);
  if (owner === undefined) return `New since ${past.name}, as is its record.`;
  if (owner.kind !== 'record') return `New since ${past.name}, where \`${owner.name.full}\` was no record.`;
  const old = fieldBefore(owner, field);
  if (old === undefined) return newField(past, field);
  if (old.name !== field.name) return renamedField(past, old, field);
  const [was, is] = [typeInWords(past.set, old.type), typeInWords(past.now, field.type)];
  if (was !== is) return `Was ${was} in ${past.name}. ${bothWays(past, field.type, old.type)}`;
  if (!sameDefault(field.default, old.default)) return newDefault(past, field.default, old.default);
  if (sameField(field, old) && field.doc === old.doc) return `Unchanged since ${past.name}.`;
  return onlyWords(past);
}

export function symbolSince(past: Past, type: EnumSchema, symbol: string): string {
  const old = typeBefore(past, type);
  if (old === undefined) return `New since ${past.name}, as is its enum.`;
  if (old.kind !== 'enum' || old.symbols.some(({ name }) => name === symbol)) return `Unchanged since ${past.name}.`;
  const effect =
    old.default === undefined ? 'fail on data that holds it' : `take their default \`${old.default.name}\` for it`;
  return `New since ${past.name}: readers that still use the old schema ${effect}.`;
}

/** By its name, in the same file if there is one; else by the name that an alias keeps. */
function typeBefore({ set, path }: Past, { name, aliases }: NamedSchema): NamedSchema | undefined {
  for (const full of [name.full, ...aliases.map((alias) => alias.name)]) {
    const here = set.files.get(path)?.types.get(full);
    if (here !== undefined) return here;
    for (const { types } of set.files.values()) {
      const found = types.get(full);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function fieldBefore({ fields }: RecordSchema, { name, aliases }: Field): Field | undefined {
  const names = [name, ...aliases.map((alias) => alias.name)];
  return names.map((each) => fields.find((one) => one.name === each)).find((one) => one !== undefined);
}

function newField({ name }: Past, { default: value }: Field): string {
  const skipped = 'Readers that still use the old schema skip it.';
  return value === undefined
    ? `New since ${name}, without a default: the new schema cannot read data written before. ${skipped}`
    : `New since ${name}, with a default: data written before reads as \`${shown(value)}\`. ${skipped}`;
}

function renamedField({ name }: Past, old: Field, { name: now }: Field): string {
  const readers =
    old.default === undefined
      ? `do not find \`${old.name}\` in new data and fail`
      : `take their default \`${shown(old.default)}\` instead of what \`${now}\` holds`;
  return `Called \`${old.name}\` in ${name}: by the alias the new schema reads data written before. Readers that still use the old schema ${readers}.`;
}

function newDefault({ name }: Past, now: Json | undefined, before: Json | undefined): string {
  const is = now === undefined ? 'It has no default any more' : 'Its default is new';
  const was = before === undefined ? 'there was none' : `it was \`${shown(before)}\``;
  const effect =
    now === undefined
      ? 'data without the field can no longer be read'
      : `data without the field reads as \`${shown(now)}\``;
  return `${is} since ${name}, where ${was}: ${effect}.`;
}

function onlyWords({ name }: Past): string {
  return `Only what is said about it changed since ${name}: data is read and written as before.`;
}

/** A long value is cut: the text shows it. */
function shown(value: Json): string {
  const text = printJson(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Members that came and went. */
function differences({ name }: Past, now: NamedSchema, old: NamedSchema): string {
  const [after, before] = [membersOf(now), membersOf(old)];
  const said = [
    phrase(
      [...after].filter((each) => !before.has(each)),
      'new',
    ),
    phrase(
      [...before].filter((each) => !after.has(each)),
      'gone',
    ),
  ].filter((each) => each !== '');
  return said.length === 0 ? `Changed since ${name}. ` : `Since ${name} ${said.join(', ')}. `;
}

function membersOf(type: NamedSchema): ReadonlySet<string> {
  if (type.kind === 'fixed') return new Set();
  return new Set((type.kind === 'record' ? type.fields : type.symbols).map(({ name }) => name));
}

function phrase(names: readonly string[], what: string): string {
  if (names.length === 0) return '';
  const more = names.length - 3;
  const words = names.slice(0, 3).map((each) => `\`${each}\``);
  return `${listed(more > 0 ? [...words, `${more} more`] : words)} ${names.length > 1 ? 'are' : 'is'} ${what}`;
}

function bothWays({ set, now }: Past, after: Schema, before: Schema): string {
  const backward = resolve(newSession(now, set), after, before).incompatibilities.length === 0;
  const forward = resolve(newSession(set, now), before, after).incompatibilities.length === 0;
  const readers = 'readers that still use the old schema';
  if (backward && forward) return `The new schema reads data written before, and ${readers} read new data.`;
  if (backward) return `The new schema reads data written before; ${readers} cannot read all new data.`;
  if (forward) return `The new schema cannot read all data written before; ${readers} read new data.`;
  return `The new schema cannot read all data written before, nor can ${readers} read new data.`;
}
