import type { CatalogObject, ObjectKey } from '../catalog.ts';
import type { QualifiedName } from '../names.ts';
import type { DataType } from '../types.ts';
import { typeKey } from '../uses.ts';

/** The object with another key in the place of one, wherever it names it; with `type` also where it says it as a type. */
export function renamed<T extends CatalogObject>(object: T, from: ObjectKey, to: ObjectKey, type?: QualifiedName): T {
  return inside(object, { from, to, type }) as T;
}

/** The name that columns call a type by. */
export function typeNamed(object: CatalogObject | undefined): QualifiedName | undefined {
  return object?.kind === 'type' ? object.name : undefined;
}

interface Swap {
  readonly from: ObjectKey;
  readonly to: ObjectKey;
  readonly type: QualifiedName | undefined;
}

/** Objects are plain data: what stays the same is kept as it is. */
function inside(value: unknown, swap: Swap): unknown {
  if (value === swap.from) return swap.to;
  if (Array.isArray(value)) {
    const next = value.map((each) => inside(each, swap));
    return next.every((each, index) => each === value[index]) ? value : next;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (swap.type !== undefined && isType(value) && typeKey(value) === swap.from) return typeAs(value, swap.type);
  const fields = Object.entries(value).map(
    ([name, each]) => [name, name === 'origin' ? each : inside(each, swap)] as const,
  );
  const isSame = fields.every(([name, each]) => each === (value as Readonly<Record<string, unknown>>)[name]);
  return isSame ? value : Object.fromEntries(fields);
}

function isType(value: object): value is DataType {
  return 'args' in value && 'array' in value && 'text' in value;
}

/** A type is written as it is called now. */
function typeAs(type: DataType, { schema, name }: QualifiedName): DataType {
  return { ...type, schema, name, text: `${schema}.${name}${'[]'.repeat(type.array)}` };
}
