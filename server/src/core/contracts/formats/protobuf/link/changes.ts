import type { LinkedFile } from './link.ts';
import type { Declared, Outline } from './outline.ts';
import type { Declarations } from './scope.ts';

/** What differs between the files of two sets. */
export interface Changes {
  readonly before: ReadonlyMap<string, LinkedFile>;
  readonly after: ReadonlyMap<string, Outline>;
  /** Paths of files that are new, gone or have another text. */
  readonly paths: ReadonlySet<string>;
}

export function changesOf(before: ReadonlyMap<string, LinkedFile>, after: ReadonlyMap<string, Outline>): Changes {
  const paths = new Set<string>();
  for (const [path, outline] of after) if (before.get(path)?.outline !== outline) paths.add(path);
  for (const path of before.keys()) if (!after.has(path)) paths.add(path);
  return { before, after, paths };
}

/** Paths of the files to link again: those that changed, and those for which a name or a path may mean something else now. */
export function affected({ before, after, paths }: Changes): ReadonlySet<string> {
  const again = new Set([...paths].filter((path) => after.has(path)));
  const effects = [...paths].map((path) => ({ path, ...effectOf(before.get(path)?.outline, after.get(path)) }));
  for (const [path, file] of before) {
    if (paths.has(path)) continue;
    for (const effect of effects) {
      if (!file.sees.has(effect.path)) continue;
      if (effect.rewired || effect.names().some((name) => file.unit.scope.asked.has(name))) {
        again.add(path);
        break;
      }
    }
  }
  return again;
}

interface Effect {
  /** It came, went, or shows other files than before. */
  readonly rewired: boolean;
  /** Names that mean something else to others. */
  names(): readonly string[];
}

function effectOf(before: Outline | undefined, after: Outline | undefined): Effect {
  if (before === undefined || after === undefined) return { rewired: true, names: () => [] };
  let names: readonly string[] | undefined;
  return {
    rewired: before.package !== after.package || shownBy(before) !== shownBy(after),
    names: () => {
      names ??= differing(before.declared, after.declared);
      return names;
    },
  };
}

function shownBy({ imports }: Outline): string {
  return imports.map(({ modifier, path }) => (modifier?.text === 'public' ? `${path?.text}\n` : '')).join('');
}

function differing(before: readonly Declared[], after: readonly Declared[]): readonly string[] {
  const facets = new Map<string, string>();
  for (const declared of before) facets.set(declared.name, `${facets.get(declared.name) ?? ''}${facetOf(declared)}`);
  const same = new Map<string, string>();
  for (const declared of after) same.set(declared.name, `${same.get(declared.name) ?? ''}${facetOf(declared)}`);
  const names: string[] = [];
  for (const [name, facet] of facets) if (same.get(name) !== facet) names.push(name);
  for (const name of same.keys()) if (!facets.has(name)) names.push(name);
  return names;
}

/** All that the linking of another file may ask of a declaration. */
function facetOf({ kind, node, outline }: Declared): string {
  const { text } = outline.syntax.content;
  const words = (nodes: readonly { readonly start: number; readonly end: number }[]): string =>
    nodes.map(({ start, end }) => text.slice(start, end)).join();
  switch (kind) {
    case 'message':
      return `${kind} ${node.visibility?.text} ${words(node.body.filter((it) => it.kind === 'extensions' || it.kind === 'option'))};`;
    case 'enum':
      return `${kind} ${node.visibility?.text} ${words(node.body)} ${words(outline.syntax.body.filter((it) => it.kind === 'option' || it.kind === 'syntax' || it.kind === 'edition'))};`;
    case 'extension':
      return `${kind} ${words([node])};`;
    case 'value':
    case 'service':
    case 'entry':
      return `${kind};`;
    default:
      return kind satisfies never;
  }
}

/** Brings a table of declarations up to date: rows of one name are in the order of their paths. */
export function declarationChanges(
  { before, after, paths }: Changes,
  former: Declarations,
): ReadonlyMap<string, Declared | readonly Declared[] | undefined> {
  const changes = new Map<string, Declared | readonly Declared[] | undefined>();
  const row = (name: string) => (changes.has(name) ? changes.get(name) : former.get(name));
  for (const path of paths)
    for (const gone of before.get(path)?.outline.declared ?? []) changes.set(gone.name, without(row(gone.name), gone));
  for (const path of paths)
    for (const come of after.get(path)?.declared ?? []) changes.set(come.name, withOne(row(come.name), come));
  return changes;
}

type Row = Declared | readonly Declared[] | undefined;

function without(row: Row, gone: Declared): Row {
  if (row === undefined || 'kind' in row) return row === gone ? undefined : row;
  const rest = row.filter((declared) => declared !== gone);
  return rest.length === 1 ? rest[0] : rest;
}

function withOne(row: Row, come: Declared): Row {
  if (row === undefined) return come;
  const rows = 'kind' in row ? [row, come] : [...row, come];
  return rows.sort((a, b) => compare(a.outline.path, b.outline.path) || a.span.start - b.span.start);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
