import type { ContractFinding } from '#core/contracts/finding.ts';
import type { CompareRequest } from '#core/contracts/format.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import type { TreeEdit } from '#core/contracts/language.ts';

export interface Applied {
  readonly fix: string;
  readonly title: string;
  /** Why it cannot be made. */
  readonly refused?: string;
  /** The files afterwards. */
  readonly files: Readonly<Record<string, string>>;
}

/** What each fix of a finding makes of the new side. */
export function applyFixes(finding: ContractFinding, request: CompareRequest): readonly Applied[] {
  return finding.fixes.map(({ id, args }) => {
    const fix = avro.fixes?.find((one) => one.id === id);
    if (fix === undefined) throw new Error(`There is no fix ${id}.`);
    const made = fix.propose(finding, request, args);
    const title = fix.title(args);
    if ('refused' in made) return { fix: id, title, refused: made.refused, files: {} };
    return { fix: id, title, files: edited(request, made) };
  });
}

function edited({ after }: CompareRequest, edits: readonly TreeEdit[]): Record<string, string> {
  const files: Record<string, string> = Object.fromEntries([...after].map(([path, { text }]) => [path, text]));
  for (const { path, span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const text = files[path] ?? '';
    files[path] = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  return files;
}
