import type { FileContent } from '../../../model/text.ts';
import type { AvroFile, Import, NamedSchema, ReferenceSchema, Schema } from './schema.ts';

/** All files of one side, their types found by full name. */
export interface AvroSet {
  /** By path in the tree. */
  readonly files: ReadonlyMap<string, AvroFile>;
  readonly pathOf: (content: FileContent) => string | undefined;
  /** A type that is neither read before nor in the file itself is looked for in the other files; the nearest one is meant. */
  readonly find: (reference: ReferenceSchema) => NamedSchema | undefined;
  /** Of a file of IDL: the imports that lead nowhere. */
  readonly imports: (file: AvroFile) => readonly Import[];
}

export function linkFiles(files: ReadonlyMap<string, AvroFile>): AvroSet {
  const paths = new Map<FileContent, string>();
  const owners = new Map<string, NamedSchema[]>();
  for (const [path, { content, types }] of files) {
    paths.set(content, path);
    for (const [name, type] of types) {
      const others = owners.get(name);
      if (others === undefined) owners.set(name, [type]);
      else others.push(type);
    }
  }
  const own = new Map([...files.values()].map(({ content, types }) => [content, types]));
  return {
    files,
    pathOf: (content) => paths.get(content),
    find: (reference) => {
      if (reference.known !== undefined) return reference.known;
      const here = own.get(reference.file)?.get(reference.name);
      return here ?? nearest(owners.get(reference.name) ?? [], reference.file.path);
    },
    imports: ({ content, imports }) => {
      if (imports.length === 0) return imports;
      const folder = (paths.get(content) ?? '').split('/').slice(0, -1);
      return imports.filter(({ path }) => !files.has(resolvePath(folder, path)));
    },
  };
}

export function resolvePath(folder: readonly string[], path: string): string {
  const steps = [...folder];
  for (const step of path.split('/'))
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  return steps.join('/');
}

/** What a schema is, behind its name; itself where nobody knows. */
export function follow(set: Pick<AvroSet, 'find'>, schema: Schema): Schema {
  return schema.kind === 'reference' ? (set.find(schema) ?? schema) : schema;
}

/** Of several types of one name the one whose folder is shared the farthest; of those the first. */
function nearest(types: readonly NamedSchema[], path: string): NamedSchema | undefined {
  if (types.length < 2) return types[0];
  return types.reduce((best, one) => (shared(one.file.path, path) > shared(best.file.path, path) ? one : best));
}

function shared(one: string, other: string): number {
  const a = one.split('/');
  const b = other.split('/');
  const end = Math.min(a.length, b.length) - 1;
  let length = 0;
  while (length < end && a[length] === b[length]) length += 1;
  return length;
}
