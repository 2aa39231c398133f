import type { Location } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Files } from '../../tool.ts';

/**
 * Folders that a configured location means. `classpath:` is looked for under the resource folders of the module,
 * `filesystem:` under the configuration's folder; `{vendor}` stands for each folder that is there.
 */
export function resolveLocations(
  configured: readonly string[],
  module: FilePath,
  configFolder: FilePath,
  files: Files,
): readonly Location[] {
  const folders = foldersOf(files);
  return configured.flatMap((location) => {
    const [, scheme = 'classpath', written = ''] = /^(?:(\w+):)?(.*)$/.exec(location) ?? [];
    const path = written.replace(/^\/+/, scheme === 'filesystem' ? '/' : '').replace(/\/+$/, '');
    if (scheme === 's3' || scheme === 'gcs') return [];
    const candidates =
      scheme === 'filesystem'
        ? path.startsWith('/')
          ? [path]
          : bases(configFolder, module).map((base) => join(base, path))
        : resourceRoots(module, folders).map((root) => join(root, path));
    const matched = candidates.flatMap((candidate) => expand(candidate, folders));
    return [...new Set(matched)].map((folder) => ({ folder, configured: location }));
  });
}

function bases(configFolder: FilePath, module: FilePath): readonly FilePath[] {
  return [...new Set([configFolder, module])];
}

/** In the order in which a build would put them on the class path; tests have their own. */
function resourceRoots(module: FilePath, folders: ReadonlySet<FilePath>): readonly FilePath[] {
  const roots = [
    `${module}/src/main/resources`,
    `${module}/src/main/java`,
    `${module}/src/main/kotlin`,
    `${module}/resources`,
    module,
  ];
  return roots.filter((root) => folders.has(root));
}

/** Wildcards and `{vendor}` match folders that exist; a plain path is taken when it exists. */
function expand(candidate: FilePath, folders: ReadonlySet<FilePath>): readonly FilePath[] {
  if (!/[*?{]/.test(candidate)) return folders.has(candidate) ? [candidate] : [];
  const pattern = candidate
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{vendor\}/g, '[^/]+')
    .replace(/[{}]/g, '\\$&')
    .replace(/\*\*/g, '\u0000')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replaceAll('\u0000', '.*');
  const test = new RegExp(`^${pattern}$`);
  return [...folders].filter((folder) => test.test(folder)).sort();
}

const memo = new WeakMap<Files, ReadonlySet<FilePath>>();

/** Every folder that holds an indexed file, directly or below. */
export function foldersOf(files: Files): ReadonlySet<FilePath> {
  const known = memo.get(files);
  if (known !== undefined) return known;
  const folders = new Set<FilePath>();
  for (const path of files.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  memo.set(files, folders);
  return folders;
}

export function parentOf(path: FilePath): FilePath {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function join(folder: FilePath, path: string): FilePath {
  const parts = folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
