import type { ChangeOf, Reads } from '../../../../schema/change.ts';
import { mentions } from '../../../../schema/mentions.ts';
import type { Lowered } from './statement.ts';

function writtenRows({ verb, table, columns, values, reads = [] }: ChangeOf<'WriteRows'>): Reads {
  const [own] = reads;
  return {
    relation: table,
    columns: [...columns, ...(own?.columns ?? [])],
    ...(own?.maybe === undefined ? {} : { maybe: own.maybe }),
    written: true,
    ...(verb === 'insert' && columns.length === 0 && values !== undefined ? { first: values.width } : {}),
  };
}

/** Every relation that statements read, write or change, with the columns that they name. */
export function workedOn({ changes, reads }: Lowered): readonly Reads[] {
  const changed = changes.flatMap((change): readonly Reads[] => {
    if (change.kind === 'WriteRows') return [writtenRows(change)];
    return mentions(change).flatMap((each) => (each.kind === 'relation' ? [{ relation: each.name, columns: [] }] : []));
  });
  return [...changed, ...reads];
}
