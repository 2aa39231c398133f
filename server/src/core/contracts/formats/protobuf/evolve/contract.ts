import type { Span } from '../../../../model/text.ts';
import { type ContractStep, type FieldEvolution, type Standing, splitElement } from '../../../evolution.ts';
import type { Refused } from '../../../language.ts';
import type { Side, Tree } from '../../../tree.ts';
import type { FieldDescriptor, MessageDescriptor } from '../descriptor.ts';
import { byName, byNumber, type FoundMessage, findMessage, isNameReserved, isReserved } from './find.ts';
import { before, eolOf, indentAt, insert, replace, type TextEdit, wholeOf } from './text.ts';

function spanOf({ span: { start, end } }: FieldDescriptor): Span {
  return { start, end };
}

export function standing(tree: Tree, evolution: FieldEvolution): Standing {
  const found = find('after', tree, evolution);
  return 'kind' in found ? found : { kind: 'both', path: found.home.path, span: spanOf(found.field) };
}

/** The old field goes; its number and its name stay behind, reserved. */
export function contract(tree: Tree, evolution: FieldEvolution): ContractStep | Refused {
  const found = find('after', tree, evolution);
  if ('kind' in found)
    return found.kind === 'broken' ? { refused: found.why } : { kind: 'contract', edits: [], notes: [] };
  const { home, field } = found;
  if (home.message.incomplete)
    return { refused: `Something in ${home.message.fullName} cannot be read: write it to its end first.` };
  return {
    kind: 'contract',
    edits: removal(home, field).map((edit) => ({ path: home.path, ...edit })),
    notes: [
      evolution.replacement === undefined
        ? `No reader and no writer may use ${field.name} any more.`
        : `Every reader and every writer must use ${evolution.replacement} by now: what is sent in ${field.name} is lost to new readers.`,
      `On the wire and in JSON nothing breaks, because ${field.number} and "${field.name}" stay reserved; code generated for ${field.name} goes, which FILE and PACKAGE report.`,
    ],
  };
}

export interface Found {
  readonly home: FoundMessage;
  readonly field: FieldDescriptor;
}

export function find(
  side: Side,
  tree: Tree,
  { path, element, number, replacement }: FieldEvolution,
): Found | Exclude<Standing, { kind: 'both' }> {
  const { parent, name } = splitElement(element);
  const home = findMessage(side, tree, parent, path);
  const broken = (why: string) => ({ kind: 'broken', why }) as const;
  if (home === undefined) return broken(`${parent} is not there any more.`);
  const { message } = home;
  const field = byName(message, name);
  const other = number === undefined ? undefined : byNumber(message, number);
  if (field === undefined && other !== undefined) return broken(`${number} is the number of ${other.name} now.`);
  if (field !== undefined && number !== undefined && field.number !== number)
    return broken(`${name} has the number ${field.number} now, and had ${number}.`);
  if (field !== undefined && replacement !== undefined && byName(message, replacement) === undefined)
    return broken(`${replacement}, which is to take over, is not in ${parent}.`);
  if (field !== undefined) return { home, field };
  const open = [
    ...(number === undefined || isReserved(message, number) ? [] : [String(number)]),
    ...(isNameReserved(message, name) ? [] : [`"${name}"`]),
  ];
  if (open.length === 0) return { kind: 'gone' };
  return broken(`${name} is gone, and ${open.join(' and ')} ${open.length === 1 ? 'is' : 'are'} not reserved.`);
}

function removal({ message, text }: FoundMessage, field: FieldDescriptor): readonly TextEdit[] {
  const { oneof } = field;
  const isLast =
    oneof !== undefined && message.fields.every((each) => each === field || each.oneof?.name !== oneof.name);
  const whole = wholeOf(text, isLast ? oneof : field);
  const { statements, edits } = reserve(message, field);
  if (statements.length === 0) return [replace(whole, ''), ...edits];
  if (oneof !== undefined && !isLast) {
    const put = before(text, oneof.span, statements.join(separator(text, oneof.span.start)));
    return [put, replace(whole, ''), ...edits];
  }
  const { indent } = whole;
  const words =
    indent === undefined ? statements.join(' ') : statements.map((each) => `${indent}${each}${eolOf(text)}`).join('');
  return [replace(whole, words), ...edits];
}

function separator(text: string, start: number): string {
  const indent = indentAt(text, start);
  return indent === undefined ? ' ' : `${eolOf(text)}${indent}`;
}

/** Into the statements that are there, else statements to write. */
function reserve(message: MessageDescriptor, { name, number }: FieldDescriptor) {
  const [range, reserved] = [message.reservedRanges.at(-1), message.reservedNames.at(-1)];
  const word = message.file.syntax === 'editions' ? name : `"${name}"`;
  return {
    edits: [
      ...(range === undefined ? [] : [insert(range.span.end, `, ${number}`)]),
      ...(reserved === undefined ? [] : [insert(reserved.span.end, `, ${word}`)]),
    ],
    statements: [
      ...(range === undefined ? [`reserved ${number};`] : []),
      ...(reserved === undefined ? [`reserved ${word};`] : []),
    ],
  };
}
