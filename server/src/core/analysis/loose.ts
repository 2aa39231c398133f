import type { MigrationTool } from '../migrations/tool.ts';
import type { FilePath } from '../model/text.ts';
import type { Snapshot } from '../service.ts';
import { unmapped } from '../text/mapped.ts';
import type { Found } from './discovery.ts';
import type { Settings } from './settings.ts';

/**
 * A `.sql` file that was named on the command line and belongs to no project: one migration with an unknown past,
 * whose tables exist and are large.
 */
export function looseProject(path: FilePath, settings: Settings, snapshot: Snapshot): Found {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, path.lastIndexOf('/'));
  return {
    tool: snapshot.overrides?.inTransaction === true ? wrapped : bare,
    settings,
    project: {
      name,
      tool: 'none',
      root: folder,
      locations: [{ folder: path, configured: path }],
      foundBy: 'convention',
      configFiles: [],
      dialect: { id: 'postgresql', guessed: true, because: 'nothing said otherwise' },
      completeFrom: 'none',
      options: {},
    },
  };
}

const bare = looseTool(false);
const wrapped = looseTool(true);

/** No tool at all: one file, no versions, no history. */
function looseTool(inTransaction: boolean): MigrationTool {
  return {
    id: 'none',
    displayName: 'no tool',
    configPatterns: [],
    discover: () => ({ projects: [], notices: [] }),
    configure: (entry) => ({
      name: entry.name ?? '',
      tool: 'none',
      root: entry.root,
      locations: [],
      foundBy: 'convention',
      configFiles: [],
      dialect: { id: entry.dialect ?? 'postgresql', guessed: true, because: 'nothing said otherwise' },
      options: {},
    }),
    timeline: (project) => {
      const file = project.locations[0]?.folder ?? project.root;
      const script = file.slice(file.lastIndexOf('/') + 1);
      const migration = { id: script, kind: 'versioned', file, description: script, script, language: 'sql' } as const;
      return { migrations: [migration], others: [], ignored: [] };
    },
    text: (_project, _migration, file) => unmapped(file.text),
    checksum: () => undefined,
    orderFacts: () => [],
    states: () => [],
    appliedOrder: () => [],
    transactionRule: () => ({
      mode: inTransaction ? 'one-transaction' : 'none',
      why: inTransaction ? 'the tool wraps the file' : 'no tool wraps the file',
      lockHangsConcurrently: false,
      detected: true,
    }),
    sessionSql: () => [],
    historyTable: () => ({ table: '' }),
    historyRows: () => [],
    precedes: () => false,
    naming: () => ({ scheme: 'integer', words: '' }),
    newFile: (project, _timeline, wanted) => `${project.root}/${wanted.description}.sql`,
    renamed: () => [],
    outsideTransaction: () => undefined,
    concurrentlySetting: () => undefined,
  };
}
