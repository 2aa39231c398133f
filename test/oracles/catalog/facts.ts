/** A schema as lines that can be compared: what is asked about -> what stands there. */
export type Facts = ReadonlyMap<string, string>;

export interface Difference {
  readonly fact: string;
  /** Undefined: there is no such thing. */
  readonly server: string | undefined;
  readonly ours: string | undefined;
}

export function differences(server: Facts, ours: Facts): readonly Difference[] {
  return [...new Set([...server.keys(), ...ours.keys()])]
    .filter((fact) => server.get(fact) !== ours.get(fact))
    .sort()
    .map((fact) => ({ fact, server: server.get(fact), ours: ours.get(fact) }));
}

export function worded({ fact, server, ours }: Difference): string {
  return `${fact}\n      server: ${server ?? 'none'}\n      ours:   ${ours ?? 'none'}`;
}

/** `a=1 b=x,y`: fields that are false, empty or absent are left out. */
export function line(
  fields: Readonly<Record<string, string | boolean | number | readonly string[] | undefined>>,
): string {
  return Object.entries(fields)
    .filter(
      ([, value]) =>
        value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`)
    .join(' ');
}
