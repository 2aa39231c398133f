import type { ObjectKey } from '../../schema/catalog.ts';
import { lookup } from '../../schema/lookup.ts';
import { mentions } from '../../schema/mentions.ts';
import { readScriptOf } from '../project-state.ts';
import { catalogBefore } from '../replay.ts';
import type { Opened } from './cursor.ts';

/** The latest of these are told. */
const told = 12;

/** Migrations up to this one that changed an object (or one column of it), as "V3__add_email.sql: ALTER TABLE". */
export function shapersOf({ state, migration }: Opened, key: ObjectKey, column: string | undefined): readonly string[] {
  const shapers: string[] = [];
  for (let index = state.places.get(migration.id) ?? -1; index >= 0 && shapers.length < told; index -= 1) {
    const slot = state.replay.slots[index];
    if (slot === undefined || !slot.delta.some(([changed]) => changed === key)) continue;
    const { steps } = readScriptOf(state, slot.migration);
    const after = catalogBefore(state.replay, index + 1, state.empty);
    const verbs = new Set(
      steps.flatMap(({ change, reading }) => {
        const named = mentions(change);
        const isMeant = named.some((each) => {
          if (each.kind !== 'relation') return false;
          const found = lookup(after, state.dialect.semantics(state.environment.target), each.name);
          return found.kind !== 'known' || found.key === key;
        });
        const isColumn = column === undefined || named.some((each) => each.kind === 'column' && each.column === column);
        return isMeant && isColumn ? [reading.verb] : [];
      }),
    );
    if (verbs.size > 0) shapers.unshift(`\`${slot.migration.script}\`: ${[...verbs].join(', ')}`);
  }
  return shapers;
}
