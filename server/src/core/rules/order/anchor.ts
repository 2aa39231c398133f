import type { OrderFact } from '../../migrations/tool.ts';
import type { Related } from '../../model/finding.ts';
import type { Migration } from '../../model/migration.ts';
import type { Anchor, FilePath } from '../../model/text.ts';
import type { TimelineContext } from '../rule.ts';

/** The beginning of the file: what is wrong is its name. */
export function atFile(file: FilePath): Anchor {
  return { file, span: { start: 0, end: 0 } };
}

export function fileName(path: FilePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function otherFile(path: FilePath): Related {
  return { anchor: atFile(path), messageId: 'other-file', args: { file: fileName(path) } };
}

export function factsOf<K extends OrderFact['kind']>(
  { facts }: TimelineContext,
  kind: K,
): readonly Extract<OrderFact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<OrderFact, { kind: K }> => fact.kind === kind);
}

export function label({ version, description, script }: Migration): string {
  return version === undefined ? script : `${version} (${description})`;
}

export function againstWords(
  against: { readonly kind: 'history'; readonly target: string } | { readonly kind: 'base'; readonly ref: string },
): string {
  return against.kind === 'history' ? against.target : against.ref;
}
