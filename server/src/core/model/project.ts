import type { FilePath } from './text.ts';

export type ToolId = string;
export type DialectId = string;

export interface DialectChoice {
  readonly id: DialectId;
  /** True when nobody said it: shown as "PostgreSQL (guessed)". */
  readonly guessed: boolean;
  /** One clause in words: "the JDBC URL in application.yml". */
  readonly because: string;
}

/** A folder that a tool scans recursively, as it is on disk. */
export interface Location {
  readonly folder: FilePath;
  /** The text of the configuration it came from (`classpath:db/migration`). */
  readonly configured: string;
}

/** One migration history of one tool. */
export interface Project {
  /** Unique in the workspace; the folder's name unless the configuration gives one. */
  readonly name: string;
  readonly tool: ToolId;
  readonly root: FilePath;
  readonly locations: readonly Location[];
  readonly foundBy: 'schemaward.yaml' | 'tool-config' | 'convention';
  /** Files that say what the project is; a change of one means discovery again. */
  readonly configFiles: readonly FilePath[];
  readonly dialect: DialectChoice;
  /** Major version of the database; undefined: the newest whose behaviour is the most cautious. */
  readonly targetVersion?: number;
  /** First version with which the files tell the whole schema. Undefined: it starts empty. `none`: they never do. */
  readonly completeFrom?: string;
  /** Of its files, when it is not UTF-8: an IANA name. The host decodes with it. */
  readonly encoding?: string;
  /** The tool's own configuration, opaque outside its folder. */
  readonly options: unknown;
}
