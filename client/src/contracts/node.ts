import type { Contract, ContractEvolution, ContractGroup } from '../../../server/src/protocol/contracts.ts';

/** A row of the Contracts view. */
export type ContractNode = { readonly id: string } & (
  | { readonly kind: 'group'; readonly group: ContractGroup }
  | { readonly kind: 'problem'; readonly group: ContractGroup; readonly text: string }
  | { readonly kind: 'contract'; readonly group: ContractGroup; readonly contract: Contract }
  | { readonly kind: 'file'; readonly group: ContractGroup; readonly uri: string; readonly gone: boolean }
  | { readonly kind: 'deprecations'; readonly group: ContractGroup; readonly contract: Contract }
  | { readonly kind: 'deprecation'; readonly deprecation: Contract['deprecated'][number] }
  | { readonly kind: 'evolutions'; readonly group: ContractGroup }
  | { readonly kind: 'evolution'; readonly evolution: ContractEvolution }
);

/** A level that would have one row is left out. */
export function contractChildren(
  node: ContractNode | undefined,
  groups: readonly ContractGroup[],
): readonly ContractNode[] {
  if (node === undefined) {
    const [only, second] = groups;
    return only !== undefined && second === undefined ? inGroup(only) : groups.map(groupNode);
  }
  switch (node.kind) {
    case 'group':
      return inGroup(node.group);
    case 'contract':
      return inContract(node);
    case 'deprecations':
      return sorted(node.contract).map((deprecation) => ({
        kind: 'deprecation',
        id: `${node.id} ${deprecation.object}`,
        deprecation,
      }));
    case 'evolutions':
      return soonestFirst(node.group).map((evolution) => ({
        kind: 'evolution',
        id: `${node.id} ${evolution.id}`,
        evolution,
      }));
    case 'problem':
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

function groupNode(group: ContractGroup): ContractNode {
  return { kind: 'group', id: idOf(group), group };
}

function idOf({ rootUri, format }: ContractGroup): string {
  return `${rootUri} ${format}`;
}

function inGroup(group: ContractGroup): readonly ContractNode[] {
  const problem: readonly ContractNode[] =
    group.problem === undefined ? [] : [{ kind: 'problem', id: `${idOf(group)} problem`, group, text: group.problem }];
  const worstFirst = [...group.contracts].sort(
    (a, b) => Number(b.breaking > 0) - Number(a.breaking > 0) || (a.name < b.name ? -1 : 1),
  );
  const evolutions: readonly ContractNode[] =
    group.evolutions.length === 0 ? [] : [{ kind: 'evolutions', id: `${idOf(group)} evolutions`, group }];
  return [
    ...problem,
    ...evolutions,
    ...worstFirst.map((contract) => ({
      kind: 'contract' as const,
      id: `${idOf(group)} ${contract.name}`,
      group,
      contract,
    })),
  ];
}

function inContract(node: Extract<ContractNode, { kind: 'contract' }>): readonly ContractNode[] {
  const { contract, group, id } = node;
  const files = contract.files.map(({ uri, gone }) => ({
    kind: 'file' as const,
    id: `${id} ${uri}`,
    group,
    uri,
    gone,
  }));
  if (contract.deprecated.length === 0) return files;
  return [{ kind: 'deprecations', id: `${id} deprecated`, group, contract }, ...files];
}

/** What is wrong, then what is due, then by date. */
function soonestFirst({ evolutions }: ContractGroup): readonly ContractEvolution[] {
  const order: readonly ContractEvolution['phase'][] = ['broken', 'due', 'both', 'done'];
  const key = ({ phase, removeAfter, element }: ContractEvolution) =>
    `${order.indexOf(phase)} ${removeAfter} ${element}`;
  return [...evolutions].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Those with a date first, by date. */
function sorted({ deprecated }: Contract): Contract['deprecated'] {
  const key = ({ removeAfter = '9999', object }: Contract['deprecated'][number]) => `${removeAfter} ${object}`;
  return [...deprecated].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
