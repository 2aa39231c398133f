import type { FileContent } from '../../../../model/text.ts';
import { defaultValidity } from '../defaults.ts';
import type { Field } from '../schema.ts';
import { type Place, PlacedField, typesIn } from './placed.ts';
import { Reading } from './reading.ts';

/** A field that nothing is wrong with and that names no type which stands elsewhere: its text says all of it. */
export interface Meaning {
  /** With places from its own beginning, in no file. */
  readonly field: Field;
  readonly definesTypes: boolean;
}

const nowhere: FileContent = { path: '', text: '' };

/** Undefined where it depends on more than what `read` reads. */
export function meaningOf(read: (reading: Reading) => Field | undefined): Meaning | undefined {
  const reading = new Reading(nowhere);
  const field = read(reading);
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
