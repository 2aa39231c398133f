import type { Method } from './method.ts';

/** Client -> server: what the language status item of one file says. */
export const fileInfo: Method<
  { readonly uri: string },
  {
    readonly inProject: boolean;
    readonly words: string;
    readonly dialect?: string;
    readonly guessed: boolean;
    readonly frozenWhy?: string;
    readonly notExamined: readonly string[];
  } | null
> = { method: 'schemaward/fileInfo' };
