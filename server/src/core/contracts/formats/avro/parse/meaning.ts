import type { FileContent } from '../../../../model/text.ts';
import type { Piece } from '../../../../text/pieces.ts';
import { defaultValidity } from '../defaults.ts';
import type { Field } from '../schema.ts';
import { type Place, PlacedField, typesIn } from './placed.ts';
import type { Reading } from './reading.ts';

/** A field that nothing is wrong with and that names no type which stands elsewhere: its text says all of it. */
export interface Meaning {
  /** With places from its own beginning, in no file. */
  readonly field: Field;
  readonly definesTypes: boolean;
}

/** The file of what is read by itself. */
export const nowhere: FileContent = { path: '', text: '' };

/** By pieces; of each what it meant in the namespace that it was met in last. */
export function rememberedMeanings<Value>(
  read: (value: Value, space: string) => Meaning | undefined,
): (piece: Piece<Value>, space: string) => Meaning | undefined {
  const meanings = new WeakMap<Piece<Value>, { readonly space: string; readonly meaning: Meaning | undefined }>();
  return (piece, space) => {
    const known = meanings.get(piece);
    // The namespace is for types that a field defines.
    if (known?.space === space || known?.meaning?.definesTypes === false) return known.meaning;
    const meaning = read(piece.value, space);
    meanings.set(piece, { space, meaning });
    return meaning;
  };
}

/** @param reading what was read for it, and nothing else; undefined where it depends on more than that */
export function meaningOf(field: Field | undefined, reading: Reading): Meaning | undefined {
  if (field === undefined || reading.problems.length > 0 || reading.references.length > 0) return undefined;
  const inner = [...reading.types.values()].flatMap((type) => (type.kind === 'record' ? type.fields : []));
  return [field, ...inner].every(hasValidDefault) ? { field, definesTypes: reading.types.size > 0 } : undefined;
}

function hasValidDefault({ type, default: value }: Field): boolean {
  return value === undefined || defaultValidity(type, value, alone) === 'valid';
}

const alone = { follow: () => undefined, isComplete: () => true };

/** Puts it where it is written. */
export function placeField(reading: Reading, { field, definesTypes }: Meaning, place: Place): Field {
  const placed = new PlacedField(field, reading.file, place);
  if (definesTypes) for (const type of typesIn(placed)) reading.define(type);
  return placed;
}
