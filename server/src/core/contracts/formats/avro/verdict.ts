import type { ContractFinding } from '../../finding.ts';
import type { ContractVerdict } from '../../format.ts';
import type { AvroFile, Field, NamedSchema } from './schema.ts';
import { sameShape } from './shape.ts';
import type { Subject } from './subjects.ts';

type Bump = ContractVerdict['bump'];

/** What the comparison says of one subject. Without a schema before it is new: a minor version. */
export function verdictOf(
  after: Subject,
  before: Subject | undefined,
  profile: string,
  findings: readonly ContractFinding[],
): ContractVerdict {
  const breaking = findings.filter(({ compat }) => compat === 'breaking' || compat === 'destructive').length;
  return {
    name: after.name,
    profile,
    files: [{ side: 'after', path: after.path }],
    breaking,
    bump: breaking > 0 ? 'major' : bumpOf(after.file, before?.file),
    deprecated: deprecatedIn(after),
  };
}

/** A subject that is gone, which nobody can read any more. */
export function verdictOfDeleted(before: Subject, profile: string, breaking: number): ContractVerdict {
  return {
    name: before.name,
    profile,
    files: [{ side: 'before', path: before.path }],
    breaking,
    bump: breaking > 0 ? 'major' : 'none',
    deprecated: [],
  };
}

function bumpOf(after: AvroFile, before: AvroFile | undefined): Bump {
  if (before === undefined) return 'minor';
  if (before.content.text === after.content.text) return 'none';
  return sameShape(before, after) ? 'patch' : 'minor';
}

type Deprecated = ContractVerdict['deprecated'][number];

function deprecatedIn({ file, path }: Subject): readonly Deprecated[] {
  const known = deprecated.get(file);
  if (known?.path === path) return known.list;
  const list: Deprecated[] = [];
  for (const type of file.types.values()) addDeprecated(list, type, path);
  deprecated.set(file, { path, list });
  return list;
}

const deprecated = new WeakMap<AvroFile, { readonly path: string; readonly list: readonly Deprecated[] }>();

function addDeprecated(list: Deprecated[], type: NamedSchema, path: string): void {
  const own = deprecation(type.doc, type.props.has('deprecated'));
  if (own !== undefined) list.push({ object: type.name.full, path, span: type.name.span, ...own });
  if (type.kind !== 'record') return;
  for (const field of type.fields) {
    const of = deprecation(field.doc, field.props.has('deprecated'));
    if (of !== undefined) list.push({ object: `${type.name.full}.${field.name}`, path, span: field.nameSpan, ...of });
  }
}

export function isDeprecated({ doc, props }: Field): boolean {
  return deprecation(doc, props.has('deprecated')) !== undefined;
}

/** Made once: every field of a file is asked. */
const deprecatedWord = /\bdeprecated\b/i;

/** Avro has no word for it: its documentation or a property says so. A date in the documentation is the day of its removal. */
export function deprecation(doc: string | undefined, said: boolean): { readonly removeAfter?: string } | undefined {
  if (!said && (doc === undefined || !deprecatedWord.test(doc))) return undefined;
  const date = /\b\d{4}-\d{2}-\d{2}\b/.exec(doc ?? '')?.[0];
  return date === undefined ? {} : { removeAfter: date };
}
