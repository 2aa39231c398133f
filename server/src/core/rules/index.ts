import { contractFormats } from '../contracts/formats/index.ts';
import { unreadableRule } from '../contracts/unreadable.ts';
import type { MessageArgs } from '../model/finding.ts';
import { ignoreComment } from './config/ignore-comment.ts';
import { schemawardYaml } from './config/schemaward-yaml.ts';
import { statsFile } from './config/stats-file.ts';
import { autovacuumDisabled } from './data/autovacuum-disabled.ts';
import { lossyCast } from './data/lossy-cast.ts';
import { sequenceBehind } from './data/sequence-behind.ts';
import { truncate } from './data/truncate.ts';
import { unbatchedBackfill } from './data/unbatched-backfill.ts';
import { unvalidated } from './data/unvalidated.ts';
import { definerSearchPath } from './design/definer-search-path.ts';
import { fkWithoutIndex } from './design/fk-without-index.ts';
import { json } from './design/json.ts';
import { noPrimaryKey } from './design/no-primary-key.ts';
import { positionalInsert } from './design/positional-insert.ts';
import { redundantIndex } from './design/redundant-index.ts';
import { selectStar } from './design/select-star.ts';
import { sequenceRange } from './design/sequence-range.ts';
import { serial } from './design/serial.ts';
import { smallKey } from './design/small-key.ts';
import { timestamp } from './design/timestamp.ts';
import { typeRule } from './design/type.ts';
import { volatileCheck } from './design/volatile-check.ts';
import { addCheck } from './lock/add-check.ts';
import { addForeignKey } from './lock/add-foreign-key.ts';
import { addPrimaryKey } from './lock/add-primary-key.ts';
import { addUnique } from './lock/add-unique.ts';
import { createIndex } from './lock/create-index.ts';
import { detachPartition } from './lock/detach-partition.ts';
import { dropIndex } from './lock/drop-index.ts';
import { fullTableCommand } from './lock/full-table-command.ts';
import { noTimeout } from './lock/no-timeout.ts';
import { partitionScan } from './lock/partition-scan.ts';
import { queue } from './lock/queue.ts';
import { rewriteTable } from './lock/rewrite-table.ts';
import { sameTableAgain } from './lock/same-table-again.ts';
import { setNotNullScan } from './lock/set-not-null-scan.ts';
import { severalTables } from './lock/several-tables.ts';
import { timeoutNotReset } from './lock/timeout-not-reset.ts';
import { renderMessage } from './message.ts';
import { caseCollision } from './order/case-collision.ts';
import { changedAfterApply } from './order/changed-after-apply.ts';
import { duplicateVersion } from './order/duplicate-version.ts';
import { gap } from './order/gap.ts';
import { ignoredFile } from './order/ignored-file.ts';
import { implausibleVersion } from './order/implausible-version.ts';
import { missing } from './order/missing.ts';
import { outOfOrder } from './order/out-of-order.ts';
import { undoIncomplete } from './order/undo-incomplete.ts';
import { undoWithoutPartner } from './order/undo-without-partner.ts';
import { noReplicaIdentity } from './replication/no-replica-identity.ts';
import { publicationChanged } from './replication/publication-changed.ts';
import { subscribersFirst } from './replication/subscribers-first.ts';
import type { Rule, RuleInfo } from './rule.ts';
import { columnKind } from './run/column-kind.ts';
import { conflictTarget } from './run/conflict-target.ts';
import { defaultValue } from './run/default-value.ts';
import { duplicateObject } from './run/duplicate-object.ts';
import { dynamicSql } from './run/dynamic-sql.ts';
import { foreignKey } from './run/foreign-key.ts';
import { inUse } from './run/in-use.ts';
import { key } from './run/key.ts';
import { longName } from './run/long-name.ts';
import { needsUsing } from './run/needs-using.ts';
import { notImmutable } from './run/not-immutable.ts';
import { nullRows } from './run/null-rows.ts';
import { operatorClass } from './run/operator-class.ts';
import { ownedSequence } from './run/owned-sequence.ts';
import { partition } from './run/partition.ts';
import { refresh } from './run/refresh.ts';
import { routineSignature } from './run/routine-signature.ts';
import { syntaxError } from './run/syntax-error.ts';
import { tooManyColumns } from './run/too-many-columns.ts';
import { truncateReferenced } from './run/truncate-referenced.ts';
import { typedTable } from './run/typed-table.ts';
import { unknownObject } from './run/unknown-object.ts';
import { unpopulatedView } from './run/unpopulated-view.ts';
import { unsupportedSyntax } from './run/unsupported-syntax.ts';
import { viewColumns } from './run/view-columns.ts';
import { writtenColumns } from './run/written-columns.ts';
import { wrongKind } from './run/wrong-kind.ts';
import { addRequiredColumn } from './schema/add-required-column.ts';
import { cascade } from './schema/cascade.ts';
import { changeColumnType } from './schema/change-column-type.ts';
import { domainConstraint } from './schema/domain-constraint.ts';
import { dropColumn } from './schema/drop-column.ts';
import { dropConstraint } from './schema/drop-constraint.ts';
import { dropDefault } from './schema/drop-default.ts';
import { dropFunction } from './schema/drop-function.ts';
import { dropNotNull } from './schema/drop-not-null.ts';
import { dropTable } from './schema/drop-table.ts';
import { dropView } from './schema/drop-view.ts';
import { grantsLost } from './schema/grants-lost.ts';
import { renameColumn } from './schema/rename-column.ts';
import { renameEnumValue } from './schema/rename-enum-value.ts';
import { renameTable } from './schema/rename-table.ts';
import { renameType } from './schema/rename-type.ts';
import { revoke } from './schema/revoke.ts';
import { setNotNull } from './schema/set-not-null.ts';
import { grantToPublic } from './security/grant-to-public.ts';
import { rlsWithoutPolicy } from './security/rls-without-policy.ts';
import { triggersDisabled } from './security/triggers-disabled.ts';
import { viewOptionsLost } from './security/view-options-lost.ts';
import { sharedMessages } from './shared-messages.ts';
import { concurrently } from './tx/concurrently.ts';
import { control } from './tx/control.ts';
import { enumValueUsed } from './tx/enum-value-used.ts';
import { invalidIndex } from './tx/invalid-index.ts';
import { pendingEvents } from './tx/pending-events.ts';
import { setLocal } from './tx/set-local.ts';
import { statementTimeout } from './tx/statement-timeout.ts';
import { validateWithAdd } from './tx/validate-with-add.ts';

