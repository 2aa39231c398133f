import type { ProtoSyntax } from '../syntax/tree.ts';
import type { LinkedFile } from './link.ts';
import { type Declared, type Outline, outlineOf } from './outline.ts';

/** What differs between the files of two sets. */
export interface Changes {
  readonly before: ReadonlyMap<string, LinkedFile>;
  /** Of each file that is new or has another text; undefined of one that is gone. */
  readonly after: ReadonlyMap<string, Outline | undefined>;
}

/** With the built-in files, as far as they are not given. */
export function changesOf(
  before: ReadonlyMap<string, LinkedFile>,
  files: ReadonlyMap<string, ProtoSyntax>,
  builtIn: ReadonlyMap<string, ProtoSyntax>,
): Changes {
  const after = new Map<string, Outline | undefined>();
  let kept = 0;
  const meet = (path: string, syntax: ProtoSyntax): void => {
    const known = before.get(path);
    if (known?.outline.syntax !== syntax) after.set(path, outlineOf(path, syntax));
    if (known !== undefined) kept++;
  };
  for (const [path, syntax] of files) meet(path, syntax);
  for (const [path, syntax] of builtIn) if (!files.has(path)) meet(path, syntax);
  if (kept < before.size)
    for (const path of before.keys()) if (!files.has(path) && !builtIn.has(path)) after.set(path, undefined);
  return { before, after };
}

/** Paths of files whose text is the same, and for which a name or a path may mean something else now. */
export function affected({ before, after }: Changes): ReadonlySet<string> {
  const effects = new Map<string, Effect>();
  for (const [path, outline] of after) {
    const effect = effectOf(before.get(path)?.outline, outline);
    if (effect.rewired || effect.names.length > 0) effects.set(path, effect);
  }
  const again = new Set<string>();
  if (effects.size > 0)
    for (const [path, file] of before) if (!after.has(path) && isConcerned(file, effects)) again.add(path);
  return again;
}

function isConcerned({ sees, unit }: LinkedFile, effects: ReadonlyMap<string, Effect>): boolean {
  const concerns = ({ rewired, names }: Effect) => rewired || names.some((name) => unit.asked.has(name));
  // The shorter of the two lists is gone through.
  if (effects.size <= sees.size) {
    for (const [path, effect] of effects) if (sees.has(path) && concerns(effect)) return true;
    return false;
  }
  for (const path of sees) {
    const effect = effects.get(path);
    if (effect !== undefined && concerns(effect)) return true;
  }
  return false;
}

interface Effect {
  /** It came, went, or shows other files than before. */
  readonly rewired: boolean;
  /** Names that mean something else to others. */
  readonly names: readonly string[];
}

function effectOf(before: Outline | undefined, after: Outline | undefined): Effect {
  if (before === undefined || after === undefined) return { rewired: true, names: [] };
  const rewired = before.package !== after.package || shownBy(before) !== shownBy(after);
  return { rewired, names: rewired ? [] : differing(before.declared, after.declared) };
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

/** All that the linking of another file may ask of a declaration (`lookups.ts`). */
function facetOf({ kind, node, outline }: Declared): string {
  const { text } = outline.syntax.content;
  const words = (nodes: readonly { readonly start: number; readonly end: number }[]): string =>
    nodes.map(({ start, end }) => text.slice(start, end)).join();
  switch (kind) {
    case 'message': {
      const asked = node.body.filter((it) => it.kind === 'extensions' || it.kind === 'option');
      return `${kind} ${node.visibility?.text} ${words(asked)} ${headingOf(outline.syntax)};`;
    }
    case 'enum':
      return `${kind} ${node.visibility?.text} ${words(node.body)} ${headingOf(outline.syntax)};`;
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

const headings = new WeakMap<ProtoSyntax, string>();

/** Visibility and features may be the file's. Worked out once for all that a file declares. */
function headingOf(syntax: ProtoSyntax): string {
  const known = headings.get(syntax);
  if (known !== undefined) return known;
  const { text } = syntax.content;
  const heading = syntax.body
    .filter(({ kind }) => kind === 'option' || kind === 'syntax' || kind === 'edition')
    .map(({ start, end }) => text.slice(start, end))
    .join();
  headings.set(syntax, heading);
  return heading;
}
