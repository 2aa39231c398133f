import type { MessageDescriptor } from '../../descriptor.ts';
import type { MessageNode } from '../../syntax/tree.ts';
import { isMessageSet } from '../messages.ts';
import { report, type Unit } from '../unit.ts';
import { checkJsonNames } from './json-names.ts';
import { checkNames, type Named } from './names.ts';
import { checkFieldNumbers, checkReservedNames, ranged } from './numbers.ts';
import { checkStyle } from './style.ts';

/** What is wrong with a message as a whole; its fields are checked one by one. */
export function checkMessage(unit: Unit, node: MessageNode, message: MessageDescriptor): void {
  checkStyle(unit, message, 'message', message.features);
  if (hasTwins(message)) checkNames(unit, message.fullName, scopeOf(message));
  for (const element of node.body) {
    if (element.kind === 'oneof') {
      if (element.name !== undefined && !element.broken && !element.body.some(({ kind }) => kind === 'field'))
        report(unit, element.name, `The oneof \`${element.name.text}\` has no fields; give it at least one.`);
    } else if (element.kind === 'extensions' && unit.edition === 'proto3')
      report(unit, element, 'proto3 has no extension ranges. Use `google.protobuf.Any`, or proto2 or an edition.');
    else if (element.kind === 'reserved') checkReservedNames(unit, element);
  }
  const ranges = ranged(unit, node.body, isMessageSet(message.options) ? 'set' : 'field');
  checkFieldNumbers(unit, message, ranges);
  if (isMessageSet(message.options))
    for (const field of message.fields)
      report(unit, field.span, 'A message with `message_set_wire_format` has extensions only, no fields.');
  checkJsonNames(unit, message);
  if (message.extensions.length > 0) checkExtendees(unit, message);
}

/** What is extended is looked for among the members, too. */
function checkExtendees(unit: Unit, message: MessageDescriptor): void {
  const members = new Set(scopeOf(message).flatMap(({ name, global }) => (global ? [] : [name])));
  const names = new Map(message.extensions.map(({ extendeeSpan }) => [extendeeSpan?.start, extendeeSpan]));
  for (const span of names.values()) {
    const text = span && unit.text.slice(span.start, span.end);
    if (span !== undefined && text !== undefined && members.has(text))
      report(
        unit,
        span,
        `\`${text}\` means what is called so in this message. Write the full name, with a dot in front.`,
      );
  }
}

/** Whether two elements have one name: mostly not, and then nothing has to be looked at. */
function hasTwins({ fields, oneofs, messages, enums, extensions }: MessageDescriptor): boolean {
  const names = new Set<string>();
  let count = 0;
  for (const list of [fields, oneofs, messages, enums, extensions])
    for (const { name } of list) {
      names.add(name);
      count++;
    }
  for (const { values } of enums)
    for (const { name } of values) {
      names.add(name);
      count++;
    }
  return names.size < count;
}

function scopeOf(message: MessageDescriptor): readonly Named[] {
  const elements: Named[] = [];
  const add = (name: string, span: Named['span'], global: boolean) => elements.push({ name, span, global });
  for (const { name, nameSpan } of message.fields) add(name, nameSpan, false);
  for (const { name, nameSpan } of message.oneofs) add(name, nameSpan, false);
  for (const { name, nameSpan } of message.messages) add(name, nameSpan, true);
  for (const { name, nameSpan, values } of message.enums) {
    add(name, nameSpan, true);
    for (const value of values) add(value.name, value.nameSpan, false);
  }
  for (const { name, nameSpan } of message.extensions) add(name, nameSpan, true);
  return elements;
}
