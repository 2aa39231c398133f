import type { Need } from '../../../dialect.ts';
import type { Token } from '../../../tokens.ts';
import { type Source, spanOf, type Words } from '../source.ts';
import { childrenOf, type PgNode, textsOf } from '../tree.ts';
import type { Rewrite } from './rewrites.ts';
import { FEATURES, FUNCTIONS, SETTINGS, TOO_NEW, TYPES } from './table.ts';
import { either, on, type Test } from './tests.ts';

/** What a feature looks like, and where in a statement its words stand. */
interface Sought {
  readonly since: number;
  readonly what: string;
  readonly words: readonly string[];
  readonly is?: Test;
  readonly instead?: string;
  readonly older?: Rewrite;
  /** A history may have made a function or a type of this name itself. */
  readonly name?: string;
}

/** What in a statement that was parsed needs a server of some version. Words first: few statements are walked through. */
export function needsOf({ tokens, offset }: Source, root: PgNode): readonly Need[] {
  const found = occurrences(tokens, sought);
  if (found.size === 0) return none;
  const nodes = new Map<Sought, number>();
  const open = new Set([...found.keys()].filter(({ is }) => is !== undefined));
  for (const todo: object[] = [root]; open.size > 0; ) {
    const node = todo.pop();
    if (node === undefined) break;
    for (const each of open) {
      if (each.is?.(node as PgNode) !== true) continue;
      nodes.set(each, offset(locationOf(node)));
      open.delete(each);
    }
    todo.push(...childrenOf(node));
  }
  return [...found].flatMap(([each, places]) => {
    if (open.has(each)) return [];
    const from = nodes.get(each) ?? 0;
    const place = places.find((at) => (tokens[at]?.start ?? 0) >= from) ?? places[0] ?? 0;
    return [need(tokens, each, place)];
  });
}

/** What the parser stumbled over because it is of a newer version's grammar. */
export function tooNew(tokens: Words): Need | undefined {
  const [first] = occurrences(tokens, soughtTooNew);
  return first === undefined ? undefined : need(tokens, first[0], first[1][0] ?? 0);
}

function need(tokens: Words, { since, what, words, instead, older, name }: Sought, at: number): Need {
  // SQL/JSON: older grammars take it for the call of a function.
  const own = name ?? (words.length === 1 && words[0]?.startsWith('json') ? words[0] : undefined);
  const edit = older?.(tokens, at, words.length);
  return {
    since,
    what,
    span: spanOf(tokens.slice(at, at + words.length)),
    ...(instead === undefined ? {} : { instead }),
    ...(edit === undefined ? {} : { older: edit }),
    ...(own === undefined ? {} : { name: own }),
  };
}

/** Feature -> indexes of its first word. */
function occurrences(tokens: Words, among: Index): ReadonlyMap<Sought, readonly number[]> {
  let found: Map<Sought, number[]> | undefined;
  // Every statement of a history comes through here, and most have none.
  for (let at = 0; at < tokens.length; at += 1) {
    for (const each of among.get(wordOf(tokens[at])) ?? none) {
      if (!each.words.every((word, nth) => wordOf(tokens[at + nth]) === word)) continue;
      found ??= new Map();
      const places = found.get(each);
      if (places === undefined) found.set(each, [at]);
      else places.push(at);
    }
  }
  return found ?? nowhere;
}

const nowhere: ReadonlyMap<Sought, readonly number[]> = new Map();

function wordOf(token: Token | undefined): string {
  if (token?.kind === 'word') return token.value;
  return token?.kind === 'punctuation' || token?.kind === 'operator' ? token.text : '';
}

/** Of the one value that a node of the tree has. */
function locationOf(node: object): number {
  const [value] = Object.values(node);
  return typeof value?.location === 'number' ? Math.max(value.location, 0) : 0;
}

/** First word -> what it may be. */
type Index = ReadonlyMap<string, readonly Sought[]>;

function index(all: readonly Sought[]): Index {
  const map = new Map<string, Sought[]>();
  for (const each of all) {
    const [first = ''] = each.words;
    map.set(first, [...(map.get(first) ?? []), each]);
  }
  return map;
}

const split = ({ words, ...rest }: (typeof TOO_NEW)[number]): Sought => ({ ...rest, words: words.split(' ') });

/** Names by version, as features. */
function named(
  table: Readonly<Record<number, string>>,
  what: (name: string) => string,
  test: (name: string) => Test,
  isBuiltIn = false,
): readonly Sought[] {
  return Object.entries(table).flatMap(([since, names]) =>
    names.split(' ').map((name) => ({
      since: Number(since),
      what: what(name),
      words: [name],
      is: test(name),
      ...(isBuiltIn ? {} : { name }),
    })),
  );
}

const isOf = (parts: readonly string[], name: string): boolean =>
  parts.at(-1) === name && (parts.length === 1 || parts[0] === 'pg_catalog');

const sought = index([
  ...FEATURES.map(({ example: _, ...feature }) => split(feature)),
  ...named(
    FUNCTIONS,
    (name) => `The function ${name}`,
    (name) => on('FuncCall', ({ funcname }) => isOf(textsOf(funcname), name)),
  ),
  ...named(
    TYPES,
    (name) => `The type ${name}`,
    (name) =>
      either(
        on('TypeName', ({ names }) => isOf(textsOf(names), name)),
        on('ColumnDef', ({ typeName }) => isOf(textsOf(typeName?.names), name)),
        on('TypeCast', ({ typeName }) => isOf(textsOf(typeName?.names), name)),
      ),
  ),
  ...named(
    SETTINGS,
    (name) => `The setting ${name}`,
    (name) => on('VariableSetStmt', (node) => node.name === name),
    true,
  ),
]);

const soughtTooNew = index(TOO_NEW.map(split));

const none: readonly never[] = [];
