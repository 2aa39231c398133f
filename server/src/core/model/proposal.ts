import type { FilePath, Span } from './text.ts';

export type FileRole = 'migration' | 'draft' | 'script' | 'check' | 'rollback' | 'config' | 'contract';

export type Phase = 'expand' | 'sync' | 'backfill' | 'verify' | 'switch' | 'contract';

export interface ProposedFile {
  readonly path: FilePath;
  readonly role: FileRole;
  readonly phase?: Phase;
  readonly text: string;
  readonly transactional: boolean;
  /** What the Refactor Preview says of it: "2. Backfill: copy email in batches". */
  readonly label: string;
}

export interface ProposedEdit {
  readonly path: FilePath;
  /** In the file as it is written. */
  readonly span: Span;
  readonly newText: string;
  readonly label: string;
}

export interface ProposedRename {
  readonly from: FilePath;
  readonly to: FilePath;
  readonly label: string;
}

export interface EvolutionRef {
  readonly id: string;
  readonly operation: string;
  readonly old: string;
  readonly new: string;
  readonly final: string;
  /** What the plan will call an object -> what the one-step change would have called it. */
  readonly names: Readonly<Record<string, string>>;
}

/** Every change of the workspace that the core proposes. Passed through `plans/frozen.ts` before it leaves the core. */
export interface Proposal {
  readonly kind: 'proposal';
  readonly evolution?: EvolutionRef;
  readonly creates: readonly ProposedFile[];
  readonly edits: readonly ProposedEdit[];
  readonly configEdits: readonly ProposedEdit[];
  readonly renames: readonly ProposedRename[];
  readonly deletes: readonly FilePath[];
  readonly notes: readonly string[];
}

export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: string;
  /** The option that is missing, or the nearest thing that can be done. */
  readonly nearest?: string;
}
