import type { ContractFinding } from '../../../finding.ts';
import type { ContractPlace } from '../../../tree.ts';
import type { Selection } from '../buf-config/select.ts';
import type { RuleHead, Spot } from '../rules/rule.ts';
import type { LinkedSide } from './compare-workspaces.ts';
import type { Judged } from './judge.ts';
import type { Pair } from './pair.ts';

export interface FindingContext {
  readonly sides: Pair<LinkedSide>;
  readonly selection: Selection;
  readonly beyond: ReadonlySet<RuleHead>;
}

/** A difference as a finding of the two trees; undefined where nobody wants to hear of it. */
export function findingOf({ rule, difference }: Judged, context: FindingContext): ContractFinding | undefined {
  const { at, was, object, messageId, args, severity, compat } = difference;
  const wanted = rule.peer === undefined ? context.beyond.has(rule) : context.selection.rules.has(rule);
  if (!wanted || [at, was].some((spot) => spot !== undefined && context.selection.ignores(rule, spot.file)))
    return undefined;
  return {
    rule: rule.id,
    messageId,
    args,
    ...(severity === undefined ? {} : { severity }),
    place: placeOf(at, context),
    object,
    compat: compat ?? 'breaking',
    related:
      was?.span === undefined ? [] : [{ place: placeOf(was, context), messageId: 'was', args: { text: textOf(was) } }],
    fixes: [],
    ...(rule.peer === undefined ? {} : { peerRule: rule.peer }),
  };
}

/** Equal for what buf says only once, though several modules import the file. */
export function keyOf({ rule, messageId, args, place, object }: ContractFinding): string {
  return JSON.stringify([rule, messageId, args, place, object]);
}

function placeOf({ side, file, span }: Spot, { sides }: FindingContext): ContractPlace {
  return {
    side,
    path: sides[side].places.get(file.path) ?? file.path,
    span: { start: span?.start ?? 0, end: span?.end ?? 0 },
  };
}

/** Its first line, as it is written. */
function textOf({ file, span }: Spot): string {
  const [first = '', ...more] = file.content.text.slice(span?.start, span?.end).split(/\r?\n/);
  return more.length === 0 ? first : `${first.trimEnd()} …`;
}
