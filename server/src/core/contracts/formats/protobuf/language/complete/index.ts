import type { ContractCompletion, Cursor } from '../../../../language.ts';
import type { EnumDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { freeNumber } from '../../fixes/numbers.ts';
import { type Opened, open } from '../opened.ts';
import type { OptionHolder } from '../options.ts';
import { type Context, contextAt, type Frame } from './context.ts';
import { importPaths, versions } from './imports.ts';
import { ending, item } from './item.ts';
import { fileWords, keywords, labels, messageWords } from './keywords.ts';
import { optionCompletions } from './options.ts';
import { scalarTypes, typeNames } from './types.ts';

export function completeAt(at: Cursor): readonly ContractCompletion[] {
  const opened = open(at);
  const context = opened && contextAt(opened.syntax, at.offset);
  if (opened === undefined || context === undefined) return [];
  return complete({ context, opened, ...homeOf(context.frames, opened.file.package) });
}

type Block = 'file' | 'message' | 'oneof' | 'enum' | 'service' | 'extend' | 'rpc' | 'value';

/** What the cursor is in. */
interface Home {
  readonly block: Block;
  /** Full name of the message, enum or package around it. */
  readonly within: string;
}

interface Place extends Home {
  readonly context: Context;
  readonly opened: Opened;
}

function homeOf(frames: readonly Frame[], start: string): Home {
  let block: Block = 'file';
  let within = start;
  for (const { opening, head } of frames) {
    if (opening !== '{') continue;
    const words = head.filter((word) => word !== 'export' && word !== 'local');
    block = blockOf(words);
    const name = block === 'message' && words.includes('group') ? words[words.indexOf('group') + 1] : words[1];
    if (block === 'message' || block === 'enum' || block === 'service')
      within = within === '' ? `${name}` : `${within}.${name}`;
  }
  return { block, within };
}

function blockOf(head: readonly string[]): Block {
  const [first] = head;
  switch (first) {
    case 'message':
    case 'oneof':
    case 'enum':
    case 'service':
    case 'extend':
    case 'rpc':
      return first;
    default:
      return head.includes('group') ? 'message' : 'value';
  }
}

function complete(place: Place): readonly ContractCompletion[] {
  const { context, opened } = place;
  const [first] = context.statement;
  if (first === 'import') return importPaths(context, opened);
  if (first === 'syntax' || first === 'edition') return versions(context, first);
  if (context.string !== undefined) return [];
  const frame = context.frames.at(-1);
  switch (frame?.opening) {
    case undefined:
    case '{':
      return first === 'option' ? inOption(place, context.statement.slice(1)) : inBlock(place);
    case '[':
      return inBrackets(place, frame, context.statement);
    case '(':
      return inParentheses(place, frame);
    case '<':
      return context.statement.includes(',')
        ? [...scalarTypes(context), ...typeNames(context, opened, place.within, 'type')]
        : scalarTypes(context, true);
    default:
      return [];
  }
}

const holders: Readonly<Partial<Record<Block, OptionHolder>>> = {
  file: 'file',
  message: 'message',
  oneof: 'oneof',
  enum: 'enum',
  service: 'service',
  rpc: 'method',
};

function inOption({ context, opened, block, within }: Place, words: readonly string[], inParentheses = false) {
  const holder = holders[block];
  const place = { words, within, type: undefined, isStatement: true, inParentheses };
  return holder === undefined ? [] : optionCompletions(context, opened, { holder, ...place });
}

function inBrackets(
  { context, opened, block, within }: Place,
  { head }: Frame,
  words: readonly string[],
  inParentheses = false,
) {
  const holder = block === 'enum' ? 'value' : head[0] === 'extensions' ? 'extension-range' : 'field';
  const type = typeIn(head);
  return optionCompletions(context, opened, { holder, words, within, type, isStatement: false, inParentheses });
}

/** Of `repeated a . B name = 1` it is `a.B`. */
function typeIn(head: readonly string[]): string | undefined {
  const words = head.slice(0, Math.max(0, head.indexOf('=') - 1));
  return words.filter((word) => !['optional', 'required', 'repeated'].includes(word)).join('') || undefined;
}

/** Of a method its types, of an option the name of an extension. */
function inParentheses(place: Place, { head }: Frame): readonly ContractCompletion[] {
  const { context, opened, within } = place;
  if (head[0] === 'rpc') {
    const stream = context.statement.length === 0 ? keywords(context, ['stream']) : [];
    return [...stream, ...typeNames(context, opened, within, 'message')];
  }
  if (head[0] === 'option') return inOption(place, head.slice(1), true);
  const outer = context.frames.at(-2);
  return outer?.opening === '[' ? inBrackets(place, outer, head, true) : [];
}

function inBlock(place: Place): readonly ContractCompletion[] {
  const { context, opened, block } = place;
  const { statement } = context;
  const { file } = opened;
  switch (block) {
    case 'file':
      if (statement[0] === 'extend') return typeNames(context, opened, file.package, 'message');
      return statement.length === 0 ? keywords(context, fileWords(file)) : visible(context, statement);
    case 'message':
      return inMessage(place);
    case 'oneof':
    case 'extend':
      return statement.length === 0
        ? [...keywords(context, block === 'oneof' ? ['option'] : labels(file)), ...fieldTypes(place)]
        : afterField(place);
    case 'enum':
      if (statement.length === 0) return keywords(context, ['option', 'reserved']);
      return statement.at(-1) === '=' ? numbers(place, opened.linked.set.enums.get(place.within)) : ranges(context);
    case 'service':
      if (statement.length === 0) return keywords(context, ['rpc', 'option']);
      return statement[0] === 'rpc' && statement.at(-1)?.startsWith('(') && !statement.includes('returns')
        ? keywords(context, ['returns'])
        : [];
    case 'rpc':
      return statement.length === 0 ? keywords(context, ['option']) : [];
    case 'value':
      return [];
    default:
      return block satisfies never;
  }
}

function inMessage(place: Place): readonly ContractCompletion[] {
  const { context, opened, within } = place;
  const { statement } = context;
  const [first] = statement;
  if (first === undefined) return [...keywords(context, messageWords(opened.file)), ...fieldTypes(place)];
  if (first === 'extend') return typeNames(context, opened, within, 'message');
  if (first === 'reserved' || first === 'extensions') return ranges(context);
  return afterField(place);
}

function afterField(place: Place): readonly ContractCompletion[] {
  const { context, opened, block, within } = place;
  const { statement } = context;
  if (statement.length === 1 && labels(opened.file).includes(statement[0] ?? '')) {
    const group = opened.file.syntax === 'proto2' ? keywords(context, ['group']) : [];
    return [...group, ...fieldTypes(place)];
  }
  if (statement.at(-1) !== '=' || statement.length < 3 || block === 'extend') return visible(context, statement);
  return numbers(place, opened.linked.set.messages.get(within));
}

function fieldTypes({ context, opened, within }: Place): readonly ContractCompletion[] {
  return [...scalarTypes(context), ...typeNames(context, opened, within, 'type')];
}

function numbers({ context }: Place, parent: MessageDescriptor | EnumDescriptor | undefined) {
  const number = parent === undefined ? ('1' as const) : freeNumber(parent);
  if (number === undefined) return [];
  return [item(context, 'value', `${number}`, 'The next free number', `${number}${ending(context)}`)];
}

/** `export message`. */
function visible(context: Context, statement: readonly string[]): readonly ContractCompletion[] {
  const isVisibility = statement.length === 1 && (statement[0] === 'export' || statement[0] === 'local');
  return isVisibility ? keywords(context, ['message', 'enum']) : [];
}

function ranges(context: Context): readonly ContractCompletion[] {
  const last = context.statement.at(-1) ?? '';
  if (last === 'to') return keywords(context, ['max']);
  return /^\d+$/.test(last) ? keywords(context, ['to']) : [];
}
