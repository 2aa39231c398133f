import type { Span } from '../model/text.ts';
import type { ContractFinding } from './finding.ts';
import type { CompareRequest } from './format.ts';
import type { Refused, TreeEdit } from './language.ts';
import type { Tree } from './tree.ts';

/** A field that gives way in steps: it stays beside the one that takes over, until everybody uses that one. */
export interface FieldEvolution {
  /** Where the field was when it began, in the tree; a copy of its type elsewhere is another one. */
  readonly path: string;
  /** Full name of the old field: `shop.v1.Order.total`. */
  readonly element: string;
  /** Where fields have one. */
  readonly number?: number;
  /** Simple name of the field beside it that takes over; of a field that just goes undefined. */
  readonly replacement?: string;
}

/** The field around a place, or the one of a full name, which may be gone. */
export type EvolveTarget =
  | { readonly path: string; readonly offset: number }
  | { readonly path: string; readonly element: string };

/** The first step: after it both fields stand, and nothing is broken. */
export interface ExpandStep {
  readonly kind: 'expand';
  readonly evolution: FieldEvolution;
  /** The type of the new field as it is written, where its name is new too. */
  readonly added?: string;
  /** The field is not what it was: this step undoes a break. */
  readonly changed: boolean;
  readonly edits: readonly TreeEdit[];
  readonly notes: readonly string[];
}

/** The last step: the old field goes, and what stands in its place keeps it from coming back as something else. */
export interface ContractStep {
  readonly kind: 'contract';
  readonly edits: readonly TreeEdit[];
  readonly notes: readonly string[];
}

/** What a tree says of an evolution, whatever the files said when it began: so its draft never goes stale. */
export type Standing =
  | { readonly kind: 'both'; readonly path: string; readonly span: Span }
  | { readonly kind: 'gone' }
  | { readonly kind: 'broken'; readonly why: string };

export interface ContractEvolution {
  /** Undefined where no field is meant. */
  expand(request: CompareRequest, target: EvolveTarget, removeAfter: string): ExpandStep | Refused | undefined;
  standing(tree: Tree, evolution: FieldEvolution): Standing;
  contract(tree: Tree, evolution: FieldEvolution): ContractStep | Refused;
  /**
   * Which findings are this removal and nothing else. Undefined unless it was announced to those who have an older state: there the
   * field is deprecated, and what takes over stands beside it.
   */
  announced(request: CompareRequest, evolution: FieldEvolution): ((finding: ContractFinding) => boolean) | undefined;
}

/** What stands beside the old field. */
export function deprecationWords(replacement: string | undefined, removeAfter: string): string {
  return replacement === undefined
    ? `Deprecated: remove after ${removeAfter}.`
    : `Deprecated: use ${replacement}. Remove after ${removeAfter}.`;
}

/** `total` -> `total_v2`, `total_v2` -> `total_v3`: the first one that is free. */
export function nextName(name: string, isTaken: (name: string) => boolean): string {
  const [, base = name, version = '1'] = /^(.+)_v(\d{1,6})$/.exec(name) ?? [];
  for (let next = Number(version) + 1; ; next += 1) {
    const wanted = `${base}_v${next}`;
    if (!isTaken(wanted)) return wanted;
  }
}

/** `shop.v1.Order.total` -> `shop.v1.Order` and `total`. */
export function splitElement(element: string): { readonly parent: string; readonly name: string } {
  const dot = element.lastIndexOf('.');
  return { parent: element.slice(0, Math.max(dot, 0)), name: element.slice(dot + 1) };
}
