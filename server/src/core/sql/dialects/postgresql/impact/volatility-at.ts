import { overloadsCalled } from '../../../../schema/routines.ts';
import type { Expression, Volatility } from '../../../../schema/types.ts';
import { functionVolatility, worstVolatility } from '../volatility.ts';
import type { Scene } from './reach.ts';

/** Volatility of an expression where the schema may know the functions that it calls. */
export function volatilityAt(scene: Scene, { volatility, functions }: Expression): Volatility {
  if (volatility !== 'unknown') return volatility;
  return functions.map((name) => ofFunction(scene, name)).reduce(worstVolatility, 'immutable');
}

/** @param called `f` or `app.f` */
function ofFunction({ before }: Scene, called: string): Volatility {
  const builtIn = functionVolatility(called);
  if (builtIn !== 'unknown') return builtIn;
  const [first, ...others] = overloadsCalled(before, called).map(([, { volatility }]) => volatility);
  return first !== undefined && others.every((each) => each === first) ? first : 'unknown';
}
