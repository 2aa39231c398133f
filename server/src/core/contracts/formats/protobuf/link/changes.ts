import { differing } from '../../../../text/patched.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';
import type { LinkedFile } from './link.ts';
import { optionNodes } from './options.ts';
import { type Declared, type Outline, outlineOf } from './outline.ts';
import type { PathIndex } from './path-index.ts';
import { valuesOf } from './scope.ts';

/** What differs between the files of two sets. */
export interface Changes {
  readonly before: ReadonlyMap<string, LinkedFile>;
  /** Path -> paths of the files of before that see it, or would. */
  readonly seenBy: PathIndex;
  /** Of each file that is new or has another text; undefined of one that is gone. */
  readonly after: ReadonlyMap<string, Outline | undefined>;
}

interface Former {
  readonly given: ReadonlyMap<string, ProtoSyntax>;
  readonly files: ReadonlyMap<string, LinkedFile>;
  readonly seenBy: PathIndex;
}

/** With the built-in files, as far as they are not given. */
export function changesOf(
  { given, files: before, seenBy }: Former,
  files: ReadonlyMap<string, ProtoSyntax>,
  builtIn: ReadonlyMap<string, ProtoSyntax>,
): Changes {
  const after = new Map<string, Outline | undefined>();
  const meet = (path: string, syntax: ProtoSyntax): void => {
    if (before.get(path)?.outline.syntax !== syntax) after.set(path, outlineOf(path, syntax));
  };
  for (const [path, syntax] of differing(given, files)) {
    if (syntax !== undefined) meet(path, syntax);
    else if (!builtIn.has(path)) after.set(path, undefined);
  }
  for (const [path, syntax] of builtIn) if (!files.has(path)) meet(path, syntax);
  return { before, seenBy, after };
}

/** Paths of files whose text is the same, and for which a name or a path may mean something else now. */
export function affected({ before, seenBy, after }: Changes): ReadonlySet<string> {
  const again = new Set<string>();
  for (const [changed, outline] of after) {
    const { rewired, names } = effectOf(before.get(changed)?.outline, outline);
    if (!rewired && names.length === 0) continue;
    for (const path of seenBy.get(changed) ?? []) {
      const asked = before.get(path)?.unit.asked;
      if (!after.has(path) && (rewired || names.some((name) => asked?.has(name) === true))) again.add(path);
    }
  }
  return again;
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
  return { rewired, names: rewired ? [] : redeclared(before.declared, after.declared) };
}

function shownBy({ imports }: Outline): string {
  return imports.map(({ modifier, path }) => (modifier?.text === 'public' ? `${path?.text}\n` : '')).join('');
}

function redeclared(before: readonly Declared[], after: readonly Declared[]): readonly string[] {
  return [...differing(facetsOf(before), facetsOf(after)).keys()];
}

function facetsOf(all: readonly Declared[]): ReadonlyMap<string, string> {
  const facets = new Map<string, string>();
  const add = (name: string, facet: string) => facets.set(name, `${facets.get(name) ?? ''}${facet}`);
  for (const declared of all) {
    add(declared.name, facetOf(declared));
    if (declared.kind === 'enum') add(valuesOf(declared.name), valueNames(declared));
  }
  return facets;
}

export function valueNames({ node }: Declared & { readonly kind: 'enum' }): string {
  return node.body.map((it) => (it.kind === 'value' ? `${it.name?.text};` : '')).join('');
}

/** All that the linking of another file may ask of a declaration (`lookups.ts`). */
export function facetOf({ kind, node, outline }: Declared): string {
  const { text } = outline.syntax.content;
  const words = (nodes: readonly { readonly start: number; readonly end: number }[]): string =>
    nodes.map(({ start, end }) => text.slice(start, end)).join();
  switch (kind) {
    case 'message': {
      const asked = node.body.filter((it) => it.kind === 'extensions' || it.kind === 'option');
      return `${kind} ${node.visibility?.text} ${words(asked)} ${headingOf(outline.syntax)};`;
    }
    case 'enum':
      return `${kind} ${node.visibility?.text} ${words(optionNodes(node.body))} ${headingOf(outline.syntax)};`;
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
