import type { ObjectKey } from '../../schema/catalog.ts';
import { lookup } from '../../schema/lookup.ts';
import { mentions } from '../../schema/mentions.ts';
import { planOf } from '../project-state.ts';
import type { World } from '../world.ts';
import type { Opened } from './cursor.ts';

/** Migrations up to this one that changed an object (or one column of it), as "V3__add_email.sql: ALTER TABLE". */
export function shapersOf(world: World, opened: Opened, key: ObjectKey, column: string | undefined): readonly string[] {
  const { state, migration } = opened;
  const place = state.places.get(migration.id) ?? -1;
  const shapers: string[] = [];
  for (const [index, { script }] of planOf(state, world.snapshot.files).entries()) {
    if (index > place) break;
    const slot = state.replay.slots[index];
    if (slot === undefined || !slot.writes.has(key)) continue;
    const verbs = new Set(script.steps.filter(({ change }) => touches(change)).map(({ reading }) => reading.verb));
    if (verbs.size > 0) shapers.push(`\`${script.migration.script}\`: ${[...verbs].join(', ')}`);
    function touches(change: Parameters<typeof mentions>[0]): boolean {
      const named = mentions(change);
      if (column !== undefined && !named.some((each) => each.kind === 'column' && each.column === column)) return false;
      return named.some((each) => each.kind === 'relation' && isKey(each.name));
    }
    function isKey(name: Parameters<typeof lookup>[2]): boolean {
      const after = slot === undefined ? undefined : lookup(slot.after, state.dialect.semantics, name);
      return after === undefined || after.kind !== 'known' || after.key === key;
    }
  }
  return shapers.slice(-12);
}
