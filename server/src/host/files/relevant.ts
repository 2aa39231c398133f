import type { FilePath } from '#core/model/text.ts';

/** Folders that only builds and package managers write to. */
const builds = new Set([
  'target',
  'build',
  'bin',
  'out',
  'dist',
  'node_modules',
  '.git',
  '.gradle',
  '.idea',
  '.vscode-test',
  'vendor',
  '.venv',
  'venv',
]);

/** Names that may say what a project is, besides those that the tools add. */
const known =
  /^(schemaward\.yaml|schemaward\.stats\.json|evolution\.yaml|pom\.xml|build\.gradle|build\.gradle\.kts|gradle\.properties|package\.json)$/;

/** `sqlMigrationSuffixes` of projects that say more than `.sql`. */
const sql = /\.(sql|pgsql|psql|ddl|dml|pks|pkb|pls|plsql|prc|fnc|trg)(\.conf)?$/i;

/** Migrations written as code, or run as scripts: their place in the order counts, their text does not. */
const code = /^[VRUB][^/]*__[^/]*\.(java|kt|groovy|scala|cmd|bat|ps1|py|sh|bash)$/;

/** Does the index keep this file? `path` is absolute; only the part below `root` is judged. */
export function isRelevant(path: FilePath, root: FilePath, configPatterns: readonly RegExp[]): boolean {
  const relative = path.slice(root.length + 1);
  const parts = relative.split('/');
  const name = parts.pop() ?? '';
  if (parts.some((part) => builds.has(part))) return false;
  return sql.test(name) || known.test(name) || code.test(name) || configPatterns.some((pattern) => pattern.test(name));
}

export function isBuildFolder(name: string): boolean {
  return builds.has(name);
}

/** Does the folder lie in one of them, below the root? */
export function isBuilt(folder: FilePath, root: FilePath): boolean {
  return (
    folder.startsWith(`${root}/`) &&
    folder
      .slice(root.length + 1)
      .split('/')
      .some(isBuildFolder)
  );
}

/** `application*.yml` to a test of file names. */
export function namePattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\{}]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`);
}
