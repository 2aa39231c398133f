import type { Severity } from '../model/finding.ts';
import type { Span } from '../model/text.ts';

/** In the root of a workspace folder or repository. */
export const configName = 'schemaward.yaml';

export interface ProjectEntry {
  readonly name?: string;
  readonly tool?: string;
  /** Relative to the configuration file. */
  readonly root: string;
  readonly locations: readonly string[];
  readonly dialect?: string;
  readonly targetVersion?: number;
  readonly completeFrom?: string;
}

export interface TargetEntry {
  readonly name: string;
  /** Only for the project of this name; undefined: for every project. */
  readonly project?: string;
  /** May hold `${env:NAME}`, never a secret. */
  readonly url?: string;
  /** Name of an environment variable that holds the URL. */
  readonly env?: string;
  /** A file that `schemaward status --format json` (or the tool) wrote. */
  readonly from?: string;
  readonly role?: string;
}

/** Old and new versions run side by side; one version at a time; nobody is connected while migrations run. */
export const deployments = ['rolling', 'single-version', 'downtime'] as const;

/** What contracts are compared with. */
export interface ContractsConfig {
  readonly baseline: Baseline;
  /** Glob of the tags that transitive profiles look back at; undefined: the commits of each file. */
  readonly versions?: string;
  /** Format id -> profile. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Days that a field stays deprecated before its removal is due. */
  readonly deprecationDays: number;
  /** Globs of files that are no contracts of this repository. */
  readonly exclude: readonly string[];
}

export type Baseline =
  | { readonly kind: 'merge-base' }
  /** The newest tag of the branch that matches the glob. */
  | { readonly kind: 'tag'; readonly glob: string }
  | { readonly kind: 'ref'; readonly ref: string }
  /**
   * A folder of old files, or one old file, relative to the configuration file; `of` is the folder or file of now that they were,
   * empty for the configuration file's own folder.
   */
  | { readonly kind: 'folder'; readonly path: string; readonly of: string };

/** As it is written. */
export function wordsOfBaseline(baseline: Baseline): string {
  switch (baseline.kind) {
    case 'merge-base':
      return baseline.kind;
    case 'tag':
      return `tag:${baseline.glob}`;
    case 'ref':
      return `ref:${baseline.ref}`;
    case 'folder':
      return `folder:${baseline.path}${baseline.of === '' ? '' : `=${baseline.of}`}`;
    default: {
      const never: never = baseline;
      return never;
    }
  }
}

/** A folder that is none of the workspace. */
export function isOutside(path: string): boolean {
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:[\\/])/.test(path);
}

/** `tag:v*`, `ref:origin/release`, `folder:contracts/released`, `folder:v1=v2`; anything else is the merge base. */
export function baselineOf(words: string | undefined): Baseline {
  const [, kind, rest = ''] = /^(tag|ref|folder):(.+)$/.exec(words ?? '') ?? [];
  if (kind === 'tag') return { kind, glob: rest };
  if (kind === 'ref') return { kind, ref: rest };
  if (kind === 'folder') {
    const [path = '', of = ''] = rest.split('=').map((each) => each.replace(/^(\.\/)+|^\.$/, '').replace(/\/+$/, ''));
    return { kind, path, of };
  }
  return { kind: 'merge-base' };
}

export type RuleSetting = Severity | 'off';

export interface IgnoreEntry {
  readonly rule?: string;
  readonly path?: string;
  readonly object?: string;
  readonly fingerprint?: string;
  readonly reason?: string;
  /** `YYYY-MM-DD`: the first day on which it no longer counts. */
  readonly until?: string;
  /** In the configuration file. */
  readonly span: Span;
}

/** `schemaward.yaml`, version 1, as the engine uses it: every default filled in. */
export interface Config {
  readonly projects: readonly ProjectEntry[];
  readonly targets: readonly TargetEntry[];
  readonly lintTarget?: string;
  readonly base: { readonly ref?: string; readonly since?: string };
  /** How a release reaches production: what it rules out is not reported. */
  readonly deployment: (typeof deployments)[number];
  readonly rules: {
    readonly preset: 'minimal' | 'recommended' | 'strict';
    readonly severity: ReadonlyMap<string, RuleSetting>;
    /** Rule id -> option -> value; only what is known and within its bounds. */
    readonly options: ReadonlyMap<string, Readonly<Record<string, number>>>;
  };
  /** Up to this size, without indexes, a table is small: what reads or writes all of it is only a hint. */
  readonly stats: { readonly smallMegabytes: number };
  readonly overrides: readonly {
    readonly paths: readonly string[];
    readonly rules: ReadonlyMap<string, RuleSetting>;
  }[];
  readonly ignore: readonly IgnoreEntry[];
  readonly contracts: ContractsConfig;
  readonly evolutions: {
    /** Relative to the project's root. */
    readonly dir: string;
    readonly minReleases: number;
    readonly backfill: { readonly as: 'migration' | 'script'; readonly batch: number };
  };
}

export type ConfigProblemKind =
  | 'syntax'
  | 'unknown-key'
  | 'wrong-type'
  | 'wrong-value'
  | 'secret'
  | 'duplicate'
  | 'unused-ignore';

export interface ConfigProblem {
  readonly kind: ConfigProblemKind;
  readonly span: Span;
  readonly message: string;
  readonly severity: Severity;
}

export const defaultConfig: Config = {
  projects: [],
  targets: [],
  base: {},
  deployment: 'rolling',
  rules: { preset: 'recommended', severity: new Map(), options: new Map() },
  stats: { smallMegabytes: 10 },
  overrides: [],
  ignore: [],
  contracts: { baseline: { kind: 'merge-base' }, profiles: new Map(), deprecationDays: 90, exclude: [] },
  evolutions: { dir: 'evolutions', minReleases: 1, backfill: { as: 'migration', batch: 5000 } },
};
