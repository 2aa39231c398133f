import { type Fix, refuse } from '../fix.ts';
import { descriptionOf } from './description.ts';
import { isAlone, isRefusal, lockOff, newMigration, outsideConfig, proposal, removeStatement } from './edits.ts';

export const moveToOwnMigration: Fix = {
  id: 'move-to-own-migration',
  title: () => 'Move it to a migration of its own',
  propose(context) {
    if (isAlone(context)) return refuse('It stands alone already.');
    const removed = removeStatement(context, 'Move it out of this migration');
    if (isRefusal(removed)) return removed;
    const noTransaction = context.change?.impact().transaction === 'forbidden';
    const file = newMigration(
      context,
      descriptionOf(context.statement),
      [context.statement.id.text],
      0,
      !noTransaction,
      'Run it by itself',
    );
    const setting = noTransaction ? lockOff(context) : { creates: [], configEdits: [] };
    const config = noTransaction ? outsideConfig(context, file.path, [context.statement.id.text]) : [];
    return proposal({
      edits: [removed],
      creates: [file, ...config, ...setting.creates],
      configEdits: setting.configEdits,
    });
  },
};

export const runOutsideTransaction: Fix = {
  id: 'run-outside-transaction',
  title: () => 'Run this migration outside a transaction',
  propose(context) {
    const statements = context.statements.filter(({ kind }) => kind === 'sql').map(({ id }) => id.text);
    const [config] = outsideConfig(context, context.file.path, statements);
    if (config === undefined) return refuse('The tool runs it outside a transaction by itself.');
    if (context.files.has(config.path))
      return refuse(
        `${config.path.slice(config.path.lastIndexOf('/') + 1)} exists: set executeInTransaction=false in it.`,
      );
    const setting = lockOff(context);
    return proposal({ creates: [config, ...setting.creates], configEdits: setting.configEdits });
  },
};

export const transactionalLockOff: Fix = {
  id: 'transactional-lock-off',
  title: () => "Set the tool's transactional lock to false",
  propose(context) {
    const setting = lockOff(context);
    if (setting.creates.length + setting.configEdits.length === 0) return refuse('It is off already.');
    return proposal(setting);
  },
};
