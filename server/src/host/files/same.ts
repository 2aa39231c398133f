import type { FileContent } from '#core/model/text.ts';
import type { Snapshot } from '#core/service.ts';
import { differing } from '#core/text/patched.ts';

export function sameFiles(a: Snapshot['files'], b: Snapshot['files']): boolean {
  if (a.size !== b.size) return false;
  for (const [path, content] of differing(a, b)) if (!sameContent(a.get(path), content)) return false;
  return true;
}

export function sameContent(a: FileContent | undefined, b: FileContent | undefined): boolean {
  return a?.text === b?.text && a?.problem?.kind === b?.problem?.kind;
}
