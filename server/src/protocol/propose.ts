import type { Method } from './method.ts';

/** Something that the person asks for outside the lightbulb. */
export type Ask =
  | { readonly kind: 'new-migration'; readonly project: string; readonly description: string }
  | { readonly kind: 'promote'; readonly id: string }
  /** `words` as `contracts.baseline` of schemaward.yaml takes them. */
  | { readonly kind: 'baseline'; readonly rootUri: string; readonly words: string }
  | { readonly kind: 'action'; readonly data: unknown };

/** `edit` is an LSP WorkspaceEdit with change annotations (`vscode-languageserver-types`). */
export type Answer =
  | { readonly kind: 'edit'; readonly edit: unknown; readonly notes: readonly string[]; readonly open?: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Client -> server: build an edit. The client applies it. */
export const propose: Method<Ask, Answer> = { method: 'schemaward/propose' };
