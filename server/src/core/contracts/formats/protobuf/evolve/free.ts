import { nextName } from '../../../evolution.ts';
import type { MessageDescriptor, NumberRange } from '../descriptor.ts';
import { jsonName } from '../link/names.ts';

const largest = 536_870_911;
/** The implementation's own. */
const forbidden: Pick<NumberRange, 'start' | 'end'> = { start: 19_000, end: 19_999 };

/** Behind the highest one that the message has or had; undefined where that is the last there is. */
export function nextNumber(messages: readonly MessageDescriptor[]): number | undefined {
  const used = messages.flatMap(({ fields }) => fields.map(({ number }) => number));
  const ranges = [
    ...messages.flatMap(({ reservedRanges, extensionRanges }) => [...reservedRanges, ...extensionRanges]),
  ];
  let next = Math.max(0, ...used) + 1;
  for (;;) {
    const taken = [...ranges, forbidden].find(({ start, end }) => start <= next && next <= end);
    if (taken === undefined) return next <= largest ? next : undefined;
    next = taken.end + 1;
  }
}

/** A name that neither is used nor was, in texts and in JSON. */
export function nextFieldName(name: string, messages: readonly MessageDescriptor[]): string {
  const taken = new Set(
    messages.flatMap(({ fields, oneofs, messages: inner, enums, reservedNames }) => [
      ...[...fields, ...oneofs, ...inner, ...enums, ...reservedNames].map((each) => each.name),
      ...fields.map((field) => field.jsonName),
    ]),
  );
  return nextName(name, (wanted) => taken.has(wanted) || taken.has(jsonName(wanted)));
}
