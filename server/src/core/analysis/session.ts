import type { SessionSql } from '../migrations/tool.ts';
import type { SessionSetting } from '../rules/rule.ts';
import type { Dialect } from '../sql/dialect.ts';
import { readStatements } from '../sql/script.ts';
import { splitScript } from '../sql/split.ts';

/** The settings that every migration of a project finds, of those that SQL sets. */
export function sessionSettings(sources: readonly SessionSql[], dialect: Dialect): readonly SessionSetting[] {
  return sources.flatMap(({ text, inTransaction }) =>
    readStatements(splitScript(text, dialect.lexical), dialect).flatMap(({ reading }) =>
      reading.changes.flatMap((change) =>
        change.kind === 'SetSession' && (!change.local || inTransaction)
          ? [{ name: change.name, value: change.value, local: change.local }]
          : [],
      ),
    ),
  );
}
