import type { Contract, ContractEvolution, ContractGroup } from '../../../server/src/protocol/contracts.ts';

/** A row of the Contracts view. */
export type ContractNode = { readonly id: string } & (
  | GroupNode
  | { readonly kind: 'problem'; readonly group: ContractGroup; readonly text: string }
  | { readonly kind: 'contract'; readonly group: ContractGroup; readonly contract: Contract }
  | {
      readonly kind: 'change';
      readonly uri: string;
      /** Name of the contract. */
      readonly contract: string;
      readonly change: Contract['changes'][number];
    }
  | { readonly kind: 'deprecations'; readonly group: ContractGroup; readonly contract: Contract }
  | { readonly kind: 'deprecation'; readonly contract: string; readonly deprecation: Contract['deprecated'][number] }
  | { readonly kind: 'evolutions'; readonly group: ContractGroup }
  | { readonly kind: 'evolution'; readonly evolution: ContractEvolution }
  | { readonly kind: 'files'; readonly group: ContractGroup; readonly contract: Contract }
  | FileNode
);

export interface GroupNode {
  readonly id: string;
  readonly kind: 'group';
  readonly group: ContractGroup;
  /** What tells it from the others: where there are several folders, or baselines. */
  readonly folder: string | undefined;
  readonly baseline: string | undefined;
}

export interface FileNode {
  readonly id: string;
  readonly kind: 'file';
  readonly uri: string;
  readonly gone: boolean;
  /** Its folder, below that of the contract. */
  readonly folder: string;
}

/** More files than this have a row of their own above them. */
const fewFiles = 5;

/** A level that would have one row is left out. */
export function contractChildren(
  node: ContractNode | undefined,
  groups: readonly ContractGroup[],
): readonly ContractNode[] {
  if (node === undefined) {
    const [only, second] = groups;
    const below =
      only !== undefined && second === undefined ? inGroup(only) : groups.map((each) => groupNode(each, groups));
    return [...problems(groups), ...below];
  }
  switch (node.kind) {
    case 'group':
      return inGroup(node.group);
    case 'contract':
      return inContract(node);
    case 'deprecations':
      return sorted(node.contract).map((deprecation) => ({
        kind: 'deprecation',
        id: `${node.id} ${deprecation.uri} ${deprecation.object}`,
        contract: node.contract.name,
        deprecation,
      }));
    case 'evolutions':
      return node.group.evolutions.map((evolution) => ({
        kind: 'evolution',
        id: `${node.id} ${evolution.id}`,
        evolution,
      }));
    case 'files':
      return filesOf(node);
    case 'problem':
    case 'change':
    case 'file':
    case 'deprecation':
    case 'evolution':
      return [];
    default: {
      const never: never = node;
      return never;
    }
  }
}

function groupNode(group: ContractGroup, all: readonly ContractGroup[]): ContractNode {
  const isOneFolder = all.every(({ rootUri }) => rootUri === group.rootUri);
  const isOneBaseline = all.every(({ baseline }) => baseline === group.baseline);
  return {
    kind: 'group',
    id: idOf(group),
    group,
    folder: isOneFolder ? undefined : lastOf(group.rootUri),
    baseline: isOneBaseline ? undefined : group.baseline,
  };
}

function idOf({ rootUri, format }: ContractGroup): string {
  return `${rootUri} ${format}`;
}

/** What is in the way of a folder is in the way of all its formats: it is said once. */
function problems(groups: readonly ContractGroup[]): readonly ContractNode[] {
  const folders = [...new Map(groups.map((group) => [group.rootUri, group] as const)).values()];
  return folders.flatMap((group): readonly ContractNode[] => {
    const { rootUri, problem } = group;
    if (problem === undefined) return [];
    const text = folders.length === 1 ? problem : `${lastOf(rootUri)}: ${problem}`;
    return [{ kind: 'problem', id: `${rootUri} problem`, group, text }];
  });
}

function inGroup(group: ContractGroup): readonly ContractNode[] {
  const worstFirst = [...group.contracts].sort(
    (a, b) => Number(b.breaking > 0) - Number(a.breaking > 0) || (a.name < b.name ? -1 : 1),
  );
  const evolutions: readonly ContractNode[] =
    group.evolutions.length === 0 ? [] : [{ kind: 'evolutions', id: `${idOf(group)} evolutions`, group }];
  return [
    ...evolutions,
    ...worstFirst.map((contract) => ({
      kind: 'contract' as const,
      id: `${idOf(group)} ${contract.name}`,
      group,
      contract,
    })),
  ];
}

/** What breaks, what is to go, and where all of it is written. */
function inContract(node: Extract<ContractNode, { kind: 'contract' }>): readonly ContractNode[] {
  const { contract, group, id } = node;
  const changes = contract.changes.map((change, index) => ({
    kind: 'change' as const,
    id: `${id} change ${index}`,
    uri: change.uri,
    contract: contract.name,
    change,
  }));
  const deprecations: readonly ContractNode[] =
    contract.deprecated.length === 0 ? [] : [{ kind: 'deprecations', id: `${id} deprecated`, group, contract }];
  const files: readonly ContractNode[] =
    contract.files.length > fewFiles ? [{ kind: 'files', id: `${id} files`, group, contract }] : filesOf(node);
  return [...changes, ...deprecations, ...files];
}

function filesOf({
  id,
  group: { rootUri },
  contract: { name, files },
}: {
  readonly id: string;
  readonly group: ContractGroup;
  readonly contract: Contract;
}): readonly FileNode[] {
  const root = `${rootUri}/`;
  return files.map(({ uri, gone }) => {
    const path = uri.startsWith(root) ? uri.slice(root.length) : '';
    const below = path.startsWith(`${name}/`) ? path.slice(name.length + 1) : path;
    const folder = decodeURIComponent(below.slice(0, Math.max(0, below.lastIndexOf('/'))));
    return { kind: 'file', id: `${id} ${uri}`, uri, gone, folder };
  });
}

function lastOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

/** Those with a date first, by date. */
function sorted({ deprecated }: Contract): Contract['deprecated'] {
  const key = ({ removeAfter = '9999', object }: Contract['deprecated'][number]) => `${removeAfter} ${object}`;
  return [...deprecated].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
