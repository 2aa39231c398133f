import type { ChangeContext, MigrationContext, Step } from './rule.ts';

/** A timeout as it was set. */
export interface Timeout {
  /** As written: `5s`. */
  readonly value: string;
  readonly milliseconds: number;
  /** Where this migration set it; undefined: before the migration, by the tool or its configuration. */
  readonly step?: Step;
  /** `SET LOCAL`: it ends with its transaction. */
  readonly local: boolean;
}

/** What limits a statement while it waits or works. `undefined`: nobody has said anything. */
export interface Timeouts {
  readonly lock: Timeout | undefined;
  readonly statement: Timeout | undefined;
}

/** Each change with the timeouts that hold for it: those that the tool brings along, then what this migration sets. */
export function* withTimeouts({
  contexts,
  session,
}: MigrationContext): Iterable<readonly [context: ChangeContext, timeouts: Timeouts]> {
  const before = (locally: boolean): Settings =>
    new Map(
      session.flatMap(({ name, value, local }) =>
        isTimeout(name) && local === locally ? [[name, timeout(value, local)] as const] : [],
      ),
    );
  const start = before(false);
  let lasting = start;
  let transaction = contexts[0]?.step.transaction;
  let local: Settings = transaction === undefined ? new Map() : before(true);
  let timeouts = timeoutsOf(local, lasting);
  for (const context of contexts) {
    const { step } = context;
    if (step.transaction !== transaction) {
      local = new Map();
      timeouts = timeoutsOf(local, lasting);
    }
    transaction = step.transaction;
    yield [context, timeouts];
    const { change } = step;
    if (change.kind !== 'SetSession' || !(isTimeout(change.name) || change.name === 'all')) continue;
    const changed = change.name === 'all' ? TIMEOUTS : [change.name];
    const value = change.value === 'DEFAULT' ? undefined : timeout(change.value, change.local, step);
    if (change.local && transaction !== undefined) local = withAll(local, changed, () => value);
    else if (!change.local) {
      lasting = withAll(lasting, changed, (name) => value ?? start.get(name));
      local = withAll(local, changed, () => undefined);
    }
    timeouts = timeoutsOf(local, lasting);
  }
}

function timeoutsOf(local: Settings, lasting: Settings): Timeouts {
  const read = (name: TimeoutName) => local.get(name) ?? lasting.get(name);
  return { lock: read('lock_timeout'), statement: read('statement_timeout') };
}

type TimeoutName = 'lock_timeout' | 'statement_timeout';
type Settings = ReadonlyMap<TimeoutName, Timeout | undefined>;

export const TIMEOUTS: readonly TimeoutName[] = ['lock_timeout', 'statement_timeout'];

export function isTimeout(name: string): name is TimeoutName {
  return name === 'lock_timeout' || name === 'statement_timeout';
}

function withAll(
  settings: Settings,
  names: readonly TimeoutName[],
  value: (name: TimeoutName) => Timeout | undefined,
): Settings {
  return new Map([...settings, ...names.map((name) => [name, value(name)] as const)]);
}

function timeout(value: string, local: boolean, step?: Step): Timeout {
  return { value, milliseconds: milliseconds(value), local, ...(step === undefined ? {} : { step }) };
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A number alone counts milliseconds. What is no duration (a variable) is taken as one that limits. */
export function milliseconds(value: string): number {
  const [, number = '', unit = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(value) ?? [];
  const factor = unit === '' ? 1 : UNITS[unit];
  return number === '' || factor === undefined ? Number.POSITIVE_INFINITY : Number(number) * factor;
}

/** Does it limit anything? 0 switches it off. */
export function limits(timeout: Timeout | undefined): boolean {
  return timeout !== undefined && timeout.milliseconds > 0;
}
