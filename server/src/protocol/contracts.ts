import type { Method } from './method.ts';

export interface ContractRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A buf module, or an Avro schema. */
export interface Contract {
  readonly name: string;
  readonly breaking: number;
  readonly bump: 'major' | 'minor' | 'patch' | 'none';
  /** `gone` ones are only in the baseline. */
  readonly files: readonly { readonly uri: string; readonly gone: boolean }[];
  /** What breaks somebody. */
  readonly changes: readonly {
    readonly object: string;
    readonly rule: string;
    readonly message: string;
    readonly uri: string;
    /** The file is only in the baseline. */
    readonly gone: boolean;
    readonly range: ContractRange;
  }[];
  readonly deprecated: readonly {
    readonly object: string;
    readonly uri: string;
    readonly range: ContractRange;
    /** `YYYY-MM-DD`. */
    readonly removeAfter?: string;
  }[];
}

/** A field that gives way to another in steps. */
export interface ContractEvolution {
  readonly id: string;
  /** Full name of the old field. */
  readonly element: string;
  readonly replacement?: string;
  /** `YYYY-MM-DD`. */
  readonly removeAfter: string;
  readonly phase: 'both' | 'due' | 'removed' | 'done' | 'broken';
  /** What to do next, in a few words; of a broken one what is wrong. */
  readonly next: string;
  /** Its plan file. */
  readonly uri: string;
  /** The old field, while it stands. */
  readonly place?: { readonly uri: string; readonly range: ContractRange };
}

/** Contracts of one format below one folder. */
export interface ContractGroup {
  readonly rootUri: string;
  readonly format: string;
  readonly profile: string;
  /** What they are compared with, as users call it. */
  readonly baseline?: string;
  /** As `contracts.baseline` says it. */
  readonly wanted: string;
  readonly problem?: string;
  readonly contracts: readonly Contract[];
  readonly evolutions: readonly ContractEvolution[];
}

/** Client -> server: everything that the Contracts view shows. */
export const contracts: Method<null, { readonly ready: boolean; readonly groups: readonly ContractGroup[] }> = {
  method: 'schemaward/contracts',
};

/** Client -> server: a contract as its baseline has it. */
export const baselineText: Method<{ readonly uri: string }, { readonly text: string } | null> = {
  method: 'schemaward/baselineText',
};

/** Client -> server: what contracts could be compared with, for a pick: tags and branches, newest first. */
export const baselines: Method<
  { readonly rootUri: string },
  readonly { readonly words: string; readonly description: string }[]
> = { method: 'schemaward/baselines' };
