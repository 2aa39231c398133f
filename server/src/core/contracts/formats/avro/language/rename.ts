import type { FileContent, Span } from '../../../../model/text.ts';
import type { Cursor, Refused, TreeEdit, TreePlace } from '../../../language.ts';
import type { AvroSet } from '../link.ts';
import { nameFault } from '../names.ts';
import { takenNames } from '../parse/avdl/declarations.ts';
import { isPrimitive } from '../schema.ts';
import { idlWords } from './idl-words.ts';
import { marksOf } from './marks.ts';
import { namespaceAt, renameNamespace } from './namespaces.ts';
import { type Element, elementAt, findAt, usesOf } from './places.ts';
import { withoutQuotes } from './quotes.ts';

/** Only the last part of a name, for the namespace before it stays; or a namespace where it is said. */
export function renameableAt(cursor: Cursor): { readonly span: Span; readonly name: string } | Refused {
  return namespaceAt(cursor) ?? nameAt(cursor);
}

function nameAt(cursor: Cursor): { readonly span: Span; readonly name: string } | Refused {
  const found = findAt(cursor);
  if (found === undefined) return { refused: 'There is no name here that could be renamed.' };
  const { mark, set, file } = found;
  if (mark.kind === 'primitive') return { refused: `${mark.schema.kind} is a primitive type: Avro gives it its name.` };
  if (mark.kind === 'reference' && set.find(mark.schema) === undefined)
    return { refused: `${mark.full} is not defined in any file that is open here.` };
  const element = elementAt(found, cursor.offset);
  if (element === undefined) return { refused: 'There is no name here that could be renamed.' };
  const span = lastPart(file.content, element.span);
  return { span, name: simpleOf(element) };
}

export function renameAt(cursor: Cursor, name: string): readonly TreeEdit[] | Refused {
  const namespace = namespaceAt(cursor);
  if (namespace !== undefined) return renameNamespace(cursor, namespace, name);
  const able = nameAt(cursor);
  if ('refused' in able) return able;
  const found = findAt(cursor);
  const element = found === undefined ? undefined : elementAt(found, cursor.offset);
  if (found === undefined || element === undefined) return { refused: 'There is no name here that could be renamed.' };
  const uses = usesOf(found.set, element, true);
  const fault = faultOf(found.set, element, name, uses);
  if (fault !== undefined) return { refused: fault };
  if (name === simpleOf(element)) return [];
  const label = labelOf(element, name);
  return uses.map(({ path, span }) => editOf(found.set, { path, span }, name, label));
}

function faultOf(set: AvroSet, element: Element, name: string, uses: readonly TreePlace[]): string | undefined {
  if (name.includes('.')) return 'A new name has no dots: rename the namespace where it is said.';
  const fault = nameFault(name);
  if (fault !== undefined) return `Avro allows letters, digits and _ in a name, and no digit first: ${fault}.`;
  if (element.group === 'type' && isTaken(name))
    return `${name} means something else in a schema: no type can bear that name.`;
  if (element.group === 'type' && takenNames.has(name) && uses.some(({ path }) => isIdl(set, path)))
    return `${name} means something else in Avro IDL: no type can bear that name.`;
  const full = siblingOf(element, name);
  const clashes = [...set.files.values()].some((file) => isDefined(set, file.content, { ...element, full }));
  return clashes && name !== simpleOf(element) ? `There is ${full} already.` : undefined;
}

function isTaken(name: string): boolean {
  return isPrimitive(name) || complexTypes.has(name);
}

const complexTypes: ReadonlySet<string> = new Set(['record', 'error', 'enum', 'fixed', 'array', 'map', 'union']);

function isDefined(set: AvroSet, content: FileContent, { group, full }: Element): boolean {
  const path = set.pathOf(content);
  const file = path === undefined ? undefined : set.files.get(path);
  return (
    file !== undefined &&
    marksOf(file)
      .of(full)
      .some(({ kind }) => kind === group)
  );
}

function simpleOf({ full }: Element): string {
  return full.slice(full.lastIndexOf('.') + 1);
}

function siblingOf({ full }: Element, name: string): string {
  return `${full.slice(0, full.lastIndexOf('.') + 1)}${name}`;
}

/** A preview says what a rename costs. */
function labelOf(element: Element, name: string): string {
  const old = simpleOf(element);
  switch (element.group) {
    case 'type':
      return `Rename ${old} to ${name}: readers need the alias ${element.full} for data written before`;
    case 'field':
      return `Rename ${old} to ${name}: readers need the alias ${old} for data written before`;
    case 'symbol':
      return `Rename ${old} to ${name}: data written before still holds ${old}`;
    case 'message':
    case 'protocol':
      return `Rename ${old} to ${name}: clients and servers have to change together`;
  }
}

function isIdl(set: AvroSet, path: string): boolean {
  return set.files.get(path)?.syntax === 'idl';
}

function editOf(set: AvroSet, { path, span }: TreePlace, name: string, label: string): TreeEdit {
  const file = set.files.get(path);
  if (file === undefined) return { path, span, newText: name, label };
  const part = lastPart(file.content, span);
  const isWord = file.syntax === 'idl' && file.content.text[span.start] !== '"';
  return { path, span: part, newText: isWord && idlWords.has(name) ? `\`${name}\`` : name, label };
}

/** Without quotes and namespace; of IDL with its backticks. */
function lastPart({ text }: FileContent, span: Span): Span {
  const { start, end } = withoutQuotes(text, span);
  return { start: start + text.slice(start, end).lastIndexOf('.') + 1, end };
}
