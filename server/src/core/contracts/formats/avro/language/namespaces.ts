import type { Span } from '../../../../model/text.ts';
import type { Cursor, Refused, TreeEdit } from '../../../language.ts';
import { readJson } from '../json/read.ts';
import { type Json, valueAt } from '../json/value.ts';
import type { AvroSet } from '../link.ts';
import { nameFault } from '../names.ts';
import { tokensIn } from '../parse/avdl/token-list.ts';
import type { Token } from '../parse/avdl/tokens.ts';
import { readTree } from '../read.ts';
import type { AvroFile } from '../schema.ts';
import { type Mark, marksOf } from './marks.ts';
import { withoutQuotes } from './quotes.ts';

/** A namespace where it is said, not where a full name says it. */
export interface Namespace {
  readonly name: string;
  /** Without quotes. */
  readonly span: Span;
}

export function namespaceAt({ tree, path, offset }: Cursor): Namespace | undefined {
  const file = readTree(tree).files.get(path);
  if (file === undefined) return undefined;
  return namespacesIn(file).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** All types of the namespace move, in every file, and with them the full names that lead to them. */
export function renameNamespace(
  { tree }: Cursor,
  { name: old }: Namespace,
  now: string,
): readonly TreeEdit[] | Refused {
  const set = readTree(tree);
  const fault = faultOf(set, old, now);
  if (fault !== undefined) return { refused: fault };
  const label = `Rename namespace ${old} to ${now}: schema registries and some libraries know types by their full names`;
  return [...set.files].flatMap(([path, file]) =>
    editsIn(file, old, now).map((edit) => ({ path, span: edit.span, newText: edit.newText, label })),
  );
}

function faultOf(set: AvroSet, old: string, now: string): string | undefined {
  const part = now.split('.').find((each) => nameFault(each) !== undefined);
  if (part !== undefined) return `A namespace is names with dots between them: ${nameFault(part)}.`;
  if (now === old) return undefined;
  const types = [...set.files.values()].flatMap((file) => [...file.types.values()]);
  const there = new Set(types.map(({ name }) => name.full));
  const clash = types.find(({ name }) => name.space === old && there.has(`${now}.${name.simple}`));
  return clash === undefined ? undefined : `There is ${now}.${clash.name.simple} already.`;
}

interface Edit {
  readonly span: Span;
  readonly newText: string;
}

function editsIn(file: AvroFile, old: string, now: string): readonly Edit[] {
  if (now === old || !file.content.text.includes(old)) return [];
  const said = namespacesIn(file)
    .filter(({ name }) => name === old)
    .map(({ span }) => ({ span, newText: now }));
  return [...said, ...marksOf(file).list.flatMap((mark) => editsOf(file, mark, old, now))];
}

function editsOf({ content: { text } }: AvroFile, mark: Mark, old: string, now: string): readonly Edit[] {
  const prefix = mark.kind === 'type' || mark.kind === 'reference' || mark.kind === 'protocol';
  if (!prefix) return [];
  const { start } = withoutQuotes(text, mark.span);
  const isFull = mark.full.startsWith(`${old}.`) && !mark.full.slice(old.length + 1).includes('.');
  if (!isFull) return [];
  const isWritten = text.startsWith(`${old}.`, start);
  return [
    ...(isWritten ? [{ span: { start, end: start + old.length }, newText: now }] : []),
    ...(mark.kind === 'type' ? keptAliases(text, mark, old) : []),
  ];
}

/** An alias without namespace means a name of the type's own: the old name stays the old one. */
function keptAliases(text: string, { type }: Mark & { readonly kind: 'type' }, old: string): readonly Edit[] {
  return type.aliases
    .filter(({ span }) => !text.slice(span.start, span.end).includes('.'))
    .map(({ span }) => withoutQuotes(text, span))
    .map(({ start }) => ({ span: { start, end: start }, newText: `${old}.` }));
}

function namespacesIn({ content, syntax }: AvroFile): readonly Namespace[] {
  const { text } = content;
  if (!text.includes('namespace')) return [];
  if (syntax === 'idl') return inIdl(text, tokensIn(content).all());
  const { value } = readJson(text, 'anything');
  return value === undefined ? [] : inJson(text, value);
}

/** Of schemas and protocols: in a default the word means nothing. */
function inJson(text: string, json: Json): readonly Namespace[] {
  if (json.kind === 'array') return json.items.flatMap((item) => inJson(text, item));
  if (json.kind !== 'object') return [];
  const isOurs = ['type', 'protocol'].some((key) => valueAt(json, key)?.kind === 'string');
  return json.members.flatMap(({ key, value }) => {
    if (value === undefined || key === 'default') return [];
    if (key !== 'namespace') return inJson(text, value);
    if (value.kind !== 'string' || !isOurs) return [];
    return [{ name: value.value, span: withoutQuotes(text, value.span) }];
  });
}

/** `@namespace("shop")`, `namespace shop;`. */
function inIdl(text: string, tokens: readonly Token[]): readonly Namespace[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || token.text !== 'namespace' || token.quoted) return [];
    const [next, value] = [tokens[at + 1], tokens[at + 2]];
    if (next?.kind === 'word' && value?.kind === 'mark' && value.text === ';')
      return [{ name: next.text, span: next.span }];
    if (next?.text !== '(' || value?.kind !== 'string') return [];
    return [{ name: value.text, span: withoutQuotes(text, value.span) }];
  });
}
