import type { Span } from '../../../../model/text.ts';
import type { ContractFix } from '../../../fix.ts';
import type { Refused } from '../../../language.ts';
import { spanAt, valueAt } from '../json/value.ts';
import type { AvroFile, Message, Schema } from '../schema.ts';
import { type Located, locate, messageNamed, moved } from './locate.ts';
import { addItem, addMember, type Edit, gapBefore, insertAt, jsonAt, objectAt, replace } from './write.ts';

export const restoreMessage: ContractFix = {
  id: 'avro-restore-message',
  title: ({ call }) => `Restore the message ${call}`,
  propose(finding, request) {
    const at = locate(finding, request);
    const was = at?.old === undefined ? undefined : messageNamed(at.old.file, at.old.span);
    if (at?.old === undefined || was === undefined) return moved;
    if (at.file.syntax !== at.old.file.syntax || at.file.protocol === undefined)
      return { refused: 'The old text is of another kind of file.' };
    const edit =
      at.file.syntax === 'idl'
        ? inIdl(at, at.old.text.slice(was.span.start, was.span.end), was, at.old.file)
        : inJson(at, at.old.text.slice(was.nameSpan.start, was.span.end));
    return edit === undefined ? moved : [{ path: at.path, ...edit }];
  },
};

/** Behind the message that it stood behind, else behind everything. */
function inIdl({ file, text }: Located, written: string, was: Message, old: AvroFile): Edit | undefined {
  const { protocol } = file;
  if (protocol === undefined) return undefined;
  const before = old.protocol?.messages.slice(0, old.protocol.messages.indexOf(was)).toReversed() ?? [];
  const names = new Map(protocol.messages.map((message) => [message.name, message.span]));
  const neighbour = before.map(({ name }) => names.get(name)).find((span) => span !== undefined);
  const own = [...file.types.values(), ...protocol.messages].map(({ span }) => span);
  const anchor = neighbour ?? own.toSorted((a, b) => b.end - a.end)[0];
  const brace = text.indexOf('{', protocol.nameSpan.end);
  if (brace < 0) return undefined;
  if (anchor === undefined) return insertAt(brace + 1, ` ${written}`);
  return insertAt(anchor.end, `${gapBefore(text, anchor.start, brace)}${written}`);
}

function inJson({ file, text }: Located, written: string): Edit | undefined {
  const root = jsonAt(text, { start: 0, end: text.length });
  if (root?.kind !== 'object' || file.protocol === undefined) return undefined;
  const messages = valueAt(root, 'messages');
  if (messages === undefined) return addMember(text, root, `"messages": {${written}}`);
  return messages.kind === 'object' ? addMember(text, messages, written) : undefined;
}

export const restoreOneWay: ContractFix = {
  id: 'avro-restore-one-way',
  title: ({ call }) => `Let ${call} be answered as it was`,
  propose(finding, request) {
    const at = locate(finding, request);
    const message = at === undefined ? undefined : messageNamed(at.file, at.span);
    if (at === undefined || message === undefined) return moved;
    if (!message.oneWay && (message.response.kind !== 'null' || message.errors.length > 0))
      return { refused: 'It answers something now, and a one-way message answers nothing.' };
    const edits = at.file.syntax === 'idl' ? oneWayInIdl(at.text, message) : oneWayInJson(at.text, message);
    return edits === undefined ? moved : edits.map((edit) => ({ path: at.path, ...edit }));
  },
};

function oneWayInIdl(text: string, { oneWay, span }: Message): readonly Edit[] | undefined {
  if (!oneWay) return [insertAt(span.end - 1, ' oneway')];
  const word = /\s*\boneway\s*;$/.exec(text.slice(span.start, span.end));
  return word === null ? undefined : [replace({ start: span.start + word.index, end: span.end }, ';')];
}

function oneWayInJson(text: string, { oneWay, span }: Message): readonly Edit[] | undefined {
  const object = objectAt(text, span);
  if (object === undefined) return undefined;
  const value = valueAt(object, 'one-way');
  const word = value === undefined ? addMember(text, object, '"one-way": true') : replace(value.span, String(!oneWay));
  if (!oneWay || spanAt(object, 'response') !== undefined) return [word];
  return [word, addMember(text, object, '"response": "null"')];
}

/** An error of before among those that the message may fail with. */
export function restoreError(at: Located, message: Message, was: Schema): readonly Edit[] | Refused {
  const { text, file, old } = at;
  const written = old?.text.slice(was.span.start, was.span.end) ?? '';
  const { errors, span } = message;
  if (message.oneWay) return { refused: 'A one-way message answers nothing.' };
  if (file.syntax === 'json') return errorInJson(text, span, written) ?? moved;
  const last = errors.at(-1);
  return [last === undefined ? insertAt(span.end - 1, ` throws ${written}`) : insertAt(last.span.end, `, ${written}`)];
}

function errorInJson(text: string, span: Span, written: string): readonly Edit[] | undefined {
  const object = objectAt(text, span);
  if (object === undefined) return undefined;
  const errors = valueAt(object, 'errors');
  if (errors === undefined) return [addMember(text, object, `"errors": [${written}]`)];
  return errors.kind === 'array' ? [addItem(text, errors, written, errors.items.length)] : undefined;
}
