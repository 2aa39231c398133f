import type { StatusEntry, StatusEvolution, StatusProject, StatusTarget } from '../../../server/src/protocol/status.ts';

/** A row of the tree. `id` is stable, so that selection and expansion survive a refresh. */
export type Node =
  | { readonly kind: 'project'; readonly id: string; readonly project: StatusProject }
  | { readonly kind: 'target'; readonly id: string; readonly project: StatusProject; readonly target: StatusTarget }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly project: StatusProject;
      readonly target: StatusTarget;
      readonly group: Group;
      readonly entries: readonly StatusEntry[];
    }
  | {
      readonly kind: 'entry';
      readonly id: string;
      readonly project: StatusProject;
      readonly target: StatusTarget;
      readonly group: Group;
      readonly entry: StatusEntry;
    }
  | {
      readonly kind: 'problem';
      readonly id: string;
      readonly project: StatusProject;
      readonly target: StatusTarget;
      readonly text: string;
    }
  | { readonly kind: 'notice'; readonly id: string; readonly project: StatusProject; readonly text: string }
  | { readonly kind: 'evolutions'; readonly id: string; readonly project: StatusProject }
  | {
      readonly kind: 'evolution';
      readonly id: string;
      readonly project: StatusProject;
      readonly evolution: StatusEvolution;
    }
  | {
      readonly kind: 'evolution-file';
      readonly id: string;
      readonly evolution: StatusEvolution;
      readonly file: StatusEvolution['files'][number];
    };

export type Group = 'pending' | 'out-of-order' | 'failed' | 'missing' | 'changed' | 'applied' | 'repeatable';

/** In the order of the tree: what asks for attention first. */
export const groups: readonly Group[] = [
  'pending',
  'out-of-order',
  'failed',
  'missing',
  'changed',
  'repeatable',
  'applied',
];

/** Every state of the protocol belongs to one group; repeatables that are settled have their own. */
export function groupOf(entry: StatusEntry): Group {
  switch (entry.state) {
    case 'failed':
    case 'failed-future':
    case 'failed-missing':
      return 'failed';
    case 'missing':
    case 'future':
      return 'missing';
    case 'out-of-order':
    case 'ignored':
      return 'out-of-order';
    case 'pending':
    case 'above-target':
    case 'available':
      return 'pending';
    default:
      if (entry.changed) return 'changed';
      return entry.kind === 'repeatable' ? 'repeatable' : 'applied';
  }
}
