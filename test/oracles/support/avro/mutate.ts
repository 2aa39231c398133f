import {
  defaultOf,
  fieldNames,
  newType,
  primitives,
  type Random,
  spaces,
  symbols,
  typeNames,
  type Value,
} from './generate.ts';

type Item = { [key: string]: Value };

/** Everything of a schema that a mutation may take hold of. */
interface Parts {
  readonly types: { readonly get: Value; readonly set: (value: Value) => void }[];
  readonly records: Item[];
  readonly fields: { readonly field: Item; readonly of: Value[] }[];
  readonly enums: Item[];
  readonly fixed: Item[];
  readonly unions: Value[][];
}

/** A copy with one to three changes of the kinds that people make. */
export function mutated(random: Random, before: Value): Value {
  const root = { schema: structuredClone(before) };
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const parts = partsOf(root);
    random.pick(mutations)(random, parts);
  }
  return root.schema;
}

function partsOf(root: { schema: Value }): Parts {
  const parts: Parts = { types: [], records: [], fields: [], enums: [], fixed: [], unions: [] };
  collect(parts, root.schema, (value) => {
    root.schema = value;
  });
  return parts;
}

function collect(parts: Parts, value: Value | undefined, set: (value: Value) => void): void {
  if (value === undefined || value === null) return;
  parts.types.push({ get: value, set });
  if (Array.isArray(value)) {
    parts.unions.push(value);
    for (const [at, branch] of value.entries())
      collect(parts, branch, (other) => {
        value[at] = other;
      });
  } else if (typeof value === 'object') {
    if (Array.isArray(value.fields)) {
      parts.records.push(value);
      for (const field of value.fields as Item[]) {
        parts.fields.push({ field, of: value.fields });
        collect(parts, field.type, (other) => {
          field.type = other;
        });
      }
    }
    if (Array.isArray(value.symbols)) parts.enums.push(value);
    if (typeof value.size === 'number') parts.fixed.push(value);
    for (const key of ['items', 'values'])
      collect(parts, value[key], (other) => {
        value[key] = other;
      });
  }
}

const freshNames = ['P', 'Q', 'M', 'L', 'K'];

const mutations: readonly ((random: Random, parts: Parts) => void)[] = [
  (random, { types }) => random.pick(types).set(random.pick(primitives)),
  (random, { types }) => random.pick(types).set(newType(random, freshNames)),
  (random, { types }) => {
    const { get, set } = random.pick(types);
    set(
      random.pick<Value>([
        { type: 'array', items: get },
        { type: 'map', values: get },
      ]),
    );
  },
  (random, { types }) => {
    const { get, set } = random.pick(types);
    if (!Array.isArray(get)) set(random.chance(0.7) ? ['null', get] : [get, 'null']);
  },
  (random, { records }) => addField(random, records),
  (random, { records }) => addField(random, records),
  (random, { fields }) => remove(random, fields),
  (random, { fields }) => remove(random, fields),
  (random, { fields }) => rename(random, fields),
  (random, { fields }) => rename(random, fields),
  (random, { fields }) => {
    if (fields.length === 0) return;
    const { field } = random.pick(fields);
    if ('default' in field) delete field.default;
    else {
      const value = defaultOf(random, field.type as Value);
      if (value !== undefined) field.default = value;
    }
  },
  (random, { fields }) => {
    if (fields.length > 0) random.pick(fields).field.aliases = [random.pick(fieldNames), random.pick(fieldNames)];
  },
  (random, { fields }) => {
    if (fields.length > 0) random.pick(fields).of.reverse();
  },
  (random, { records, enums, fixed }) => {
    const all = [...records, ...enums, ...fixed];
    if (all.length === 0) return;
    const one = random.pick(all);
    const old = String(one.name);
    one.name = random.pick(['Renamed', 'n.Renamed', random.pick(typeNames)]);
    if (random.chance(0.5))
      one.aliases = [
        random.pick([old, `n.${old}`, `${typeof one.namespace === 'string' ? one.namespace : 'n'}.${old}`]),
      ];
  },
  (random, { records, enums, fixed }) => {
    const all = [...records, ...enums, ...fixed];
    if (all.length > 0) random.pick(all).namespace = random.pick(spaces);
  },
  (random, { enums }) => changeSymbols(random, enums),
  (random, { enums }) => changeSymbols(random, enums),
  (random, { fixed }) => {
    if (fixed.length > 0) random.pick(fixed).size = 1 + random.below(20);
  },
  (random, { unions }) => changeUnion(random, unions),
  (random, { unions }) => changeUnion(random, unions),
];

