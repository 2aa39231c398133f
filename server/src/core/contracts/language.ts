import type { FileContent, Span } from '../model/text.ts';
import type { CompareRequest } from './format.ts';
import type { Tree } from './tree.ts';

/** What an editor asks of a contract under the cursor. Everything answers on half-typed text with what can be read. */
export interface ContractLanguage {
  symbols(tree: Tree, path: string): readonly ContractSymbol[];
  hover(at: Cursor, request: CompareRequest): ContractHover | undefined;
  definition(at: Cursor): readonly TreePlace[];
  references(at: Cursor, withDeclaration: boolean): readonly TreePlace[];
  /** The name under the cursor that could be renamed. */
  renameable(at: Cursor): { readonly span: Span; readonly name: string } | Refused;
  rename(at: Cursor, name: string): readonly TreeEdit[] | Refused;
  complete(at: Cursor): readonly ContractCompletion[];
  /** Sorted, none over another. */
  tokens(content: FileContent): readonly ContractToken[];
}

/** In Markdown. */
export interface ContractHover {
  readonly span: Span;
  /** What the element is. */
  readonly markdown: string;
  /** In a sentence what its change means for readers and for writers; empty where there is nothing to compare with. */
  readonly verdict: string;
}

export interface Cursor {
  readonly tree: Tree;
  readonly path: string;
  /** UTF-16 offset in the file. */
  readonly offset: number;
}

export interface TreePlace {
  readonly path: string;
  readonly span: Span;
}

/** Of a file that is not there: all of its text. */
export interface TreeEdit extends TreePlace {
  readonly newText: string;
  /** The file goes with its text. */
  readonly deletes?: true;
  /** What a preview says of it, where there is more to say than what is asked for. */
  readonly label?: string;
}

export interface Refused {
  readonly refused: string;
}

export interface ContractSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'package' | 'message' | 'field' | 'enum' | 'enum-member' | 'service' | 'method';
  readonly span: Span;
  /** Inside `span`. */
  readonly nameSpan: Span;
  readonly children: readonly ContractSymbol[];
}

/** What is offered: editors have a sign for each. */
export type CompletionKind =
  | 'keyword'
  | 'message'
  | 'enum'
  | 'enum-member'
  | 'property'
  | 'value'
  | 'file'
  | 'namespace'
  | 'snippet';

export interface ContractCompletion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string;
  readonly documentation: string;
  readonly replace: Span;
  readonly insert: string;
  /** Edits elsewhere in the file: the import that it needs. */
  readonly also?: readonly { readonly span: Span; readonly newText: string }[];
}

/** As LSP names them; their order is the legend's. */
export const tokenTypes = [
  'namespace',
  'type',
  'enum',
  'enumMember',
  'property',
  'method',
  'keyword',
  'modifier',
  'string',
  'number',
  'comment',
  'decorator',
] as const;

export const tokenModifiers = ['declaration', 'deprecated'] as const;

export interface ContractToken {
  /** In one line. */
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}
