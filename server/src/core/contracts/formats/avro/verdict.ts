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
  const list = [...file.types.values()].flatMap((type) => deprecatedOf(type, path));
  deprecated.set(file, { path, list });
  return list;
}

const deprecated = new WeakMap<AvroFile, { readonly path: string; readonly list: readonly Deprecated[] }>();

function deprecatedOf(type: NamedSchema, path: string): readonly Deprecated[] {
  const own = deprecation(type.doc, type.props.has('deprecated'));
  const of = own === undefined ? [] : [{ object: type.name.full, path, span: type.name.span, ...own }];
  return type.kind === 'record' ? [...of, ...type.fields.flatMap((field) => deprecatedField(type, field, path))] : of;
}

function deprecatedField(type: NamedSchema, field: Field, path: string): readonly Deprecated[] {
  const own = deprecation(field.doc, field.props.has('deprecated'));
  return own === undefined ? [] : [{ object: `${type.name.full}.${field.name}`, path, span: field.nameSpan, ...own }];
}

export function isDeprecated({ doc, props }: Field): boolean {
  return deprecation(doc, props.has('deprecated')) !== undefined;
}

/** Avro has no word for it: its documentation or a property says so. A date in the documentation is the day of its removal. */
export function deprecation(doc: string | undefined, said: boolean): { readonly removeAfter?: string } | undefined {
  if (!said && (doc === undefined || !/\bdeprecated\b/i.test(doc))) return undefined;
  const date = /\b\d{4}-\d{2}-\d{2}\b/.exec(doc ?? '')?.[0];
  return date === undefined ? {} : { removeAfter: date };
}
