import type { Method } from './method.ts';

/** Client -> server: a rule's page as markdown. */
export const explain: Method<{ readonly rule: string }, { readonly title: string; readonly markdown: string } | null> =
  { method: 'schemaward/explain' };
