import type { Volatility } from '../../../schema/types.ts';
import { BUILT_IN_FUNCTIONS, EXTENSION_FUNCTIONS } from './built-in-functions.ts';

/** Volatility of a function by its folded name (`app.next_code`, `now`); `unknown` for those that a user made. */
export function functionVolatility(name: string): Volatility {
  return VOLATILITIES.get(name) ?? 'unknown';
}

/** Does every database have it? Then calling it changes no schema. */
export function isBuiltInFunction(name: string): boolean {
  return VOLATILITIES.has(name);
}

/** The less certain of the two: a part decides the whole. */
export function worstVolatility(a: Volatility, b: Volatility): Volatility {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

/** A volatile part makes the whole volatile, whatever an unknown one does. */
const ORDER: readonly Volatility[] = ['immutable', 'stable', 'unknown', 'volatile'];

const VOLATILITIES: ReadonlyMap<string, Volatility> = new Map([
  ...entries('immutable'),
  ...entries('stable'),
  ...entries('volatile'),
]);

function entries(volatility: 'immutable' | 'stable' | 'volatile'): readonly (readonly [string, Volatility])[] {
  const names = `${BUILT_IN_FUNCTIONS[volatility]} ${EXTENSION_FUNCTIONS[volatility]}`;
  return names.split(/\s+/).flatMap((name) => (name === '' ? [] : [[name, volatility] as const]));
}
