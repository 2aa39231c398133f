import type { AlterTableCmd } from '@pgsql/types';
import type { ChangeBase, SchemaChange } from '../../../../schema/change.ts';
import type { Ident, ObjectName } from '../../../../schema/names.ts';
import { afterIfExists, ident, isWord, type Source, type Words } from '../source.ts';

/** One subcommand of ALTER TABLE with its own words, first keyword included. */
export interface AlterCommand {
  readonly source: Source;
  readonly base: ChangeBase;
  readonly table: ObjectName;
  readonly words: Words;
  readonly command: AlterTableCmd;
}

export type Commands = Readonly<
  Partial<Record<NonNullable<AlterTableCmd['subtype']>, (alter: AlterCommand) => SchemaChange>>
>;

/** Index of the column or constraint that the subcommand names: `ALTER [COLUMN] x`, `DROP CONSTRAINT [IF EXISTS] x`. */
export function subjectAt(words: Words): number {
  const noise = isWord(words[1], ['column', 'constraint']) ? 2 : 1;
  return afterIfExists(words, noise);
}

export function subject({ words, command }: AlterCommand): Ident {
  return ident(words, subjectAt(words), command.name);
}

export function isCascade({ command }: AlterCommand): boolean {
  return command.behavior === 'DROP_CASCADE';
}
