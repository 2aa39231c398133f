/** How many characters two texts have in common at their start. Compares pieces, which is far faster than characters. */
export function commonStart(a: string, b: string): number {
  return longest(Math.min(a.length, b.length), (from, to) => a.slice(from, to) === b.slice(from, to));
}

/** The same at their end, @param most and no more than this. */
export function commonEnd(a: string, b: string, most: number): number {
  return longest(
    most,
    (from, to) => a.slice(a.length - to, a.length - from) === b.slice(b.length - to, b.length - from),
  );
}

/** The longest run up to `most` whose pieces are all the same. */
function longest(most: number, isSame: (from: number, to: number) => boolean): number {
  let same = 0;
  for (let step = most; step > 0; step = Math.floor(step / 2)) {
    while (same + step <= most && isSame(same, same + step)) same += step;
  }
  return same;
}