function addField(random: Random, records: readonly Item[]): void {
  if (records.length === 0) return;
  const fields = random.pick(records).fields as Item[];
  const free = fieldNames.filter((name) => fields.every((one) => one.name !== name));
  if (free.length === 0) return;
  const type = random.chance(0.3)
    ? {
        type: 'enum',
        name: random.pick(freshNames),
        symbols: ['A', 'B'],
        ...(random.chance(0.6) ? { default: 'A' } : {}),
      }
    : newType(random, freshNames);
  const made: Item = { name: random.pick(free), type };
  const value = random.chance(0.4) ? defaultOf(random, type) : undefined;
  if (value !== undefined) made.default = value;
  fields.splice(random.below(fields.length + 1), 0, made);
}

function remove(random: Random, fields: Parts['fields']): void {
  if (fields.length === 0) return;
  const { field, of } = random.pick(fields);
  of.splice(of.indexOf(field), 1);
}

function rename(random: Random, fields: Parts['fields']): void {
  if (fields.length === 0) return;
  const { field } = random.pick(fields);
  const old = String(field.name);
  field.name = random.pick(['renamed', random.pick(fieldNames)]);
  if (random.chance(0.5)) field.aliases = [old];
}

function changeSymbols(random: Random, enums: readonly Item[]): void {
  if (enums.length === 0) return;
  const one = random.pick(enums);
  const list = one.symbols as string[];
  const symbol = random.pick(symbols);
  if (list.includes(symbol)) list.splice(list.indexOf(symbol), 1);
  else list.push(symbol);
  if (random.chance(0.3)) delete one.default;
  else if (list.length > 0 && (random.chance(0.3) || !list.includes(String(one.default))))
    one.default = list[0] as string;
}

function changeUnion(random: Random, unions: readonly Value[][]): void {
  if (unions.length === 0) return;
  const branches = random.pick(unions);
  const roll = random();
  if (roll < 0.35 && branches.length > 0) branches.splice(random.below(branches.length), 1);
  else if (roll < 0.7) branches.push(random.pick(primitives.filter((one) => !branches.includes(one))) ?? 'int');
  else branches.reverse();
}

/** Something is not what it should be: a value gone, or another one in its place. */
export function broken(random: Random, before: Value): Value {
  const root: Item = { schema: structuredClone(before) };
  const places: { readonly owner: Item | Value[]; readonly key: string }[] = [];
  const visit = (owner: Item | Value[]): void => {
    for (const [key, value] of Object.entries(owner)) {
      places.push({ owner, key });
      if (typeof value === 'object' && value !== null) visit(value);
    }
  };
  visit(root);
  const { owner, key } = random.pick(places);
  if (Array.isArray(owner)) {
    if (random.chance(0.3)) owner.splice(Number(key), 1);
    else owner[Number(key)] = random.chance(0.3) ? structuredClone(random.pick(owner)) : junk(random);
  } else if (random.chance(0.3) && key !== 'schema') delete owner[key];
  else owner[key] = junk(random);
  return root.schema ?? null;
}

function junk(random: Random): Value {
  return structuredClone(
    random.pick<Value>([
      null,
      true,
      0,
      -1,
      1.5,
      3_000_000_000,
      1e30,
      '',
      'a b',
      '1a',
      'é',
      'n..x',
      '.x',
      'x.',
      'n.R',
      'R',
      'null',
      'int',
      'record',
      [],
      {},
      ['null', 'int'],
      ['null', ['int']],
      [1],
      { type: 'string' },
      { type: { type: 'string' } },
      { type: 'R' },
      { type: 'record', name: 'R', fields: [] },
      { type: 'enum', name: 'n.R', symbols: [] },
      { type: 'fixed', name: 'int', size: 1 },
      { name: 'a' },
    ]),
  );
}

/** One character of the text is gone, doubled or another one. */
export function mistyped(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const roll = random();
  if (roll < 0.4) return text.slice(0, at) + text.slice(at + 1);
  const letter = random.pick([
    '"',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '\\',
    '/',
    '//',
    '/* x */',
    '\n',
    '0',
    '-',
    'x',
    ' ',
    '\t',
    'é',
    '1e5',
    '\\u0041',
  ]);
  return text.slice(0, at) + letter + text.slice(roll < 0.7 ? at : at + 1);
}
