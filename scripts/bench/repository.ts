import { execFileSync } from 'node:child_process';

/** Makes a folder a repository whose main branch has all that is in it; what is written from here on is new on another branch. */
export function commit(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '--quiet', '--message=Bench');
  git('switch', '--quiet', '--create', 'change');
}
