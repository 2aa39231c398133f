import type { Profile } from '../../format.ts';

/** Who reads whose data: in BACKWARD the new schema reads what was written before, in FORWARD the old one what is written now. */
export type Direction = 'BACKWARD' | 'FORWARD';

export interface Mode {
  readonly profile: Profile;
  readonly directions: readonly Direction[];
  /** Against every version that is given, not the newest alone. */
  readonly transitive: boolean;
}

export const modes: readonly Mode[] = [
  mode('BACKWARD', 'The new schema reads what was written with the one before it: update readers first.', ['BACKWARD']),
  mode('FORWARD', 'Readers of the schema before read what the new one writes: update writers first.', ['FORWARD']),
  mode('FULL', 'Both: readers and writers are updated in any order.', ['BACKWARD', 'FORWARD']),
  mode('BACKWARD_TRANSITIVE', 'The new schema reads what was written with any earlier one.', ['BACKWARD'], true),
  mode('FORWARD_TRANSITIVE', 'Readers of any earlier schema read what the new one writes.', ['FORWARD'], true),
  mode('FULL_TRANSITIVE', 'Both, against every earlier schema.', ['BACKWARD', 'FORWARD'], true),
  mode('NONE', 'Schemas are not compared.', []),
];

export const defaultMode: Mode = modes[0] as Mode;

/** `avro` alone and what is unknown mean the default. */
export function modeOf(profile: string | undefined): Mode {
  return modes.find(({ profile: { name } }) => name === profile) ?? defaultMode;
}

function mode(name: string, summary: string, directions: readonly Direction[], transitive = false): Mode {
  return { profile: { name: `avro:${name}`, summary }, directions, transitive };
}
