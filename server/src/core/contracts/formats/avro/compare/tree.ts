import type { ContractFinding, ContractNotice } from '../../../finding.ts';
import type { CompareRequest, Comparison, ContractVerdict, Version } from '../../../format.ts';
import { subjectDeleted } from '../beyond/subject-deleted.ts';
import type { AvroSet } from '../link.ts';
import { fatalProblem, noticeBefore, noticesAfter } from '../problems.ts';
import { type Direction, type Mode, modeOf } from '../profiles.ts';
import { readTree } from '../read.ts';
import { pairSubjects, type Subject, subjectsOf } from '../subjects.ts';
import { verdictOf, verdictOfDeleted } from '../verdict.ts';
import { newSession, type Session } from './session.ts';
import { compareBeyond, compareSubject } from './subject.ts';

/** One older version, with the subjects that those of now stand for. */
interface Earlier {
  readonly set: AvroSet;
  readonly against: string;
  readonly of: ReadonlyMap<Subject, Subject>;
  readonly deleted: readonly Subject[];
  /** By direction. */
  readonly sessions: Readonly<Record<Direction, Session>>;
}

/** One request is answered once: diagnostics, hovers and fixes of one state of the files all ask it. */
export function compareTrees(request: CompareRequest): Comparison {
  const known = answered.get(request);
  if (known !== undefined) return known;
  const comparison = compareAll(request);
  answered.set(request, comparison);
  return comparison;
}

const answered = new WeakMap<CompareRequest, Comparison>();

function compareAll({ before, after, profile, beyond }: CompareRequest): Comparison {
  const mode = modeOf(profile);
  const set = readTree(after);
  const subjects = subjectsOf(set);
  const earlier = before.slice(0, mode.transitive ? undefined : 1).map((version) => earlierOf(version, set, subjects));
  const findings: (readonly (readonly ContractFinding[])[])[] = [];
  const notices: ContractNotice[] = [...noticesAfter(set)];
  const contracts: ContractVerdict[] = [];
  for (const subject of subjects) {
    const found = compareWithAll(set, subject, earlier, mode, beyond === true);
    notices.push(...found.notices);
    findings.push(found.findings);
    contracts.push(verdictOf(subject, earlier[0]?.of.get(subject), mode.profile.name, found.findings.flat()));
  }
  for (const gone of earlier[0]?.deleted ?? []) {
    const told = beyond === true && mode.directions.length > 0 ? [deletedFinding(gone, earlier[0]?.against ?? '')] : [];
    findings.push([told]);
    contracts.push(verdictOfDeleted(gone, mode.profile.name, told.length));
  }
  return {
    findings: inOrder(distinct(findings, beyond === true)),
    notices: distinctNotices(notices),
    contracts,
    profile: mode.profile.name,
  };
}

function earlierOf({ name, tree }: Version, now: AvroSet, subjects: readonly Subject[]): Earlier {
  const set = readTree(tree);
  const { pairs, deleted } = pairSubjects(subjectsOf(set), subjects);
  return {
    set,
    against: name,
    deleted,
    of: new Map(pairs.map((pair) => [pair.after, pair.before])),
    sessions: { BACKWARD: newSession(now, set), FORWARD: newSession(set, now) },
  };
}

function compareWithAll(
  set: AvroSet,
  subject: Subject,
  earlier: readonly Earlier[],
  mode: Mode,
  beyond: boolean,
): { readonly findings: readonly (readonly ContractFinding[])[]; readonly notices: readonly ContractNotice[] } {
  const findings: (readonly ContractFinding[])[] = [];
  const notices: ContractNotice[] = [];
  for (const version of earlier) {
    const old = version.of.get(subject);
    if (old === undefined) continue;
    const fatal = fatalProblem(old.file);
    if (fatal !== undefined) notices.push(noticeBefore(old.path, version.against, fatal));
    if (fatal !== undefined) continue;
    for (const direction of mode.directions) {
      const found = compareSubject({ ...version, subject: old }, { set, subject }, direction, version.sessions, beyond);
      findings.push(found.findings);
      notices.push(...found.notices);
    }
    // Of the newest version only: what it already had is no change.
    if (beyond && version === earlier[0])
      findings.push(unsaid(compareBeyond({ ...version, subject: old }, { set, subject }, mode), findings.flat()));
  }
  return { findings, notices };
}

/** Of a message the profile asks both directions, so what old readers make of an answer may be told already. */
function unsaid(beyond: readonly ContractFinding[], findings: readonly ContractFinding[]): readonly ContractFinding[] {
  const placeOf = ({ place: { path, span } }: ContractFinding): string => `${path} ${span.start}`;
  const told = new Set(findings.filter(({ args }) => args.call !== undefined).map(placeOf));
  return told.size === 0 ? beyond : beyond.filter((one) => !told.has(placeOf(one)));
}

/** Only the old side has it. */
function deletedFinding({ name, path, file }: Subject, against: string): ContractFinding {
  const span = file.main?.wordSpan ?? { start: 0, end: 0 };
  return {
    rule: subjectDeleted.id,
    messageId: 'deleted',
    args: { object: name, against },
    place: { side: 'before', path, span },
    object: name,
    compat: 'destructive',
    related: [],
    fixes: [{ id: 'avro-restore-file', args: { file: path } }],
    against,
  };
}

/**
 * What several subjects say of the same words is said once, of the first; what several versions say, of the newest. Apache repeats what
 * it found in a type wherever the type is used within a schema: whoever asks for its answer alone gets that.
 */
function distinct(
  subjects: readonly (readonly (readonly ContractFinding[])[])[],
  once: boolean,
): readonly ContractFinding[] {
  const said = new Set<string>();
  return subjects.flatMap((lists) => {
    const kept = once ? firstOfEach(lists.flat(), said) : newInEach(lists, said);
    for (const one of kept) said.add(keyOf(one));
    return kept;
  });
}

function firstOfEach(findings: readonly ContractFinding[], said: ReadonlySet<string>): readonly ContractFinding[] {
  const first = new Map<string, ContractFinding>();
  for (const one of findings) if (!first.has(keyOf(one)) && !said.has(keyOf(one))) first.set(keyOf(one), one);
  return [...first.values()];
}

function newInEach(
  lists: readonly (readonly ContractFinding[])[],
  said: ReadonlySet<string>,
): readonly ContractFinding[] {
  const before = new Set<string>();
  return lists.flatMap((findings) => {
    const kept = findings.filter((one) => !said.has(keyOf(one)) && !before.has(locatedKeyOf(one)));
    for (const one of kept) before.add(locatedKeyOf(one));
    return kept;
  });
}

function locatedKeyOf(one: ContractFinding): string {
  return `${keyOf(one)} ${one.args.location}`;
}

function keyOf({ rule, messageId, object, place: { path, span }, args }: ContractFinding): string {
  return `${rule} ${path} ${span.start} ${args.direction ?? messageId} ${args.message ?? object}`;
}

/** By path; within a file as Apache finds them. */
function inOrder(findings: readonly ContractFinding[]): readonly ContractFinding[] {
  return [...findings].sort((a, b) => (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : 0));
}

function distinctNotices(notices: readonly ContractNotice[]): readonly ContractNotice[] {
  return [
    ...new Map(
      notices.map((one) => [`${one.id} ${one.place?.path} ${one.place?.span.start} ${one.message}`, one]),
    ).values(),
  ];
}
