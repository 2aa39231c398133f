import type { FilePath } from '../../model/text.ts';
import { type Fix, refuse } from '../fix.ts';
import { proposal } from './edits.ts';

export const renameToNextVersion: Fix = {
  id: 'rename-to-next-version',
  title: (_, made) => {
    const [first] = made?.renames ?? [];
    return first === undefined ? 'Rename to the next free version' : renameTo(first.to);
  },
  propose({ tool, project, timeline, file, now }) {
    const migration = [...timeline.migrations, ...timeline.others].find((each) => each.file === file.path);
    if (migration === undefined) return refuse('The file is not a migration.');
    const renames = tool.renamed(project, timeline, migration, now);
    if (renames.length === 0) return refuse('The file has no version.');
    return proposal({ renames: renames.map((each) => ({ ...each, label: renameTo(each.to) })) });
  },
};

export const renameToSuggestion: Fix = {
  id: 'rename-to-suggestion',
  title: ({ suggestion }) => `Rename to ${suggestion}`,
  propose({ file, files }, { suggestion }) {
    const to = `${file.path.slice(0, file.path.lastIndexOf('/') + 1)}${suggestion}`;
    if (files.has(to)) return refuse(`${suggestion} exists already.`);
    const config = files.has(`${file.path}.conf`)
      ? [{ from: `${file.path}.conf`, to: `${to}.conf`, label: 'Its script configuration' }]
      : [];
    return proposal({ renames: [{ from: file.path, to, label: `Rename to ${suggestion}` }, ...config] });
  },
};

function renameTo(path: FilePath): string {
  return `Rename to ${path.slice(path.lastIndexOf('/') + 1)}`;
}
