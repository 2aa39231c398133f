import { postgresqlOptions } from '../options.ts';
import {
  type AlterTarget,
  alterImpact,
  alterTarget,
  type Handler,
  missing,
  onlyPartitions,
  onlyTarget,
} from './alter.ts';

/** CREATE TRIGGER: a row trigger of a partitioned table is made on every partition. */
export const createTrigger: Handler<'CreateTrigger'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const everywhere = postgresqlOptions(change).forEachRow !== false;
  return alterImpact('create-trigger', everywhere ? onlyPartitions(reached) : onlyTarget(reached));
};

export const dropTrigger: Handler<'DropTrigger'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  return missing(reached.target, change.ifExists) ?? alterImpact('drop-trigger', onlyPartitions(reached));
};

/** From 15 on the partitions' copies are renamed as well. */
export const renameTrigger: Handler<'RenameTrigger'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  return alterImpact('rename-trigger', scene.version >= 15 ? onlyPartitions(reached) : onlyTarget(reached));
};

/** ENABLE and DISABLE TRIGGER reach the partitions where a trigger was copied to them. */
export const setTrigger: Handler<'SetTrigger'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  return alterImpact('set-trigger', hasTriggers(reached) ? onlyPartitions(reached) : onlyTarget(reached));
};

function hasTriggers({ target }: AlterTarget): boolean {
  return (target.table?.triggers.length ?? 0) > 0;
}
