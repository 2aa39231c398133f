import type { Fix } from '../fix.ts';
import {
  createIndexConcurrently,
  dropIndexConcurrently,
  refreshConcurrently,
  reindexConcurrently,
} from './concurrently.ts';
import { writeCutName } from './cut-name.ts';
import { dropByName } from './drop-by-name.ts';
import { dropInvalidIndex } from './drop-invalid-index.ts';
import { enableTriggers } from './enable-triggers.ts';
import { grantAgain } from './grant-again.ts';
import { createKeyIndex, removeRedundant } from './indexes.ts';
import { keepOldName } from './keep-old-name.ts';
import { nameColumns } from './name-columns.ts';
import { notConcurrently } from './not-concurrently.ts';
import { notValidThenValidate, validateInNextMigration, validateLater } from './not-valid.ts';
import { writeForOlder } from './older.ts';
import { renameToNextVersion, renameToSuggestion } from './rename.ts';
import { resetParameter } from './reset-parameter.ts';
import { setSequence, widenSequence } from './sequences.ts';
import { resetSetting, setLocalInstead, setLockTimeout, setSessionInstead } from './session.ts';
import { addUsing, checkConstraintsNow, removeIt } from './statements.ts';
import { moveToOwnMigration, runOutsideTransaction, transactionalLockOff } from './transactions.ts';
import { primaryKeyUsingIndex, uniqueUsingIndex } from './using-index.ts';

/** Every quick fix, by id. A new one is a file and a line here. */
export const fixes: readonly Fix[] = [
  createIndexConcurrently,
  dropIndexConcurrently,
  reindexConcurrently,
  refreshConcurrently,
  dropInvalidIndex,
  dropByName,
  enableTriggers,
  grantAgain,
  keepOldName,
  notValidThenValidate,
  validateInNextMigration,
  validateLater,
  uniqueUsingIndex,
  primaryKeyUsingIndex,
  moveToOwnMigration,
  runOutsideTransaction,
  transactionalLockOff,
  notConcurrently,
  setLockTimeout,
  setLocalInstead,
  resetSetting,
  resetParameter,
  setSessionInstead,
  addUsing,
  checkConstraintsNow,
  removeIt,
  writeCutName,
  writeForOlder,
  renameToNextVersion,
  renameToSuggestion,
  createKeyIndex,
  removeRedundant,
  nameColumns,
  widenSequence,
  setSequence,
];

export function fixById(id: string): Fix | undefined {
  return fixes.find((fix) => fix.id === id);
}
