import type { ContractCompletion, Cursor } from '../../../../language.ts';

export function completeAt(_at: Cursor): readonly ContractCompletion[] {
  return [];
}
