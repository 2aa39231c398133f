import type { Random, Value } from './generate.ts';

type Item = { [key: string]: Value };

/** The schema in several files: some of its named types in files of their own, and their names where they stood. */
export function split(random: Random, root: Value, own: ReadonlySet<string>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const main = hoist(structuredClone(root), own, files, true);
  return random.chance(0.5)
    ? new Map([['main.avsc', JSON.stringify(main)], ...files])
    : new Map([...files, ['main.avsc', JSON.stringify(main)]]);
}

function hoist(value: Value, own: ReadonlySet<string>, files: Map<string, string>, isRoot = false): Value {
  if (Array.isArray(value)) return value.map((one) => hoist(one, own, files));
  if (typeof value !== 'object' || value === null) return value;
  const item: Item = { ...value };
  for (const key of ['items', 'values']) if (key in item) item[key] = hoist(item[key] as Value, own, files);
  if (Array.isArray(item.fields))
    item.fields = item.fields.map((field) => ({
      ...(field as Item),
      type: hoist((field as Item).type as Value, own, files),
    }));
  const name = String(item.name);
  if (isRoot || !('name' in item) || !own.has(name)) return item;
  files.set(`${name}.avsc`, JSON.stringify(item));
  return name;
}

/** Names mean the same in every file only where there are no namespaces. */
export function isWithoutNamespaces(value: Value): boolean {
  const text = JSON.stringify(value);
  return !text.includes('"namespace"') && !/"name":"[^"]*\./.test(text);
}
