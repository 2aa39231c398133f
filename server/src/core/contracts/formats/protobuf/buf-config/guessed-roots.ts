import type { FileContent } from '../../../../model/text.ts';
import { differing, entrywise } from '../../../../text/patched.ts';
import type { Tree } from '../../../tree.ts';
import { readProto } from '../syntax/read.ts';
import { folderOf, isWithin, relativeTo } from './paths.ts';

/** What a file says about where import paths start. */
interface Header {
  readonly package: string | undefined;
  readonly imports: readonly string[];
}

type Headers = ReadonlyMap<string, Header>;

export interface GuessedRoots {
  /** Longest first, so that a file belongs to the nearest. */
  readonly roots: readonly string[];
  /** Those of them that hold a file whose import path leads to another root, too: copies, which never meet in one program. */
  readonly apart: ReadonlySet<string>;
}

export const noRoots: GuessedRoots = { roots: [], apart: new Set() };

interface Guess {
  readonly headers: readonly Headers[];
  readonly guessed: GuessedRoots;
}

/** By number of trees: comparisons ask about two, editors about one. */
const last = new Map<number, Guess>();

/**
 * Folders that import paths start from, for files that no configuration of buf is about: whatever makes the imports of the trees
 * lead to files, and where folders are named as packages are. Equal answers are one object.
 */
export function guessedRoots(trees: readonly Tree[]): GuessedRoots {
  const headers = trees.map(headersOf);
  const known = last.get(trees.length);
  if (known !== undefined && sameHeaders(known.headers, headers)) {
    last.set(trees.length, { ...known, headers });
    return known.guessed;
  }
  const roots = guess(headers);
  const made = { roots, apart: copiesIn(headers, roots) };
  const guessed = [...last.values()].map((each) => each.guessed).find((each) => isSame(each, made)) ?? made;
  last.set(trees.length, { headers, guessed });
  return guessed;
}

function isSame(one: GuessedRoots, other: GuessedRoots): boolean {
  const words = ({ roots, apart }: GuessedRoots): string => [...roots, '', ...apart].join('\n');
  return words(one) === words(other);
}

/** The first root that has a path keeps it. */
function copiesIn(trees: readonly Headers[], roots: readonly string[]): ReadonlySet<string> {
  const byRoot = trees.map((headers) =>
    Map.groupBy(headers.keys(), (path) => roots.find((root) => isWithin(root, path)) ?? ''),
  );
  const taken = trees.map(() => new Set<string>());
  const apart = new Set<string>();
  for (const root of ['', ...roots]) {
    const paths = byRoot.map((files) => (files.get(root) ?? []).map((path) => relativeTo(root, path)));
    if (paths.some((each, at) => each.some((path) => taken[at]?.has(path)))) apart.add(root);
    else for (const [at, each] of paths.entries()) for (const path of each) taken[at]?.add(path);
  }
  return apart;
}

function guess(trees: readonly Headers[]): readonly string[] {
  const roots = new Set<string>();
  for (const headers of trees) {
    const byEnd = pathsByEnd(headers.keys());
    for (const [path, header] of headers) {
      for (const target of header.imports) {
        for (const other of byEnd.get(endOf(target)) ?? [])
          if (other.endsWith(`/${target}`)) roots.add(other.slice(0, -target.length - 1));
      }
      const folder = folderOf(path);
      const named = header.package?.replaceAll('.', '/');
      if (named !== undefined && folder.endsWith(`/${named}`)) roots.add(folder.slice(0, -named.length - 1));
    }
  }
  return [...roots].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** By name, and by name with the folder: names alone are often the same. */
function pathsByEnd(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byEnd = new Map<string, string[]>();
  const add = (end: string, path: string): void => {
    const known = byEnd.get(end);
    if (known === undefined) byEnd.set(end, [path]);
    else known.push(path);
  };
  for (const path of paths) {
    add(endOf(path), path);
    if (path.includes('/')) add(path.slice(path.lastIndexOf('/') + 1), path);
  }
  return byEnd;
}

/** `v1/order.proto` of `shop/v1/order.proto`. */
function endOf(path: string): string {
  return path.slice(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1);
}

const headersOf: (tree: Tree) => Headers = entrywise((content: FileContent, path: string) =>
  path.endsWith('.proto') ? headerOf(content) : undefined,
);
const byContent = new WeakMap<FileContent, Header>();

export function headerOf(content: FileContent): Header {
  const known = byContent.get(content);
  if (known !== undefined) return known;
  const { body } = readProto(content);
  const header: Header = {
    package: body.find((element) => element.kind === 'package')?.name?.text,
    imports: body.flatMap((element) =>
      element.kind === 'import' && element.path !== undefined ? [element.path.text] : [],
    ),
  };
  byContent.set(content, header);
  return header;
}

function sameHeaders(before: readonly Headers[], after: readonly Headers[]): boolean {
  return (
    before.length === after.length &&
    before.every((headers, at) => {
      const others = after[at];
      if (headers.size !== others?.size) return false;
      for (const [path, header] of differing(headers, others)) if (!same(headers.get(path), header)) return false;
      return true;
    })
  );
}

function same(before: Header | undefined, after: Header | undefined): boolean {
  return (
    before === after ||
    (before !== undefined &&
      after !== undefined &&
      before.package === after.package &&
      before.imports.length === after.imports.length &&
      before.imports.every((path, at) => path === after.imports[at]))
  );
}
