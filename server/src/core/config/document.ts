import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { Span } from '../model/text.ts';
import { tooDeep, tooDeepAt } from '../text/yaml.ts';

/** A YAML value with the places of its keys and values. Aliases are resolved once; a cycle ends as `null`. */
export type Located =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Located[]; readonly span: Span }
  | {
      readonly kind: 'map';
      readonly entries: readonly { readonly key: string; readonly keySpan: Span; readonly value: Located }[];
      readonly span: Span;
    };

export interface LocatedDocument {
  readonly root: Located | undefined;
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}

/** Never throws, whatever the text. */
export function locate(text: string): LocatedDocument {
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { root: undefined, errors: [{ message: tooDeep, span: wordAt(text, deep, deep) }] };
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    uniqueKeys: true,
    merge: true,
  });
  const errors: LocatedDocument['errors'][number][] = document.errors.map(({ message, pos }) => ({
    message: message.split('\n')[0] ?? message,
    span: wordAt(text, pos[0], pos[1]),
  }));
  const root = document.contents === null ? undefined : convert(document.contents as Node, new Set(), document);
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        errors.push({ message: `nothing is anchored as &${alias.source}`, span: spanOf(alias) });
    },
  });
  return { root, errors };
}

/** The library often points to one character only: the word that begins there is what a reader looks at. */
function wordAt(text: string, from: number, to: number): Span {
  const start = Math.min(from, text.length);
  const word = /^[\w./*-]+/.exec(text.slice(start))?.[0].length ?? 1;
  const line = text.indexOf('\n', start + 1);
  const end = Math.min(Math.max(to, start + word), text.length);
  return { start, end: line === -1 ? end : Math.min(end, line) };
}

function convert(
  node: Node | null | undefined,
  open: ReadonlySet<Node>,
  document: ReturnType<typeof parseDocument>,
): Located {
  const span = spanOf(node);
  if (node === null || node === undefined || open.has(node)) return { kind: 'scalar', value: null, span };
  const within = new Set([...open, node]);
  if (isMap(node)) {
    return {
      kind: 'map',
      span,
      entries: node.items.map((pair) => convertPair(pair as Pair<Node, Node | null>, within, document)),
    };
  }
  if (isSeq(node))
    return { kind: 'list', span, items: node.items.map((item) => convert(item as Node, within, document)) };
  if (isScalar(node)) return { kind: 'scalar', value: plain(node.value), span };
  const target = 'resolve' in node ? (node.resolve(document) as Node | undefined) : undefined;
  return target === undefined || within.has(target) || within.size > 50
    ? { kind: 'scalar', value: null, span }
    : { ...convert(target, within, document), span };
}

function convertPair(
  pair: Pair<Node, Node | null>,
  open: ReadonlySet<Node>,
  document: ReturnType<typeof parseDocument>,
) {
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  const keySpan = spanOf(pair.key);
  const value = convert(pair.value, open, document);
  return { key, keySpan, value: value.span.end === 0 ? { ...value, span: keySpan } : value };
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function spanOf(node: Node | null | undefined): Span {
  const range = node?.range;
  return range === null || range === undefined ? { start: 0, end: 0 } : { start: range[0], end: range[1] };
}
