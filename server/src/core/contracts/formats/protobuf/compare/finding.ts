import type { ContractFinding } from '../../../finding.ts';
import type { ContractPlace } from '../../../tree.ts';
import type { Selection } from '../buf-config/select.ts';
import type { RuleHead, Spot } from '../rules/rule.ts';
import type { LinkedSide } from './compare-workspaces.ts';
import type { Judged, Judgement } from './judge.ts';
import type { Pair } from './pair.ts';

export interface FindingContext {
  /** Import path -> path in the tree. */
  readonly places: Pair<LinkedSide['places']>;
  readonly selection: Selection;
  readonly beyond: ReadonlySet<RuleHead>;
}

interface Told extends FindingContext {
  readonly findings: readonly ContractFinding[];
}

const memo = new WeakMap<Judgement, Told>();

/** What a file's judgement says to those who ask: the same objects as long as they ask for the same. */
export function findingsOf(judgement: Judgement, context: FindingContext): readonly ContractFinding[] {
  const known = memo.get(judgement);
  if (known !== undefined && isSame(known, context)) return known.findings;
  const findings = judgement.found.flatMap((judged) => findingOf(judged, context) ?? []);
  memo.set(judgement, { ...context, findings });
  return findings;
}

function isSame(a: FindingContext, b: FindingContext): boolean {
  return (
    a.selection === b.selection &&
    a.beyond === b.beyond &&
    a.places.before === b.places.before &&
    a.places.after === b.places.after
  );
}

/** A difference as a finding of the two trees; undefined where nobody wants to hear of it. */
function findingOf({ rule, difference }: Judged, context: FindingContext): ContractFinding | undefined {
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
export function keyOf(finding: ContractFinding): string {
  const known = keys.get(finding);
  if (known !== undefined) return known;
  const { rule, messageId, args, place, object } = finding;
  const key = JSON.stringify([rule, messageId, args, place, object]);
  keys.set(finding, key);
  return key;
}

const keys = new WeakMap<ContractFinding, string>();

function placeOf({ side, file, span }: Spot, { places }: FindingContext): ContractPlace {
  return {
    side,
    path: places[side].get(file.path) ?? file.path,
    span: { start: span?.start ?? 0, end: span?.end ?? 0 },
  };
}

/** Its first line, as it is written. */
function textOf({ file, span }: Spot): string {
  const [first = '', ...more] = file.content.text.slice(span?.start, span?.end).split(/\r?\n/);
  return more.length === 0 ? first : `${first.trimEnd()} …`;
}
