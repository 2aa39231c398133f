import type { Snapshot } from '../service.ts';

/** `YYYY-MM-DD`, in UTC. */
export function todayOf({ now }: Pick<Snapshot, 'now'>): string {
  return now.slice(0, 10);
}
