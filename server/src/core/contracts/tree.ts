import type { FileContent, Span } from '../model/text.ts';

/** Files of one side of a comparison, by their path below the compared folder, `/` separated. */
export type Tree = ReadonlyMap<string, FileContent>;

export type Side = 'before' | 'after';

/** A place in the text of one side. Offsets in the file as it is written; an empty span at 0 stands for the whole file. */
export interface ContractPlace {
  readonly side: Side;
  /** Key of the side's tree. */
  readonly path: string;
  readonly span: Span;
}
