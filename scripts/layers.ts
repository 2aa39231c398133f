/**
 * Which folder may import which: the architecture as one table. A test reads every import against it, and
 * ARCHITECTURE.md prints it. A folder not named here may import nothing of ours.
 */
export const layers: readonly { readonly folder: string; readonly mayImport: readonly string[] }[] = [
  { folder: 'server/src/core/model', mayImport: [] },
  { folder: 'server/src/core/text', mayImport: ['core/model'] },
  { folder: 'server/src/core/schema', mayImport: ['core/text', 'core/model'] },
  { folder: 'server/src/core/sql/dialects/*', mayImport: ['core/sql', 'core/schema', 'core/text', 'core/model'] },
  { folder: 'server/src/core/sql', mayImport: ['core/sql/dialects/*', 'core/schema', 'core/text', 'core/model'] },
  {
    folder: 'server/src/core/migrations/tools/*',
    mayImport: ['core/migrations', 'core/sql', 'core/text', 'core/model'],
  },
  {
    folder: 'server/src/core/migrations',
    mayImport: ['core/migrations/tools/*', 'core/sql', 'core/text', 'core/model'],
  },
  { folder: 'server/src/core/contracts/formats/*', mayImport: ['core/contracts', 'core/text', 'core/model'] },
  { folder: 'server/src/core/contracts', mayImport: ['core/contracts/formats/*', 'core/text', 'core/model'] },
  {
    folder: 'server/src/core/rules',
    mayImport: ['core/contracts', 'core/migrations', 'core/sql', 'core/schema', 'core/text', 'core/model'],
  },
  {
    folder: 'server/src/core/plans',
    mayImport: [
      'core/contracts',
      'core/rules',
      'core/migrations',
      'core/sql',
      'core/schema',
      'core/text',
      'core/model',
    ],
  },
  {
    folder: 'server/src/core/config',
    mayImport: ['core/contracts', 'core/rules', 'core/migrations', 'core/sql', 'core/text', 'core/model'],
  },
  {
    folder: 'server/src/core/analysis',
    mayImport: [
      'core/config',
      'core/plans',
      'core/contracts',
      'core/rules',
      'core/migrations',
      'core/sql',
      'core/schema',
      'core/text',
      'core/model',
    ],
  },
  {
    folder: 'server/src/core',
    mayImport: [
      'core/analysis',
      'core/config',
      'core/plans',
      'core/contracts',
      'core/rules',
      'core/migrations',
      'core/sql',
      'core/schema',
      'core/text',
      'core/model',
    ],
  },
  { folder: 'server/src/host', mayImport: ['core'] },
  { folder: 'server/src/protocol', mayImport: [] },
  { folder: 'server/src/lsp', mayImport: ['core', 'host', 'protocol'] },
  { folder: 'server/src/cli', mayImport: ['core', 'host', 'entry'] },
  { folder: 'server/src/entry', mayImport: ['core', 'host', 'lsp', 'cli'] },
  { folder: 'client/src', mayImport: ['protocol'] },
];

/** Types of `service.ts` describe the facade for those below it too; `rules/index.ts` and registries are the only runtime doors. */
export const facadeTypes = 'server/src/core/service.ts';
