import type { ContractFinding } from '../../../finding.ts';
import type { ContractVerdict } from '../../../format.ts';
import type { Side } from '../../../tree.ts';
import type { BufModule } from '../buf-config/workspace.ts';
import type { Judgement } from './judge.ts';

/** Sums up what is said of a module's own files; those that it imports belong to others. */
export class Contract {
  readonly module: BufModule;
  readonly profile: string;
  readonly files: { readonly side: Side; readonly path: string }[] = [];
  readonly deprecated: ContractVerdict['deprecated'][number][] = [];
  private breaking = 0;
  private added = false;
  private changed = false;

  constructor(module: BufModule, profile: string) {
    this.module = module;
    this.profile = profile;
  }

  add(path: string, side: Side, judgement: Judgement, findings: readonly ContractFinding[]): void {
    this.files.push({ side, path });
    for (const each of judgement.deprecated) this.deprecated.push({ ...each, path });
    for (const { compat } of findings) if (compat === 'breaking' || compat === 'destructive') this.breaking += 1;
    this.added ||= judgement.added;
    this.changed ||= judgement.changed;
  }

  verdict(): ContractVerdict {
    const { files, breaking, deprecated, profile } = this;
    const { name, root } = this.module;
    return { name: name ?? (root === '' ? '.' : root), profile, files, breaking, bump: this.bump(), deprecated };
  }

  private bump(): ContractVerdict['bump'] {
    if (this.breaking > 0) return 'major';
    if (this.added) return 'minor';
    return this.changed ? 'patch' : 'none';
  }
}