/** Every rule, by id. A new one is a file and a line here. */
export const rules: readonly Rule[] = [
  ignoreComment,
  schemawardYaml,
  statsFile,
  autovacuumDisabled,
  lossyCast,
  sequenceBehind,
  truncate,
  unbatchedBackfill,
  unvalidated,
  fkWithoutIndex,
  redundantIndex,
  definerSearchPath,
  json,
  noPrimaryKey,
  positionalInsert,
  selectStar,
  sequenceRange,
  serial,
  smallKey,
  timestamp,
  typeRule,
  volatileCheck,
  addCheck,
  addForeignKey,
  addPrimaryKey,
  addUnique,
  createIndex,
  detachPartition,
  dropIndex,
  fullTableCommand,
  noTimeout,
  partitionScan,
  queue,
  rewriteTable,
  sameTableAgain,
  setNotNullScan,
  severalTables,
  timeoutNotReset,
  caseCollision,
  changedAfterApply,
  duplicateVersion,
  gap,
  ignoredFile,
  implausibleVersion,
  missing,
  outOfOrder,
  undoIncomplete,
  undoWithoutPartner,
  columnKind,
  noReplicaIdentity,
  publicationChanged,
  subscribersFirst,
  conflictTarget,
  defaultValue,
  duplicateObject,
  dynamicSql,
  foreignKey,
  inUse,
  key,
  longName,
  needsUsing,
  notImmutable,
  nullRows,
  operatorClass,
  ownedSequence,
  partition,
  refresh,
  routineSignature,
  syntaxError,
  tooManyColumns,
  truncateReferenced,
  typedTable,
  unknownObject,
  unpopulatedView,
  unsupportedSyntax,
  viewColumns,
  writtenColumns,
  wrongKind,
  addRequiredColumn,
  cascade,
  changeColumnType,
  domainConstraint,
  dropColumn,
  dropConstraint,
  dropDefault,
  dropFunction,
  dropNotNull,
  dropTable,
  dropView,
  grantsLost,
  renameColumn,
  renameEnumValue,
  renameTable,
  renameType,
  revoke,
  setNotNull,
  grantToPublic,
  rlsWithoutPolicy,
  triggersDisabled,
  viewOptionsLost,
  concurrently,
  control,
  enumValueUsed,
  invalidIndex,
  setLocal,
  statementTimeout,
  pendingEvents,
  validateWithAdd,
];

export const contractRules = contractFormats.flatMap((format) => [...format.rules, unreadableRule(format)]);

/** Every rule with a page, a severity and a name to be ignored by: those of contracts are checked by their format. */
export const allRules: readonly RuleInfo[] = [...rules, ...contractRules];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
const infoById: ReadonlyMap<string, RuleInfo> = new Map(allRules.map((rule) => [rule.id, rule]));

/** A rule about migrations. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}

export function ruleInfo(id: string): RuleInfo | undefined {
  return infoById.get(id);
}

export function messageOf(rule: string, messageId: string, args: MessageArgs): string {
  const template = infoById.get(rule)?.messages[messageId] ?? sharedMessages[messageId] ?? messageId;
  return renderMessage(template, args);
}

/** Where the rule's page is published. */
export function docsUrl(rule: string): string {
  return urls.get(rule) ?? urlOf(rule);
}

/** Where the impact table of a dialect is published. */
export function impactPage(dialect: string): string {
  return `${published}/impact/${dialect}.md`;
}

/** Where the row of the impact table is published that a statement was judged by. */
export function impactUrl(dialect: string, row: string): string {
  const known = impactUrls.get(row);
  if (known?.startsWith(`${impactPage(dialect)}#`)) return known;
  const url = `${impactPage(dialect)}#${row}`;
  impactUrls.set(row, url);
  return url;
}

/** Tens of thousands of findings share a hundred rows. */
const impactUrls = new Map<string, string>();

const published = 'https://github.com/schemaward/schemaward/blob/main/docs';

function urlOf(rule: string): string {
  return `${published}/rules/${rule}.md`;
}

const urls = new Map(allRules.map(({ id }) => [id as string, urlOf(id)] as const));
