import type { ContractRule } from '../../../rule.ts';
import { beyondRules } from '../beyond/index.ts';
import { subjectDeleted } from '../beyond/subject-deleted.ts';
import { fixedSizeMismatch } from './fixed-size-mismatch.ts';
import { messageDeleted } from './message-deleted.ts';
import { missingEnumSymbols } from './missing-enum-symbols.ts';
import { missingUnionBranch } from './missing-union-branch.ts';
import { nameMismatch } from './name-mismatch.ts';
import { oneWayChanged } from './one-way-changed.ts';
import { readerFieldMissingDefaultValue } from './reader-field-missing-default-value.ts';
import { typeMismatch } from './type-mismatch.ts';

export const avroRules: readonly ContractRule[] = [
  fixedSizeMismatch,
  missingEnumSymbols,
  missingUnionBranch,
  nameMismatch,
  readerFieldMissingDefaultValue,
  typeMismatch,
  messageDeleted,
  oneWayChanged,
  ...beyondRules,
  subjectDeleted,
];
