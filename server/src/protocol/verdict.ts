import type { ContractRange } from './contracts.ts';
import type { Method } from './method.ts';

/** Client -> server: what has become of a contract's element; beside an extension that says what the element is. */
export const verdict: Method<
  { readonly uri: string; readonly position: ContractRange['start'] },
  { readonly markdown: string; readonly range: ContractRange } | null
> = { method: 'schemaward/verdict' };
