import type { ContractNotice } from '../../finding.ts';
import type { CompareRequest, Comparison, ContractFormat } from '../../format.ts';
import type { Tree } from '../../tree.ts';
import { guessedRoots, noRoots } from './buf-config/guessed-roots.ts';
import { configNames, workspacesOf } from './buf-config/workspace.ts';
import { compareWorkspaces, linkSide, type Outcome, type Wish } from './compare/compare-workspaces.ts';
import { earlierView } from './compare/earlier.ts';
import { inOrder } from './compare/order.ts';
import { problemsOf } from './compare/problems.ts';
import { protobufEvolution } from './evolve/index.ts';
import { protoFixes, withFixes } from './fixes/index.ts';
import { protoLanguage } from './language/index.ts';
import { protoRules } from './rules/index.ts';
import type { RuleHead } from './rules/rule.ts';

/** Protocol Buffers, judged as buf judges them. */
export const protobuf: ContractFormat = {
  id: 'protobuf',
  displayName: 'Protocol Buffers',
  area: 'proto',
  family: 'buf',
  extensions: ['.proto'],
  configNames,
  profiles: [
    { name: 'buf', summary: 'What buf.yaml says, else FILE' },
    { name: 'buf:FILE', summary: 'Generated code, file by file, JSON and binary stay compatible' },
    { name: 'buf:PACKAGE', summary: 'Generated code, package by package, JSON and binary stay compatible' },
    { name: 'buf:WIRE_JSON', summary: 'JSON and binary stay compatible' },
    { name: 'buf:WIRE', summary: 'Binary stays compatible' },
    { name: 'buf:CSR', summary: 'What matters to a Confluent Schema Registry' },
  ],
  defaultProfile: 'buf',
  rules: protoRules,
  compare: compareOnce,
  fixes: protoFixes,
  language: protoLanguage(compareOnce),
  evolution: protobufEvolution,
};

const nobody = new Map();
const ownRules: ReadonlySet<RuleHead> = new Set(protoRules.filter(({ peer }) => peer === undefined));
const noRules: ReadonlySet<RuleHead> = new Set();

const last = new WeakMap<Tree, { readonly request: CompareRequest; readonly comparison: Comparison }>();

/** Editors ask about many places of trees whose diagnostics they have already. */
function compareOnce(request: CompareRequest): Comparison {
  const known = last.get(request.after);
  if (known !== undefined && isSame(known.request, request)) return known.comparison;
  const comparison = compare(request);
  last.set(request.after, { request, comparison });
  return comparison;
}

function isSame(a: CompareRequest, b: CompareRequest): boolean {
  return a.before === b.before && a.profile === b.profile && a.config === b.config && a.beyond === b.beyond;
}

function compare(request: CompareRequest): Comparison {
  const { after, config } = request;
  const [newest, ...older] = request.before;
  const old = newest?.tree ?? nobody;
  const profile = request.profile ?? protobuf.defaultProfile;
  const beyond = request.beyond === true;
  const wish: Omit<Wish, 'earlier'> = { profile, category: profile.split(':')[1], beyond: beyond ? ownRules : noRules };
  // buf takes the folder that it is called in; a repository is opened wherever its root is.
  const guessed = beyond ? guessedRoots([old, after]) : noRoots;
  const workspaces = {
    before: workspacesOf(old, 'before', config, guessed),
    after: workspacesOf(after, 'after', config, guessed),
  };
  const outcomes = workspacePairs(workspaces.before.workspaces, workspaces.after.workspaces).map((pair) => {
    const before = linkSide('before', old, pair.before);
    const sides = { before, after: linkSide('after', after, pair.after, { like: before }) };
    const earlier = beyond ? older.map((version) => earlierView(version, before, config, guessed)) : [];
    return {
      ...compareWorkspaces(sides, { ...wish, earlier }),
      problems: [...problemsOf(sides.before), ...problemsOf(sides.after)],
    };
  });
  return {
    findings: inOrder(outcomes.flatMap(({ findings }) => findings)).map(withFixes),
    notices: once([
      ...workspaces.after.notices,
      ...outcomes.flatMap(({ notices, problems }) => [...notices, ...problems]),
    ]),
    contracts: outcomes.flatMap(({ contracts }: Outcome) => contracts),
    profile,
  };
}

type Workspaces = ReturnType<typeof workspacesOf>['workspaces'];

/** By folder; what only one side has is compared with nothing. */
function workspacePairs(before: Workspaces, after: Workspaces) {
  const roots = [...new Set([...after, ...before].map(({ root }) => root))];
  return roots.map((root) => ({ before: find(before, root), after: find(after, root) }));
}

function find(workspaces: Workspaces, root: string): Workspaces[number] {
  return workspaces.find((each) => each.root === root) ?? { root, modules: [], imports: [] };
}

function once(notices: readonly ContractNotice[]): readonly ContractNotice[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()];
}
