import { mentions } from '../../schema/mentions.ts';
import type { ReadStatement } from '../../sql/script.ts';

/** A statement in the words of a file name: what it does, to what ("create index users_nick"). */
export function descriptionOf({ reading }: ReadStatement): string {
  return [reading.verb.toLowerCase(), objectOf(reading.changes[0])].filter((part) => part !== undefined).join(' ');
}

function objectOf(change: ReadStatement['reading']['changes'][number] | undefined): string | undefined {
  if (change === undefined) return undefined;
  switch (change.kind) {
    case 'CreateIndex':
      return change.index.name?.name ?? change.table.name;
    case 'ChangeObject':
      return change.object.name;
    case 'AttachPartition':
    case 'DetachPartition':
      return change.partition.name;
    default: {
      const named = mentions(change).find(({ kind }) => kind !== 'column');
      return named === undefined || named.kind === 'column' ? undefined : named.name.name;
    }
  }
}
