import type { FileContent, Span } from '../../../../model/text.ts';
import { fullNameFault, qualify } from '../names.ts';
import { sameSchema } from '../same.ts';
import { isNamed, type NamedSchema, type ReferenceSchema, type Schema, type SchemaProblem } from '../schema.ts';

/** What one file is read into; the parsers of all three kinds of files share it. */
export class Reading {
  readonly file: FileContent;
  readonly problems: SchemaProblem[] = [];
  readonly types = new Map<string, NamedSchema>();
  readonly references: ReferenceSchema[] = [];

  constructor(file: FileContent) {
    this.file = file;
  }

  problem(span: Span, message: string): void {
    this.problems.push({ span, message });
  }

  /** A named type is known once it has ended: a reference inside it, to itself too, is resolved later. */
  define(schema: NamedSchema): void {
    const { full, span } = schema.name;
    if (full === '') return;
    const fault = fullNameFault(full);
    const other = this.types.get(full);
    if (fault !== undefined) this.problem(span, fault);
    else if (other === undefined) {
      this.types.set(full, schema);
    } else if (!sameSchema(other, schema)) this.problem(span, `Can't redefine: ${full}`);
  }

  refer(written: string, space: string, span: Span): ReferenceSchema {
    const name = qualify(written, space);
    const known = this.types.get(name) ?? this.types.get(written);
    const reference: ReferenceSchema = {
      kind: 'reference',
      file: this.file,
      span,
      wordSpan: span,
      props: noProps,
      name: known?.name.full ?? name,
      written,
      known,
    };
    this.references.push(reference);
    return reference;
  }

  unknown(span: Span): Schema {
    return { kind: 'unknown', file: this.file, span, wordSpan: span, props: noProps };
  }

  /** What makes a union of schemas; a branch that cannot be one is told and stays. */
  checkUnion(branches: readonly Schema[]): void {
    const names = new Set<string>();
    for (const branch of branches) {
      // Of several within each other the innermost says it for all.
      if (branch.kind === 'union' && branch.branches.every(({ kind }) => kind !== 'union'))
        this.problem(branch.span, 'Nested union: a union may not hold another union directly.');
      const name = branchName(branch);
      if (name === undefined) continue;
      if (names.has(name)) this.problem(branch.wordSpan, `Duplicate in union: ${name}`);
      names.add(name);
    }
  }
}

/** What a union tells its branches apart by; undefined where it is not known yet. */
export function branchName(schema: Schema): string | undefined {
  if (schema.kind === 'reference') return schema.known?.name.full;
  if (schema.kind === 'unknown' || schema.kind === 'union') return undefined;
  if (!isNamed(schema)) return schema.kind;
  return schema.name.full === '' ? undefined : schema.name.full;
}

export const noProps: ReadonlyMap<string, never> = new Map<string, never>();
