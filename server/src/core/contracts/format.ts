import type { ContractEvolution } from './evolution.ts';
import type { ContractFinding, ContractNotice } from './finding.ts';
import type { ContractFix } from './fix.ts';
import type { ContractLanguage } from './language.ts';
import type { ContractRule } from './rule.ts';
import type { Side, Tree } from './tree.ts';

/** A set of rules under a name that users know: `buf:FILE`, `avro:BACKWARD_TRANSITIVE`. */
export interface Profile {
  readonly name: string;
  readonly summary: string;
}

/** One older state of the contracts. */
export interface Version {
  /** As users call it: `main`, `v1.2.0`, `v1/`. */
  readonly name: string;
  readonly tree: Tree;
}

export interface CompareRequest {
  /** Newest first; only transitive profiles look beyond the first. */
  readonly before: readonly Version[];
  readonly after: Tree;
  /** A profile of the format; else what the peer's configuration in the tree says, else the format's default. */
  readonly profile?: string;
  /** Text of a configuration of the peer (`buf.yaml`), over those of the tree. */
  readonly config?: string;
  /** Checks beyond the peer's own: editor and `check` ask for them, a profile that was named exactly does not. */
  readonly beyond?: boolean;
}

/** One contract of a tree: a buf module, an Avro schema (subject), with what the comparison says of it. */
export interface ContractVerdict {
  /** Module path, or full name of the schema. */
  readonly name: string;
  readonly profile: string;
  readonly files: readonly { readonly side: Side; readonly path: string }[];
  readonly breaking: number;
  /** What the changes demand of a version by SemVer. */
  readonly bump: 'major' | 'minor' | 'patch' | 'none';
  readonly deprecated: readonly {
    readonly object: string;
    readonly path: string;
    readonly span: import('../model/text.ts').Span;
    /** `YYYY-MM-DD`, where the comment beside it says one. */
    readonly removeAfter?: string;
  }[];
}

export interface Comparison {
  /** In the peer's order: path, place, id. */
  readonly findings: readonly ContractFinding[];
  readonly notices: readonly ContractNotice[];
  readonly contracts: readonly ContractVerdict[];
  /** The profile that was used. */
  readonly profile: string;
}

/** One folder under `formats` and one line in `formats/index.ts`. Pure: memos hang on the identity of `FileContent`s. */
export interface ContractFormat {
  readonly id: string;
  readonly displayName: string;
  /** The first part of its rules' ids. */
  readonly area: string;
  /** The first part of its profiles' names. */
  readonly family: string;
  /** Endings of its files, with the dot. */
  readonly extensions: readonly string[];
  /** Names of the peer's configuration files. */
  readonly configNames: readonly string[];
  readonly profiles: readonly Profile[];
  readonly defaultProfile: string;
  readonly rules: readonly ContractRule[];
  readonly fixes?: readonly ContractFix[];
  compare(request: CompareRequest): Comparison;
  readonly language?: ContractLanguage;
  readonly evolution?: ContractEvolution;
}
