import type { Span } from '../../../../model/text.ts';
import type { Edit } from '../fixes/write.ts';
import type { AvroFile, Field, RecordSchema } from '../schema.ts';
import { idl } from './idl.ts';
import { json } from './json.ts';

/** What a declaration is to say instead. */
export interface Rewrite {
  readonly name?: string;
  /** Added to its documentation. */
  readonly deprecated?: string;
  /** Without a default it becomes a union with null, null by default: nobody who does not know it may need it. */
  readonly defaulted?: true;
  /** Aliases to take away. */
  readonly without?: (alias: string) => boolean;
  /** Types that it defines are referred to instead: they are defined elsewhere. */
  readonly referring?: true;
}

/** How declarations of fields are written in one of the two syntaxes. */
export interface FieldSyntax {
  /** All of a declaration, documentation included, without what stands between two of them. */
  spanOf(text: string, field: Field): Span;
  /** The words of a declaration; undefined where they are not understood. */
  rewrite(text: string, field: Field, rewrite: Rewrite): string | undefined;
  /** Several declarations in the place of one. */
  join(text: string, place: Span, declarations: readonly string[]): string;
  /** One more as the field of this index. */
  insert(text: string, record: RecordSchema, index: number, declaration: string): Edit | undefined;
  remove(text: string, field: Field): Edit;
}

export function syntaxOf({ syntax }: AvroFile): FieldSyntax {
  return syntax === 'idl' ? idl : json;
}
