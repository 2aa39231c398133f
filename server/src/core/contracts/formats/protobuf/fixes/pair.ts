import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import { type Entry, innermost } from '../language/elements.ts';
import { type Node, nodeAt, type Placed } from './nodes.ts';
import { type Site, siteOf } from './site.ts';

type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;
type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

/** An element on both sides, as it is linked and as it is written. */
export interface ElementPair<K extends Entry['kind'] & Node['kind']> {
  readonly site: Site;
  readonly before: {
    readonly element: EntryOf<K>['element'];
    readonly placed: Placed<NodeOf<K>>;
    readonly text: string;
  };
  readonly after: {
    readonly element: EntryOf<K>['element'];
    readonly placed: Placed<NodeOf<K>>;
    readonly text: string;
  };
}

export function pairOf<K extends Entry['kind'] & Node['kind']>(
  finding: ContractFinding,
  request: CompareRequest,
  kind: K,
): ElementPair<K> | Refused {
  const site = siteOf(finding, request);
  if ('refused' in site) return site;
  const old = finding.related.find(({ place }) => place.side === 'before')?.place.span;
  const before = old && sideOf(site.before, old, kind);
  const after = sideOf(site.after, finding.place.span, kind);
  return before === undefined || after === undefined
    ? { refused: 'The place has changed since: ask again.' }
    : { site, before, after };
}

function sideOf<K extends Entry['kind'] & Node['kind']>(
  { file, syntax }: Site['before'],
  span: ContractFinding['place']['span'],
  kind: K,
): ElementPair<K>['before'] | undefined {
  const entry = innermost(file, span, kind);
  const placed = entry && nodeAt(syntax, entry.element.span, kind);
  if (entry === undefined || placed === undefined) return undefined;
  return {
    element: entry.element as EntryOf<K>['element'],
    placed: placed as Placed<NodeOf<K>>,
    text: file.content.text,
  };
}
