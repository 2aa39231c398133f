import type { TransactionRule } from '../migrations/tool.ts';
import type { Finding } from '../model/finding.ts';
import type { ChangeContext, Step } from '../rules/rule.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import type { SchemaChange } from '../schema/change.ts';
import { equalData } from '../schema/equal.ts';
import { type Environment, type Notes, newNotes, type Scene, StepContext, scriptContext } from './contexts.ts';
import { type Course, courseFrom } from './course.ts';
import { compare, type Differences, meets, pass } from './differences.ts';
import { changeFindings, migrationFindings } from './run-rules.ts';
import type { Entry, Script } from './slot.ts';
import { withoutSuperseded } from './superseded.ts';
import { dependsOnOthers } from './taken-back.ts';

/** One change as it was judged. After an edit elsewhere in its file it is judged again only if it depends on that. */
export interface Judged {
  readonly step: Step;
  readonly notes: Notes;
  readonly delta: readonly Entry[];
  readonly findings: readonly Finding[];
}

/** How the same migration was judged before, and in what the schema before it differs since. */
export interface Earlier {
  readonly judged: readonly Judged[];
  readonly transactionRule: TransactionRule;
  readonly differs: Differences;
}

export interface Judgement {
  readonly after: Catalog;
  /** All that it depends on; of a long migration that is much, and asked for only after an edit before it. */
  readonly reads: () => readonly ObjectKey[];
  readonly writes: ReadonlySet<ObjectKey>;
  readonly findings: readonly Finding[];
  /** For the next time; of short migrations nothing is kept. */
  readonly judged: readonly Judged[] | undefined;
}

/** Fewer changes are judged as fast as they are compared; more than this are seed data, and keeping them costs memory. */
const worthwhile = { from: 8, to: 20_000 };

/**
 * Replays one migration and says what the rules say of it.
 * @param lint false: only what it makes of the schema counts
 */
export function judge(
  environment: Environment,
  script: Script,
  before: Catalog,
  lint: boolean,
  earlier: Earlier | undefined,
): Judgement {
  const isKept = script.steps.length >= worthwhile.from && script.steps.length <= worthwhile.to;
  const follow = follower(earlier);
  const course = courseFrom(environment, script, before);
  const contexts: ChangeContext[] = [];
  const scene: Scene = { environment, script, course, contexts };
  const reads = new Set<ObjectKey>();
  const judged: Judged[] = [];
  const isSameRule = equalData(script.transactionRule, earlier?.transactionRule);
  let index = -1;
  for (const step of script.steps) {
    index += 1;
    const known = follow.find(step, course, index);
    const isSame = known !== undefined && !dependsOnOthers(step.change) && follow.holds(known, step);
    const notes: Notes = isSame ? known.notes : newNotes(isKept ? new Set() : reads);
    const delta = isSame ? known.delta : course.next(notes.reads);
    course.pass(delta);
    const isBacked = follow.pass(step, course, index, known, delta, notes.back);
    const context = new StepContext(scene, step, index, notes);
    const isSaid = isSame && isBacked && !notes.looked && (!notes.askedRule || isSameRule);
    const findings = !lint ? none : isSaid ? known.findings : changeFindings(context, environment.rules);
    const isKnown = isSame && known.step === step && known.findings === findings;
    judged.push(isKnown ? known : { step, notes, delta, findings });
    contexts.push(context);
  }
  const overall = lint ? migrationFindings(scriptContext(environment, script, contexts), environment.rules) : none;
  const findings = lint ? [...withoutSuperseded(contexts, judged), ...overall] : none;
  return {
    after: course.before(script.steps.length),
    reads: isKept ? () => [...new Set(judged.flatMap(({ notes }) => [...notes.reads]))] : () => [...reads],
    writes: writesOf(judged),
    findings,
    judged: isKept ? judged : undefined,
  };
}

function writesOf(judged: readonly Judged[]): ReadonlySet<ObjectKey> {
  const writes = new Set<ObjectKey>();
  for (const { delta } of judged) for (const [key] of delta) writes.add(key);
  return writes;
}

/** Goes along with the changes of a migration and finds how each was judged before. */
function follower(earlier: Earlier | undefined) {
  const differs: Differences = new Map(earlier?.differs);
  const judged = earlier?.judged ?? none;
  let places: ReadonlyMap<SchemaChange, readonly number[]> | undefined;
  let missed = 0;
  let next = 0;
  /** Mostly it is the next one. An edit misses few, so they are looked for one by one at first. */
  const placeOf = ({ change, statement }: Step): number | undefined => {
    const isIt = (at: number) => judged[at]?.step.change === change && judged[at].step.statement.nth === statement.nth;
    if (missed > few) return places?.get(change)?.find((at) => at >= next && isIt(at));
    for (let at = next; at < judged.length; at += 1) if (isIt(at)) return at;
    missed += 1;
    if (missed > few) places = placesOf(judged);
    return undefined;
  };
  /** How many steps right before this one are what they were. */
  let steady = Number.POSITIVE_INFINITY;
  return {
    /** Those between the last one that was found and this one are gone. */
    find(step: Step, course: Course, index: number): Judged | undefined {
      const place = placeOf(step);
      if (place === undefined) return undefined;
      if (next < place) steady = 0;
      for (; next < place; next += 1) compare(differs, course.before(index), judged[next]?.delta ?? none, none);
      next += 1;
      return judged[place];
    },
    holds: ({ step, notes }: Judged, { transaction }: Step) =>
      step.transaction === transaction && !meets(notes.reads, differs),
    /** Moves behind a change. True: so many steps right before it are what they were. */
    pass(
      { reading, transaction }: Step,
      course: Course,
      index: number,
      known: Judged | undefined,
      delta: readonly Entry[],
      back: number,
    ): boolean {
      if (earlier === undefined) return false;
      const isSteady = steady >= back;
      const isStep = known?.step.reading === reading && known.step.transaction === transaction;
      steady = isStep ? steady + 1 : 0;
      if (known?.delta === delta) pass(differs, delta);
      else compare(differs, course.before(index), known?.delta ?? none, delta);
      return isSteady;
    },
  };
}

const few = 8;

/** A statement that was not edited was not read again: its changes are the same objects. */
function placesOf(judged: readonly Judged[]): ReadonlyMap<SchemaChange, readonly number[]> {
  const places = new Map<SchemaChange, number[]>();
  for (const [index, { step }] of judged.entries()) {
    const known = places.get(step.change);
    if (known === undefined) places.set(step.change, [index]);
    else known.push(index);
  }
  return places;
}

const none: readonly never[] = [];
