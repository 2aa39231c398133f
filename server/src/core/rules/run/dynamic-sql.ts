import { at, defineRule } from '../rule.ts';

export const dynamicSql = defineRule({
  id: 'run/dynamic-sql',
  scope: 'migration',
  severity: 'hint',
  summary: 'SQL that is put together when it runs is not examined, and neither is what it changes.',
  messages: {
    hidden:
      'Not examined: it {reason}. What it changes nobody sees before it runs, and of later statements less is known. Write the statements out where they are known.',
  },
  explanation: `\`EXECUTE format(...)\` in a DO block, a \`CALL\`, \`DROP OWNED\`: which statements run is decided in the database. No lock, no broken reader and no
misspelt name in them can be told beforehand, and since they may have made, changed or dropped anything, findings about names are silent in
everything that follows.

**Do instead**: write the statements out; \`EXECUTE 'one constant'\` is read as if it stood there. For partitions and the like, where names are
computed, keep the block small and the rest of the migration outside it. There is no quick fix: what would run only the database knows.

Told once per migration, at the first such statement.`,
  peers: ['safemigrate:analyzer-blind-on-dynamic-sql', 'migrationpilot:MP063', 'pgsafe:unchecked-do-block'],
  examples: [
    {
      title: 'Put together',
      sql: "DO $$\nDECLARE name text;\nBEGIN\n  FOR name IN SELECT tablename FROM pg_tables LOOP\n    EXECUTE format('ALTER TABLE %I ADD COLUMN made timestamptz', name);\n  END LOOP;\nEND $$;",
      fires: true,
    },
    {
      title: 'A constant is read',
      sql: "DO $$\nBEGIN\n  EXECUTE 'CREATE TABLE notes (id bigint PRIMARY KEY)';\nEND $$;",
      fires: false,
    },
  ],
  *check({ contexts }) {
    for (const { step } of contexts) {
      const { change } = step;
      // What no parser reads is told as such.
      if (change.kind !== 'RunSql' || change.taint !== 'schema' || step.reading.problem !== undefined) continue;
      yield {
        messageId: 'hidden',
        args: { reason: change.reason },
        anchor: at(step, change.span),
        object: change.reason,
      };
      return;
    }
  },
});
