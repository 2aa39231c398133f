import type { ContractFix } from '../../../fix.ts';
import { restoreFile } from '../../../restore-file.ts';
import { addDefault } from './add-default.ts';
import { aliasField, aliasType } from './alias.ts';
import { checked } from './checked.ts';
import { defaultBranchFirst, restoreDefault } from './defaults.ts';
import { addEnumDefault, restoreSymbols } from './enums.ts';
import { makeNullable } from './make-nullable.ts';
import { restoreMessage, restoreOneWay } from './messages.ts';
import { restoreField } from './restore-field.ts';
import { readBoth, restoreBranch, restoreName, restoreSize, restoreType } from './restore-words.ts';

export const restoreSubject: ContractFix = restoreFile('avro-restore-file');

const all: readonly ContractFix[] = [
  addDefault,
  addEnumDefault,
  aliasField,
  aliasType,
  defaultBranchFirst,
  makeNullable,
  readBoth,
  restoreBranch,
  restoreDefault,
  restoreField,
  restoreMessage,
  restoreName,
  restoreOneWay,
  restoreSize,
  restoreSymbols,
  restoreSubject,
  restoreType,
];

export const avroFixes: readonly ContractFix[] = all.map(checked);
