import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Two halves of 4 MB. */
const wanted = 8 * 1024 * 1024;

/**
 * A replay makes much that dies young. V8 begins with a nursery of 1 MB, from which half of it is moved to the old, and lets it
 * grow to 16 MB and more, which costs 150 MB of 470 (Node 24.21, 10,000 migrations). 4 MB cost 6 MB and save a twelfth of the
 * processor's time. A program cannot ask for a size once it runs: what is kept while it grows lets it grow by one step.
 */
export function growNursery(): void {
  setFlagsFromString('--semi-space-growth-factor=4');
  const kept: number[][] = [];
  while (nursery() < wanted && kept.length < 512) for (let i = 0; i < 8; i += 1) kept.push(new Array(1024).fill(i));
  setFlagsFromString('--semi-space-growth-factor=1');
}

function nursery(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? wanted;
}
