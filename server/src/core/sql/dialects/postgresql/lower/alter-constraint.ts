import type { SchemaChange } from '../../../../schema/change.ts';
import { ident, objectName } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { type AlterCommand, type Commands, isCascade, subject } from './alter-command.ts';
import { setOption } from './alter-options.ts';
import { withOptions } from './base.ts';
import { constraintSpec } from './constraints.ts';
import { relationParts } from './names.ts';
import { partitionBound } from './partition-bound.ts';

/** Subcommands about constraints, triggers, inheritance and partitions. */
export const constraintCommands: Commands = {
  AT_AddConstraint: addConstraint,
  AT_DropConstraint: (alter) => ({
    kind: 'DropConstraint',
    ...alter.base,
    table: alter.table,
    constraint: subject(alter),
    ifExists: alter.command.missing_ok === true,
    cascade: isCascade(alter),
  }),
  AT_ValidateConstraint: (alter) => ({
    kind: 'ValidateConstraint',
    ...alter.base,
    table: alter.table,
    constraint: subject(alter),
  }),
  AT_AlterConstraint: alterConstraint,
  AT_EnableTrig: (alter) => setTrigger(alter, true),
  AT_EnableAlwaysTrig: (alter) => setTrigger(alter, true),
  AT_EnableReplicaTrig: (alter) => setTrigger(alter, true),
  AT_EnableTrigAll: (alter) => setTrigger(alter, true),
  AT_EnableTrigUser: (alter) => setTrigger(alter, true),
  AT_DisableTrig: (alter) => setTrigger(alter, false),
  AT_DisableTrigAll: (alter) => setTrigger(alter, false),
  AT_DisableTrigUser: (alter) => setTrigger(alter, false),
  AT_AddInherit: (alter) => setInheritance(alter, true),
  AT_DropInherit: (alter) => setInheritance(alter, false),
  AT_AttachPartition: attachPartition,
  AT_DetachPartition: detachPartition,
  AT_DetachPartitionFinalize: detachPartition,
};

function addConstraint(alter: AlterCommand): SchemaChange {
  const { source, base, table, words, command } = alter;
  const node: PgNode | undefined = command.def;
  const constraint =
    node?.Constraint === undefined ? undefined : constraintSpec(source, node.Constraint, words.slice(1));
  return constraint === undefined ? setOption(alter, 'other') : { kind: 'AddConstraint', ...base, table, constraint };
}

function alterConstraint({ base, table, words, command }: AlterCommand): SchemaChange {
  const node: PgNode | undefined = command.def;
  const definition = node?.ATAlterConstraint;
  return {
    kind: 'AlterConstraint',
    ...base,
    table,
    constraint: ident(words, 2, definition?.conname),
    ...withOptions({
      ...base.options,
      ...(definition?.alterEnforceability ? { enforced: definition.is_enforced === true } : {}),
      ...(definition?.alterDeferrability
        ? { deferrable: definition.deferrable === true, initiallyDeferred: definition.initdeferred === true }
        : {}),
      ...(definition?.alterInheritability ? { inherit: definition.noinherit !== true } : {}),
    }),
  };
}

/** `ENABLE [ALWAYS | REPLICA] TRIGGER x`: ALL and USER stand as if they were names. */
function setTrigger({ base, table, words, command }: AlterCommand, enabled: boolean): SchemaChange {
  return { kind: 'SetTrigger', ...base, table, trigger: ident(words, words.length - 1, command.name), enabled };
}

function setInheritance({ base, table, words, command }: AlterCommand, inherit: boolean): SchemaChange {
  const node: PgNode | undefined = command.def;
  const parent = objectName(words, inherit ? 1 : 2, relationParts(node?.RangeVar));
  return { kind: 'SetInheritance', ...base, table, parent, inherit };
}

/** ALTER INDEX has the same subcommand, without a bound. */
export function attachPartition(alter: AlterCommand): SchemaChange {
  const { base, table, words, command } = alter;
  const node: PgNode | undefined = command.def;
  const bound = node?.PartitionCmd?.bound;
  const partition = objectName(words, 2, relationParts(node?.PartitionCmd?.name));
  if (bound === undefined) return setOption(alter, 'attach-index', partition.name);
  return {
    kind: 'AttachPartition',
    ...base,
    table,
    partition,
    ...partitionBound(bound),
  };
}

function detachPartition({ base, table, words, command }: AlterCommand): SchemaChange {
  const node: PgNode | undefined = command.def;
  const finalize = command.subtype === 'AT_DetachPartitionFinalize';
  return {
    kind: 'DetachPartition',
    ...base,
    table,
    partition: objectName(words, 2, relationParts(node?.PartitionCmd?.name)),
    concurrently: node?.PartitionCmd?.concurrent === true,
    ...withOptions({ ...base.options, ...(finalize ? { finalize } : {}) }),
  };
}
