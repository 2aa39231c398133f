import type { ContractCompletion } from '../../../../language.ts';
import type { AvroSet } from '../../link.ts';
import { type Token, tokenize } from '../../parse/avdl/tokens.ts';
import type { AvroFile, NamedSchema } from '../../schema.ts';
import { idlTypes } from '../idl-words.ts';
import { marksOf } from '../marks.ts';
import { each, type Item, offered, primitiveItems, typeItems } from './items.ts';
import { defaultsOf } from './json.ts';

/** In .avdl: by the words in front of the cursor. */
export function completeIdl(set: AvroSet, file: AvroFile, offset: number): readonly ContractCompletion[] {
  const { text } = file.content;
  if (isInComment(text, offset)) return [];
  const tokens = tokenize(text.slice(0, offset)).tokens.filter(({ kind }) => kind !== 'end');
  const last = tokens.at(-1);
  const isTyped = last?.kind === 'word' && last.span.end === offset;
  const before = isTyped ? tokens.slice(0, -1) : tokens;
  const rest = /[\p{XID_Continue}.]*/uy;
  rest.lastIndex = offset;
  const end = offset + (rest.exec(text)?.[0].length ?? 0);
  return offered(itemsAfter(set, file, before), { start: isTyped ? last.span.start : offset, end });
}

function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return (
    /^(?:[^"]|"[^"]*")*?\/\//.test(line) || text.lastIndexOf('/*', offset - 1) > text.lastIndexOf('*/', offset - 1)
  );
}

function itemsAfter(set: AvroSet, file: AvroFile, before: readonly Token[]): readonly Item[] {
  const previous = before.at(-1);
  const word = previous?.kind === 'word' && !previous.quoted ? previous.text : '';
  const mark = previous?.kind === 'mark' ? previous.text : '';
  const around = scopeOf(before);
  const types = (wanted: (type: NamedSchema) => boolean) => typeItems(set, spaceOf(before), wanted);
  if (mark === '@') return annotations;
  if (mark === '=') return defaultsBefore(set, file, before);
  if (word === 'import') return importKinds;
  if (word === 'throws' || (mark === ',' && isInThrows(before)))
    return types((type) => type.kind === 'record' && type.isError);
  if (mark === ')' && around === 'protocol') return endings;
  const typesHere = [...typeWords, ...types(() => true)];
  if (word === 'schema' || mark === '<' || (mark === '{' && around === 'union')) return typesHere;
  if (mark === ',' && (around === 'union' || around === 'parameters')) return typesHere;
  if (mark === '(' && around === 'parameters') return typesHere;
  if (previous !== undefined && mark !== ';' && mark !== '{' && mark !== '}' && !isAnnotationEnd(before)) return [];
  switch (around) {
    case 'file':
      return before.length === 0 ? [...fileWords, ...declarations] : declarations;
    case 'protocol':
      return [...declarations, ...answerless, ...typesHere];
    case 'record':
      return typesHere;
    default:
      return [];
  }
}

type Scope = 'file' | 'protocol' | 'record' | 'enum' | 'union' | 'parameters' | 'annotation' | 'json';

/** The innermost bracket that is open. */
function scopeOf(tokens: readonly Token[]): Scope {
  const scopes: Scope[] = ['file'];
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue;
    if (text === '{') scopes.push(scopeOfBrace(tokens, at, scopes.at(-1) ?? 'file'));
    else if (text === '(') scopes.push(isMark(tokens[at - 2], '@') ? 'annotation' : parenthesis(tokens, at));
    else if (text === '[') scopes.push('json');
    else if ((text === '}' || text === ')' || text === ']') && scopes.length > 1) scopes.pop();
  }
  return scopes.at(-1) ?? 'file';
}

function scopeOfBrace(tokens: readonly Token[], at: number, around: Scope): Scope {
  const [before, name] = [tokens[at - 2], tokens[at - 1]];
  if (name?.kind === 'word' && name.text === 'union') return 'union';
  if (before?.kind !== 'word' || name?.kind !== 'word') return around === 'file' ? 'record' : 'json';
  switch (before.text) {
    case 'protocol':
      return 'protocol';
    case 'record':
    case 'error':
      return 'record';
    case 'enum':
      return 'enum';
    default:
      return 'json';
  }
}

