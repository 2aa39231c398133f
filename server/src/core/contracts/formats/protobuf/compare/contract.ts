import type { ContractFinding } from '../../../finding.ts';
import type { ContractVerdict } from '../../../format.ts';
import type { BufModule } from '../buf-config/workspace.ts';
import type { Judgement } from './judge.ts';

type Deprecated = ContractVerdict['deprecated'];

/** Sums up what is said of a module's own files; those that it imports belong to others. */
export class Contract {
  readonly module: BufModule;
  readonly profile: string;
  readonly files: ContractVerdict['files'];
  private readonly deprecated: () => Deprecated;
  private breaking = 0;
  private added = false;
  private changed = false;

  constructor(module: BufModule, files: ContractVerdict['files'], profile: string, deprecated: () => Deprecated) {
    this.module = module;
    this.files = files;
    this.profile = profile;
    this.deprecated = deprecated;
  }

  add(judgement: Judgement, findings: readonly ContractFinding[]): void {
    for (const { compat } of findings) if (compat === 'breaking' || compat === 'destructive') this.breaking += 1;
    this.added ||= judgement.added;
    this.changed ||= judgement.changed;
  }

  verdict(): ContractVerdict {
    const { files, breaking, deprecated, profile } = this;
    const { name, root } = this.module;
    let known: Deprecated | undefined;
    return {
      name: name ?? (root === '' ? '.' : root),
      profile,
      files,
      breaking,
      bump: this.bump(),
      // Of all files, and asked for by views only.
      get deprecated() {
        known ??= deprecated();
        return known;
      },
    };
  }

  private bump(): ContractVerdict['bump'] {
    if (this.breaking > 0) return 'major';
    if (this.added) return 'minor';
    return this.changed ? 'patch' : 'none';
  }
}

type Files = ContractVerdict['files'];

const memo = new WeakMap<BufModule, { readonly before: BufModule | undefined; readonly files: Files }>();

/** The files of now, and those of the older module that are gone. */
export function filesOfBoth(before: BufModule | undefined, after: BufModule | undefined): Files {
  const key = after ?? before;
  const known = key && memo.get(key);
  if (known !== undefined && known.before === before) return known.files;
  const gone = [...(before?.files ?? [])].filter(([path]) => after?.files.has(path) !== true);
  const files: Files = [
    ...[...(after?.files ?? new Map()).values()].map((path) => ({ side: 'after' as const, path })),
    ...gone.map(([, path]) => ({ side: 'before' as const, path })),
  ];
  if (key !== undefined) memo.set(key, { before, files });
  return files;
}
