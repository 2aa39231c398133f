/** A JSON value that tests change in place. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

export interface Random {
  (): number;
  below(count: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** The same numbers for the same seed, everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return Object.assign(next, {
    below: (count: number) => Math.floor(next() * count),
    chance: (probability: number) => next() < probability,
    pick: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item,
  });
}

export const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
export const symbols = ['A', 'B', 'C', 'D', 'E', 'F'];
export const fieldNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
export const typeNames = ['R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];
export const spaces = ['n', 'n.m', 'o', ''];

interface Scope {
  readonly random: Random;
  /** Full names that stand already, with the shortest way to say them. */
  readonly named: { readonly name: string; readonly kind: string }[];
  readonly free: string[];
}

/** A schema that is valid, but for a default or a reference here and there. */
export function schema(random: Random, names: readonly string[] = typeNames): Value {
  const scope: Scope = { random, named: [], free: [...names] };
  return random.chance(0.8) ? record(scope, 3, '') : type(scope, 3, '');
}

function type(scope: Scope, depth: number, space: string): Value {
  const { random } = scope;
  const roll = random();
  if (depth === 0 || roll < 0.35) return primitive(random);
  if (roll < 0.45) return { type: 'array', items: type(scope, depth - 1, space) };
  if (roll < 0.53) return { type: 'map', values: type(scope, depth - 1, space) };
  if (roll < 0.7) return union(scope, depth, space);
  if (roll < 0.8 && scope.named.length > 0) return random.pick(scope.named).name;
  if (scope.free.length === 0) return 'int';
  if (roll < 0.88) return record(scope, depth - 1, space);
  return random.chance(0.6) ? enumeration(scope, space) : fixed(scope, space);
}

function primitive(random: Random): Value {
  const name = random.pick(primitives);
  if (random.chance(0.8)) return name;
  if (name === 'long') return { type: 'long', logicalType: random.pick(['timestamp-millis', 'timestamp-micros']) };
  if (name === 'bytes')
    return { type: 'bytes', logicalType: 'decimal', precision: 4 + random.below(4), scale: random.below(3) };
  return { type: name };
}

function union(scope: Scope, depth: number, space: string): Value {
  const { random } = scope;
  const branches: Value[] = random.chance(0.6) ? ['null'] : [];
  const kinds = new Set<string>(branches.map(String));
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const branch = type(scope, depth - 1, space);
    const key = Array.isArray(branch) ? 'union' : branchKey(branch);
    if (key === 'union' || kinds.has(key)) continue;
    kinds.add(key);
    if (random.chance(0.2)) branches.unshift(branch);
    else branches.push(branch);
  }
  return branches;
}

function branchKey(branch: Value): string {
  if (typeof branch === 'string') return branch;
  const { type: kind, name } = branch as { type: string; name?: string };
  return name ?? kind;
}

function named(scope: Scope, kind: string, space: string): { head: { [key: string]: Value }; space: string } {
  const { random } = scope;
  const name = scope.free.splice(random.below(scope.free.length), 1)[0] ?? 'Q';
  const own = random.chance(0.2) ? random.pick(spaces) : undefined;
  const inner = own ?? space;
  const head: { [key: string]: Value } = { type: kind, name };
  if (own !== undefined) head.namespace = own;
  if (random.chance(0.1)) head.aliases = [random.pick(['Old', 'n.Old', random.pick(typeNames)])];
  scope.named.push({ name: inner === '' ? name : `${inner}.${name}`, kind });
  return { head, space: inner };
}

function record(scope: Scope, depth: number, space: string): Value {
  const { random } = scope;
  const { head, space: inner } = named(scope, 'record', space);
  const names = [...fieldNames];
  const fields: Value[] = [];
  for (let count = random.below(5); count >= 0; count -= 1) {
    const name = names.splice(random.below(names.length), 1)[0] ?? 'q';
    fields.push(field(scope, name, depth, inner));
  }
  return { ...head, fields };
}

export function field(scope: Scope, name: string, depth: number, space: string): Value {
  const { random } = scope;
  const of = type(scope, depth, space);
  const made: { [key: string]: Value } = { name, type: of };
  if (random.chance(0.45)) {
    const value = random.chance(0.02) ? random.pick<Value>([null, 1, 'x', {}, []]) : defaultOf(random, of);
    if (value !== undefined) made.default = value;
  }
  if (random.chance(0.08)) made.aliases = [random.pick(fieldNames.filter((one) => one !== name))];
  if (random.chance(0.05)) made.order = random.pick(['ascending', 'descending', 'ignore']);
  return made;
}

/** A value of the type; undefined where it would take looking up a name. */
export function defaultOf(random: Random, of: Value): Value | undefined {
  if (Array.isArray(of)) return of.length === 0 ? undefined : defaultOf(random, random.pick(of));
  const kind = typeof of === 'string' ? of : (of as { type: Value }).type;
  switch (kind) {
    case 'null':
      return null;
    case 'boolean':
      return random.chance(0.5);
    case 'int':
    case 'long':
      return random.below(100);
    case 'float':
    case 'double':
      return random.pick<Value>([1.5, 2, '3.5', 'NaN']);
    case 'bytes':
    case 'string':
    case 'fixed':
      return random.pick(['', 'x']);
    case 'enum':
      return random.pick(['A', 'B', 'other']);
    case 'array':
      return [];
    case 'map':
      return {};
    default:
      return random.chance(0.1) ? {} : undefined;
  }
}

function enumeration(scope: Scope, space: string): Value {
  const { random } = scope;
  const { head } = named(scope, 'enum', space);
  const some = symbols.filter(() => random.chance(0.6));
  const made: { [key: string]: Value } = { ...head, symbols: some };
  if (some.length > 0 && random.chance(0.3)) made.default = random.pick(some);
  return made;
}

function fixed(scope: Scope, space: string): Value {
  return { ...named(scope, 'fixed', space).head, size: 1 + scope.random.below(16) };
}

export function newType(random: Random, free: readonly string[]): Value {
  return type({ random, named: [], free: [...free] }, 2, '');
}
