import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';
import type { Service } from '#core/service.ts';
import type { Workspace } from '#host/workspace.ts';
import type { Settings } from '#protocol/settings.ts';
import type { ClientAbilities } from './abilities.ts';
import type { Documents } from './documents.ts';

/** What one client session has: handed to every feature, never global. */
export interface Session {
  readonly connection: Connection;
  readonly service: Service;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly abilities: ClientAbilities;
  settings: Settings;
  /** The first index is complete. Before it, answers that need the catalog wait. */
  readonly ready: Promise<void>;
  isReady: boolean;
  /** Findings of files that are not open, for workspace diagnostics. */
  readonly background: Background;
  /** Resolves when findings may have changed, or the request is cancelled. */
  nextChange(token: CancellationToken): Promise<void>;
  /** Something that findings depend on has changed. */
  invalidated(scopes: readonly ('status' | 'file-info')[]): void;
}

/** Findings of the whole workspace, worked out in slices beside the requests. */
export interface Background {
  /** Path -> findings, as far as the work has come. */
  readonly findings: ReadonlyMap<FilePath, readonly ReportedFinding[]>;
  start(): void;
  stop(): void;
  /** Resolves when the run that is under way has ended. */
  settled(): Promise<void>;
}

/** One feature of the protocol: registers its handlers. One file under `features`, one line in `features/index.ts`. */
export type Feature = (session: Session) => void;
