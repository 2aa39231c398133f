import type { Files, MigrationTool, NewMigration, Timeline } from '../migrations/tool.ts';
import type { MessageArgs } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import type { Proposal, ProposedEdit, Refusal } from '../model/proposal.ts';
import type { FileContent, FilePath, Span } from '../model/text.ts';
import type { SchemaChange } from '../schema/change.ts';
import type { ReadStatement } from '../sql/script.ts';
import type { LexicalRules } from '../sql/tokens.ts';
import type { MappedText } from '../text/mapped.ts';
import type { ChangeContext } from './rule.ts';

/** Everything a fix or a recipe may use to build its proposal. */
export interface EditContext {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly timeline: Timeline;
  readonly files: Files;
  /** The file that the finding stands in. */
  readonly file: FileContent;
  readonly mapped: MappedText;
  readonly statements: readonly ReadStatement[];
  /** The statement of the finding. */
  readonly statement: ReadStatement;
  /** What runs after the statement, in its own file and in later ones, of the files that hold one of the words. */
  readonly later: (words: readonly string[]) => readonly SchemaChange[];
  /** The change of the finding, with the catalog before and after it. */
  readonly change: ChangeContext | undefined;
  /** Is the file applied anywhere or on the base branch? Then nothing may edit it. */
  readonly isFrozen: (file: FilePath) => boolean;
  /** Path for a new migration after all there is; `nth` counts within one proposal. */
  readonly newFile: (wanted: NewMigration) => FilePath;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly now: string;
  /** Line ending of the file. */
  readonly eol: '\n' | '\r\n';
  /** Keywords are written in capitals in this project. */
  readonly upperCase: boolean;
  readonly lexical: LexicalRules;
}

/** One quick fix of one idea, offered by any rule that names it. One file under `rules/fixes`. */
export interface Fix {
  readonly id: string;
  /**
   * Imperative and specific: "Create the index CONCURRENTLY, alone in its migration".
   * @param made what the fix proposes, where it can be made
   */
  readonly title: (args: MessageArgs, made?: Proposal) => string;
  /** The schema afterwards is another one: chosen by a person, never with all others. */
  readonly changesSchema?: true;
  propose(context: EditContext, args: MessageArgs): Proposal | Refusal;
}

export function emptyProposal(): Proposal {
  return { kind: 'proposal', creates: [], edits: [], configEdits: [], renames: [], deletes: [], notes: [] };
}

export function refuse(reason: string, nearest?: string): Refusal {
  return nearest === undefined ? { kind: 'refusal', reason } : { kind: 'refusal', reason, nearest };
}

/** An edit of words of the statement, given relative to its start in the running text. */
export type StatementEdit = (span: Span, newText: string, label: string) => ProposedEdit;
