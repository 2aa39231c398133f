import type { Version } from '../../../format.ts';
import type { Tree } from '../../../tree.ts';
import type { GuessedRoots } from '../buf-config/guessed-roots.ts';
import { workspacesOf } from '../buf-config/workspace.ts';
import { type LinkedSide, linkSide } from './compare-workspaces.ts';
import type { EarlierView } from './pair.ts';
import { viewOf } from './view.ts';

interface Remembered {
  readonly config: string | undefined;
  readonly guessed: GuessedRoots;
  readonly view: EarlierView;
}

/** Older versions stay what they are. By the workspace's folder. */
const memo = new WeakMap<Tree, Map<string, Remembered>>();

/** All modules of a workspace as they were; `newer` is the side that it is older than. */
export function earlierView(
  { name, tree }: Version,
  newer: LinkedSide,
  config: string | undefined,
  guessed: GuessedRoots,
): EarlierView {
  const { root } = newer.workspace;
  const views = memo.get(tree) ?? new Map<string, Remembered>();
  memo.set(tree, views);
  const known = views.get(root);
  if (known !== undefined && known.config === config && known.guessed === guessed) return known.view;
  const { workspaces } = workspacesOf(tree, 'before', config, guessed, name);
  const workspace = workspaces.find((each) => each.root === root) ?? { root, modules: [], imports: [] };
  const { set } = linkSide('before', tree, workspace, { version: name, like: newer });
  const view = { name, view: viewOf(set, undefined) };
  views.set(root, { config, guessed, view });
  return view;
}
