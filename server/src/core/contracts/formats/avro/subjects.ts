import { type AvroSet, follow } from './link.ts';
import { type AvroFile, isNamed, type NamedSchema, type Schema } from './schema.ts';

/** What is versioned: the schema of one file; of a protocol or a file of types each of its types. */
export interface Subject {
  /** Full name of the schema; without one the path of its file. */
  readonly name: string;
  readonly path: string;
  readonly file: AvroFile;
  readonly schemas: readonly Schema[];
}

export function subjectsOf(set: AvroSet): readonly Subject[] {
  return [...set.files].flatMap(([path, file]) => {
    const subject = subjectOf(set, path, file);
    return subject === undefined ? [] : [subject];
  });
}

function subjectOf(set: AvroSet, path: string, file: AvroFile): Subject | undefined {
  if (file.main !== undefined) {
    const main = follow(set, file.main);
    const name = isNamed(main) && main.name.full !== '' ? main.name.full : path;
    return { name, path, file, schemas: [file.main] };
  }
  if (file.types.size === 0 && file.protocol === undefined) return undefined;
  return { name: file.protocol?.name ?? path, path, file, schemas: [...file.types.values()] };
}

/**
 * The subject before: at the same path, else of the same name where that path is gone. Where there is but one on each side, they
 * are meant: two files under two names were given to be compared.
 */
export function pairSubjects(
  before: readonly Subject[],
  after: readonly Subject[],
): {
  readonly pairs: readonly { readonly before: Subject; readonly after: Subject }[];
  readonly deleted: readonly Subject[];
  readonly added: readonly Subject[];
} {
  const byPath = new Map(before.map((one) => [one.path, one]));
  const kept = new Set(after.map(({ path }) => path));
  const moved = new Map(before.filter(({ path }) => !kept.has(path)).map((one) => [one.name, one]));
  const pairs: { before: Subject; after: Subject }[] = [];
  const added: Subject[] = [];
  const taken = new Set<Subject>();
  for (const subject of after) {
    const match = byPath.get(subject.path) ?? moved.get(subject.name);
    if (match === undefined || taken.has(match)) added.push(subject);
    else {
      taken.add(match);
      pairs.push({ before: match, after: subject });
    }
  }
  const [only] = after;
  const [old] = before;
  if (pairs.length === 0 && after.length === 1 && before.length === 1 && only !== undefined && old !== undefined)
    return { pairs: [{ before: old, after: only }], added: [], deleted: [] };
  return { pairs, added, deleted: before.filter((one) => !taken.has(one)) };
}

/** The schemas of two subjects that belong together: the main ones, else types of one name. */
export function pairSchemas(
  before: Subject,
  after: Subject,
): readonly { readonly before: Schema; readonly after: Schema }[] {
  const [main] = after.file.main === undefined ? [] : after.schemas;
  const [old] = before.file.main === undefined ? [] : before.schemas;
  if (main !== undefined && old !== undefined) return [{ before: old, after: main }];
  const types = new Map(namedOf(before).map((type) => [type.name.full, type]));
  return namedOf(after).flatMap((type) => {
    const match = types.get(type.name.full);
    return match === undefined ? [] : [{ before: match, after: type }];
  });
}

function namedOf({ file }: Subject): readonly NamedSchema[] {
  return [...file.types.values()];
}
