import type { ObjectKey, Sequence } from '../catalog.ts';
import type { ChangeOf, DialectOptions } from '../change.ts';
import { ownedSequences } from './columns.ts';
import type { Editor } from './editor.ts';

/** `ALTER TABLE ... OWNER TO`, which names sequences as well; a table takes the sequences of its columns along. */
export function setTableOwner(editor: Editor, { table, options }: ChangeOf<'SetTableOption'>): void {
  const key = editor.resolve('rel', table);
  const role = typeof options?.setting === 'string' ? options.setting : undefined;
  if (key === undefined) return;
  for (const each of [key, ...ownedSequences(editor, key)]) giveSequence(editor, each, role);
}

function giveSequence(editor: Editor, key: ObjectKey, role: string | undefined): void {
  const sequence = editor.get(key);
  if (sequence?.kind === 'sequence') editor.set(key, { ...withoutOwner(sequence), ...ownerOf(role) });
}

/** With the role of `ALTER SEQUENCE ... OWNER TO`; without one where that is not named. */
export function givenTo(sequence: Sequence, options: DialectOptions | undefined): Sequence {
  if (options?.owner !== true) return sequence;
  return { ...withoutOwner(sequence), ...ownerOf(typeof options.role === 'string' ? options.role : undefined) };
}

function withoutOwner({ owner: _, ...sequence }: Sequence): Sequence {
  return sequence;
}

function ownerOf(role: string | undefined): Pick<Sequence, 'owner'> {
  return role === undefined ? {} : { owner: role };
}
