import type { ContractNotice } from '../../finding.ts';
import { checkFile } from './check.ts';
import type { AvroSet } from './link.ts';
import type { AvroFile, NamedSchema, ReferenceSchema, SchemaProblem } from './schema.ts';

/** What is wrong with one file, in the order of its text. */
export function problemsOf(set: AvroSet, file: AvroFile): readonly SchemaProblem[] {
  const known = memo.get(file);
  if (known?.asked.every(([reference, found]) => set.find(reference) === found)) return known.problems;
  const asked: [ReferenceSchema, NamedSchema | undefined][] = [];
  const find = (reference: ReferenceSchema): NamedSchema | undefined => {
    const found = set.find(reference);
    if (reference.known === undefined) asked.push([reference, found]);
    return found;
  };
  // What is half read has no whole to be checked.
  const further = file.incomplete ? [] : checkFile(file, { find, imports: set.imports });
  const problems = [...file.problems, ...further].sort((a, b) => a.span.start - b.span.start);
  memo.set(file, { problems, asked });
  return problems;
}

const memo = new WeakMap<
  AvroFile,
  {
    readonly problems: readonly SchemaProblem[];
    readonly asked: readonly (readonly [ReferenceSchema, NamedSchema | undefined])[];
  }
>();

export function noticesAfter(set: AvroSet): readonly ContractNotice[] {
  return [...set.files].flatMap(([path, file]) =>
    problemsOf(set, file).map(({ span, message, harmless }) => ({
      id: harmless === true ? 'avro/doubtful-schema' : 'avro/invalid-schema',
      message,
      place: { side: 'after' as const, path, span },
      unread: harmless === true ? ('warning' as const) : ('error' as const),
    })),
  );
}

/** A schema before that cannot be read answers nothing; that is said once. */
export function noticeBefore(path: string, against: string, { span, message }: SchemaProblem): ContractNotice {
  return {
    id: 'avro/unreadable-baseline',
    message: `${path} in ${against} is no schema that can be compared: ${message}`,
    place: { side: 'before', path, span },
    unread: 'error',
  };
}

/** What keeps Apache's parser from reading the file at all. */
export function fatalProblem({ problems }: AvroFile): SchemaProblem | undefined {
  return problems.find(({ harmless }) => harmless !== true);
}
