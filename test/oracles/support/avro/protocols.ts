import { type Random, schema, typeNames, type Value } from './generate.ts';
import { mutated } from './mutate.ts';

type Item = { [key: string]: Value };

/** A protocol in JSON: the types of a few schemas and messages that use them. */
export function protocol(random: Random): Value {
  const types = [schema(random, typeNames.slice(0, 5)), schema(random, typeNames.slice(5))].filter(isNamed);
  const names = types.map(nameOf);
  const pick = (): Value =>
    names.length > 0 && random.chance(0.5) ? random.pick(names) : random.pick(['int', 'string', 'null']);
  const messages: Item = {};
  for (let count = random.below(3); count > 0; count -= 1) {
    const request: Value[] = Array.from({ length: random.below(3) }, (_, at) => ({
      name: `p${at}`,
      type: pick(),
      ...(random.chance(0.2) ? { default: random.pick<Value>([null, 1, 'x', {}]) } : {}),
    }));
    const response: Value = pick();
    const errors = random.chance(0.3)
      ? { errors: random.chance(0.7) ? ['Failure'] : [random.pick([...names, 'int'])] }
      : {};
    const oneWay = random.chance(0.2)
      ? { 'one-way': true, response: random.chance(0.8) ? 'null' : response }
      : { response };
    messages[`m${count}`] = { request, ...oneWay, ...errors };
  }
  const failure = { type: 'error', name: 'Failure', fields: [{ name: 'why', type: 'string' }] };
  const space = random.chance(0.5) ? { namespace: random.pick(['n', 'o.p']) } : {};
  return { protocol: random.pick(['P', 'q.P']), ...space, types: [...types, failure], messages };
}

/** A copy of a protocol with one to three changes of its types, its messages, and what those carry. */
export function mutatedProtocol(random: Random, before: Value): Value {
  const now = structuredClone(before) as Item & { types: Item[]; messages: Record<string, Item> };
  for (let count = 1 + random.below(3); count > 0; count -= 1) random.pick(protocolMutations)(random, now);
  return now;
}

type Changing = { types: Item[]; messages: Record<string, Item> };

const protocolMutations: readonly ((random: Random, protocol: Changing) => void)[] = [
  (random, { types }) => changeType(random, types),
  (random, { types }) => changeType(random, types),
  (random, protocol) => changeRequest(random, protocol),
  (random, protocol) => changeRequest(random, protocol),
  (random, protocol) => {
    const message = messageOf(random, protocol);
    if (message !== undefined && message['one-way'] !== true) message.response = typeIn(random, protocol);
  },
  (random, protocol) => {
    const message = messageOf(random, protocol);
    const errors = protocol.types.filter(({ type }) => type === 'error').map(({ name }) => String(name));
    if (message === undefined || message['one-way'] === true) return;
    message.errors = errors.filter(() => random.chance(0.5));
  },
  (random, { messages }) => {
    const names = Object.keys(messages);
    if (names.length > 0 && random.chance(0.3)) delete messages[random.pick(names)];
  },
];

function changeType(random: Random, types: Item[]): void {
  const at = random.below(types.length);
  const made = mutated(random, types[at] as Value);
  if (isNamed(made)) types[at] = made;
}

function messageOf(random: Random, { messages }: Changing): Item | undefined {
  const all = Object.values(messages);
  return all.length === 0 ? undefined : random.pick(all);
}

function typeIn(random: Random, { types }: Changing): Value {
  return random.pick<Value>([...types.filter(isNamed).map(nameOf), 'int', 'long', 'string', ['null', 'int']]);
}

function changeRequest(random: Random, protocol: Changing): void {
  const request = messageOf(random, protocol)?.request as Item[] | undefined;
  if (request === undefined) return;
  const roll = random();
  const made: Item = { name: random.pick(['p0', 'p1', 'p2']), type: typeIn(random, protocol) };
  if (random.chance(0.4) && made.type === 'int') made.default = 1;
  if (roll < 0.3 && request.length > 0) request.splice(random.below(request.length), 1);
  else if (roll < 0.6 && request.every(({ name }) => name !== made.name)) request.push(made);
  else if (request.length > 0) random.pick(request).type = typeIn(random, protocol);
}

function isNamed(value: Value): value is Item {
  return typeof value === 'object' && value !== null && 'name' in value;
}

function nameOf({ name, namespace }: Item): string {
  return typeof namespace === 'string' && namespace !== '' ? `${namespace}.${name}` : String(name);
}

/** The schema as IDL, each named type as a declaration of its own. */
export function idlOf(random: Random, root: Value): string {
  const declared: string[] = [];
  const main = typeOf(random, root, '', declared);
  const head = random.chance(0.3) && !main.includes('?') ? `schema ${main};\n` : '';
  return `${head}${declared.join('\n')}\n`;
}

function typeOf(random: Random, value: Value, space: string, declared: string[]): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `union { ${value.map((one) => typeOf(random, one, space, declared)).join(', ')} }`;
  const of = value as Item;
  switch (of.type) {
    case 'array':
      return `array<${typeOf(random, of.items ?? 'int', space, declared)}>`;
    case 'map':
      return `map<${typeOf(random, of.values ?? 'int', space, declared)}>`;
    case 'record':
    case 'enum':
    case 'fixed':
      return declare(random, of, space, declared);
    default: {
      const { type, ...props } = of;
      return `${Object.entries(props)
        .map(([name, prop]) => `@${name}(${JSON.stringify(prop)}) `)
        .join('')}${type}`;
    }
  }
}

function declare(random: Random, of: Item, around: string, declared: string[]): string {
  const space = typeof of.namespace === 'string' ? of.namespace : around;
  const full = space === '' ? String(of.name) : `${space}.${of.name}`;
  const annotations = `@namespace(${JSON.stringify(space)}) ${of.aliases === undefined ? '' : `@aliases(${JSON.stringify(of.aliases)}) `}`;
  const doc = random.chance(0.2) ? `/** About ${of.name}. */ ` : '';
  if (of.type === 'fixed') declared.push(`${doc}${annotations}fixed ${of.name}(${of.size});`);
  else if (of.type === 'enum') {
    const preferred = of.default === undefined ? '' : ` = ${of.default};`;
    declared.push(`${doc}${annotations}enum ${of.name} { ${(of.symbols as string[]).join(', ')} }${preferred}`);
  } else {
    const fields = (of.fields as Item[]).map((field) => `  ${fieldOf(random, field, space, declared)}`);
    const text = `${doc}${annotations}record ${of.name} {\n${fields.join('\n')}\n}`;
    if (random.chance(0.5)) declared.push(text);
    else declared.unshift(text);
  }
  return full;
}

function fieldOf(random: Random, field: Item, space: string, declared: string[]): string {
  const annotations = ['aliases', 'order']
    .filter((name) => name in field)
    .map((name) => `@${name}(${JSON.stringify(field[name])}) `);
  const value = 'default' in field ? ` = ${JSON.stringify(field.default)}` : '';
  return `${typeOf(random, field.type as Value, space, declared)} ${annotations.join('')}${field.name}${value};`;
}
