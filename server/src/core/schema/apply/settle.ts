import { nowhere } from '../../text/nowhere.ts';
import type { ObjectKey, RelationReads } from '../catalog.ts';
import type { IndexKey, Reads } from '../change.ts';
import { calledRoutine } from '../routines.ts';
import type { Expression, Names } from '../types.ts';
import { columnNames, type Editor } from './editor.ts';

/** Keys of what names mean at this moment; a function that only types tell from others which nobody says is passed over. */
export function settledNames(editor: Editor, names: Names | undefined): readonly ObjectKey[] {
  if (names === undefined) return [];
  const calls = names.calls.flatMap((call) => calledRoutine(editor.catalog, call) ?? []);
  const types = names.types.flatMap((name) => editor.resolve('type', { ...name, span: nowhere }) ?? []);
  return [...new Set([...calls, ...types])];
}

/** The expression with what its names mean. */
export function settled(editor: Editor, expression: Expression): Expression {
  const uses = settledNames(editor, expression.names);
  return uses.length === 0 ? expression : { ...expression, uses };
}

export function settledKey(editor: Editor, key: IndexKey): IndexKey {
  return key.expression === undefined ? key : { ...key, expression: settled(editor, key.expression) };
}

/** The columns that are read, as they are at this moment: a star means those that are there now. */
export function settledReads(editor: Editor, reads: readonly Reads[] = []): readonly RelationReads[] {
  return reads.flatMap(({ relation, columns, maybe = [], first = 0, inCheck }): readonly RelationReads[] => {
    const key = editor.resolve('rel', relation);
    const object = key === undefined ? undefined : editor.get(key);
    if (key === undefined || object === undefined) return [];
    const check = inCheck === undefined ? {} : { inCheck };
    const named = columns.map(({ name }) => name);
    const own = columnNames(object);
    if (own === undefined) {
      const isWhole = named.length > 0 && maybe.length === 0;
      return [{ relation: key, columns: isWhole ? named : [...named, '*'], ...check }];
    }
    const possible = new Set([...named, ...maybe.map(({ name }) => name)]);
    const read = named.includes('*') ? own : own.filter((name, nth) => nth < first || possible.has(name));
    return [{ relation: key, columns: read, ...check }];
  });
}