/** Of a message, or of a size or a decimal. */
function parenthesis(tokens: readonly Token[], at: number): Scope {
  const [before, name] = [tokens[at - 2], tokens[at - 1]];
  const isFixed = before?.kind === 'word' && before.text === 'fixed';
  return isFixed || (name?.kind === 'word' && name.text === 'decimal') ? 'json' : 'parameters';
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

/** `@name(...)`: what it is said of comes next. */
function isAnnotationEnd(tokens: readonly Token[]): boolean {
  if (!isMark(tokens.at(-1), ')')) return false;
  let depth = 0;
  for (let at = tokens.length - 1; at >= 2; at -= 1) {
    if (isMark(tokens[at], ')')) depth += 1;
    if (isMark(tokens[at], '(')) depth -= 1;
    if (depth === 0) return isMark(tokens[at - 2], '@');
  }
  return false;
}

function isInThrows(tokens: readonly Token[]): boolean {
  for (const { kind, text } of tokens.toReversed()) {
    if (kind === 'word' && text === 'throws') return true;
    if (kind === 'mark' && text !== ',') return false;
  }
  return false;
}

/** The last namespace that was said. */
function spaceOf(tokens: readonly Token[]): string {
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind !== 'word' || text !== 'namespace') continue;
    const [open, value] = [tokens[at + 1], tokens[at + 2]];
    if (isMark(tokens[at - 1], '@') && value?.kind === 'string') return value.text;
    if (open?.kind === 'word') return open.text;
  }
  return '';
}

function defaultsBefore(set: AvroSet, file: AvroFile, before: readonly Token[]): readonly Item[] {
  const name = before.at(-2);
  const mark = marksOf(file).list.find((one) => one.span.start === name?.span.start);
  if (mark?.kind === 'field') return defaultsOf(set, mark.field.type);
  // A field whose default is not written yet is not read: the type stands right before its name.
  const type = before.at(-3);
  if (type?.kind === 'word') {
    const known = [...set.files.values()].flatMap(({ types }) => [...types.values()]);
    const named = known.find(
      ({ kind, name: { simple, full } }) => kind === 'enum' && (simple === type.text || full === type.text),
    );
    if (named !== undefined) return defaultsOf(set, named);
    return plainDefaults[type.text] ?? [];
  }
  return isMark(type, '?') ? defaults('null') : jsonWords;
}

const jsonWords = each(
  'value',
  ['null', 'true', 'false'].map((label) => ({ label, detail: 'JSON' })),
);

const plainDefaults: Readonly<Record<string, readonly Item[]>> = {
  boolean: defaults('false', 'true'),
  int: defaults('0'),
  long: defaults('0'),
  string: defaults('""'),
};

function defaults(...labels: readonly string[]): readonly Item[] {
  return each(
    'value',
    labels.map((label) => ({ label, detail: 'Default' })),
  );
}

const typeWords: readonly Item[] = [
  ...primitiveItems,
  ...each(
    'keyword',
    [...idlTypes].map((label) => ({ label, detail: 'Type' })),
  ),
];

const answerless = each('keyword', [{ label: 'void', detail: 'A message without an answer' }]);

const fileWords = each('keyword', [
  { label: 'namespace', detail: 'Namespace of all names in the file' },
  { label: 'schema', detail: 'The schema that the file is for' },
  { label: 'protocol', detail: 'Types and messages' },
]);

const declarations = each('keyword', [
  { label: 'record', detail: 'Named fields' },
  { label: 'enum', detail: 'One of several symbols' },
  { label: 'fixed', detail: 'Bytes of a fixed number' },
  { label: 'error', detail: 'A record that a message can end with' },
  { label: 'import', detail: 'Types of another file' },
]);

const importKinds = each('keyword', [
  { label: 'idl', detail: 'A file of Avro IDL', insert: 'idl "";' },
  { label: 'protocol', detail: 'A protocol in JSON', insert: 'protocol "";' },
  { label: 'schema', detail: 'A schema in JSON', insert: 'schema "";' },
]);

const endings = each('keyword', [
  { label: 'throws', detail: 'Errors that the message can end with' },
  { label: 'oneway', detail: 'Nobody waits for an answer' },
]);

const annotations = each('property', [
  { label: 'namespace', detail: 'Namespace of a type or protocol', insert: 'namespace("")' },
  { label: 'aliases', detail: 'Older names that readers accept', insert: 'aliases([""])' },
  { label: 'order', detail: 'How values are sorted by a field', insert: 'order("ascending")' },
  { label: 'logicalType', detail: 'What the bytes stand for', insert: 'logicalType("")' },
  { label: 'java-class', detail: 'Class that Java reads a string into', insert: 'java-class("")' },
]);
