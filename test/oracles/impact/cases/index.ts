import type { ImpactCase } from './case.ts';
import { COLUMN_CASES } from './columns.ts';
import { CONSTRAINT_CASES } from './constraints.ts';
import { GENERATED_CASES } from './generated.ts';
import { INDEX_CASES } from './indexes.ts';
import { OTHER_CASES } from './others.ts';
import { RARE_CASES } from './rare.ts';
import { REACH_CASES } from './reach.ts';
import { TABLE_CASES } from './tables.ts';
import { TYPE_CASES } from './types.ts';

/** Every statement that is measured. The first case of a row is the one that its page shows. */
export const IMPACT_CASES: readonly ImpactCase[] = [
  ...COLUMN_CASES,
  ...TYPE_CASES,
  ...CONSTRAINT_CASES,
  ...INDEX_CASES,
  ...TABLE_CASES,
  ...OTHER_CASES,
  ...RARE_CASES,
  ...REACH_CASES,
  ...GENERATED_CASES,
];
