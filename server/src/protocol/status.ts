import type { Method } from './method.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface StatusEntry {
  readonly id: string;
  readonly kind: 'versioned' | 'undo' | 'baseline' | 'repeatable' | 'callback';
  readonly uri?: string;
  readonly version?: string;
  readonly description: string;
  readonly script: string;
  readonly state: string;
  readonly toolState: string;
  readonly type: string;
  readonly installedOn?: string;
  readonly installedBy?: string;
  readonly executionTime?: number;
  readonly rank?: number;
  readonly changed: boolean;
  readonly worst?: Severity;
}

export interface StatusTarget {
  readonly name: string;
  readonly kind: 'database' | 'file' | 'git';
  readonly role?: string;
  readonly reachable: boolean;
  readonly problem?: string;
  readonly asOf: string;
  readonly entries: readonly StatusEntry[];
}

export interface StatusEvolution {
  readonly id: string;
  readonly operation: string;
  readonly table: string;
  readonly phase: string;
  readonly next: string;
  readonly due: boolean;
  readonly files: readonly {
    readonly uri: string;
    readonly phase: string;
    readonly role: string;
    readonly applied: boolean;
  }[];
}

export interface StatusProject {
  readonly name: string;
  readonly tool: string;
  readonly rootUri: string;
  readonly dialect: string;
  readonly guessed: boolean;
  readonly words: string;
  /** What of it was not examined, and why. */
  readonly notices: readonly string[];
  readonly targets: readonly StatusTarget[];
  readonly evolutions: readonly StatusEvolution[];
}

/** Client -> server: everything that the tree shows. */
export const status: Method<null, { readonly ready: boolean; readonly projects: readonly StatusProject[] }> = {
  method: 'schemaward/status',
};
