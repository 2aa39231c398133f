import type { ParseArgsConfig } from 'node:util';
import { nearest } from '#core/config/nearest.ts';
import type { Service } from '#core/service.ts';

/** What a command may touch of the process. Tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A promise where the reader is slower than we are. */
  readonly out: (text: string) => void | Promise<void>;
  readonly err: (text: string) => void;
  /** Standard input, line by line. */
  readonly lines: () => AsyncIterable<string>;
  readonly now: () => string;
  /** Escape sequences may be written. */
  readonly color: boolean;
}

/** 0 clean, 1 findings at or over the threshold (or refused), 2 could not run. */
export type ExitCode = 0 | 1 | 2;

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** One file under `commands` and one line in `commands/index.ts`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Lines of `--help`. */
  readonly usage: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Words that may follow besides options; `paths`: any number. */
  readonly takes: number | 'paths';
  run(input: CommandInput): Promise<ExitCode>;
}

export interface CommandInput {
  readonly terminal: Terminal;
  readonly values: Values;
  readonly positionals: readonly string[];
  /** Loads the parsers on first use. */
  readonly service: () => Promise<Service>;
}

/** Something that the person typed cannot be done: one line on stderr, exit code 2. */
export class UsageError extends Error {}

export function textOption(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function choice<const T extends string>(values: Values, name: string, allowed: readonly T[], fallback: T): T {
  const value = textOption(values, name);
  if (value === undefined) return fallback;
  return oneOf(`--${name}`, value, allowed);
}

/** The allowed word; anything else is told with the one that was probably meant. */
export function oneOf<const T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  // `BACKWARD` is the end of `avro:BACKWARD`.
  const meant = allowed.find((each) => each.toLowerCase().endsWith(`:${value.toLowerCase()}`));
  const hint = meant === undefined ? didYouMean(value, allowed) : ` Did you mean ${meant}?`;
  throw new UsageError(`${what} is one of ${allowed.join(', ')}, not ${JSON.stringify(value)}.${hint}`);
}

export function didYouMean(word: string, known: readonly string[], prefix = ''): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${prefix}${meant}?`;
}

export function integerOption(values: Values, name: string): number | undefined {
  const value = textOption(values, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,4}$/.test(value)) throw new UsageError(`--${name} is a whole number, not ${JSON.stringify(value)}.`);
  return Number(value);
}
