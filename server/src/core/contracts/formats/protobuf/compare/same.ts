import type { FieldDescriptor, FileDescriptor, MessageDescriptor } from '../descriptor.ts';
import { indexOf, nameWithin } from './file-index.ts';
import type { SetPair, SetView } from './pair.ts';

/**
 * Of two files with the same text: do all names in them mean the same? Then no rule can say anything of them, and nothing of
 * them has to be compared. What else a text leaves open is the default of an enum that another file declares.
 */
export function resolvesAlike(before: FileDescriptor, after: FileDescriptor, sides: SetPair): boolean {
  return (
    before.package === after.package &&
    alike([...indexOf(before).messages.values()], [...indexOf(after).messages.values()], (a, b) =>
      fieldsAlike(a, b, sides),
    ) &&
    alike([...indexOf(before).extensions.values()], [...indexOf(after).extensions.values()], (a, b) =>
      sameTarget(a, b, sides),
    ) &&
    alike(before.services, after.services, (a, b) =>
      alike(a.methods, b.methods, (one, two) => one.input === two.input && one.output === two.output),
    )
  );
}

function fieldsAlike(before: MessageDescriptor, after: MessageDescriptor, sides: SetPair): boolean {
  return alike(before.fields, after.fields, (one, two) => sameTarget(one, two, sides));
}

function sameTarget(before: FieldDescriptor, after: FieldDescriptor, sides: SetPair): boolean {
  if (before.kind !== after.kind || before.typeName !== after.typeName || before.extendee !== after.extendee)
    return false;
  if (before.kind !== 'enum' || before.label === 'repeated') return true;
  const name = before.typeName ?? '';
  if (declares(before.file, name) && declares(after.file, name)) return true;
  return before.defaultValue === undefined && firstNumber(sides.before, name) === firstNumber(sides.after, name);
}

function declares(file: FileDescriptor, name: string): boolean {
  return indexOf(file).enums.has(nameWithin(file, name) ?? '');
}

function firstNumber(side: SetView, name: string): number | undefined {
  return side.enum(name)?.values[0]?.number;
}

function alike<E>(before: readonly E[], after: readonly E[], same: (before: E, after: E) => boolean): boolean {
  return before.length === after.length && before.every((each, index) => same(each, after[index] as E));
}
