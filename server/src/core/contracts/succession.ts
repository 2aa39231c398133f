import { distance } from '../text/distance.ts';

/**
 * Whether a new name stands for what the old one stood for, so that one field may be said to have become the other: it goes on from it
 * (`total`, `total_cents`), or corrects a slip (`recieved`). With the same type a word that says something is enough (`sum_net`, `netSum`).
 */
export function isSuccessor(old: string, name: string, isSameType: boolean): boolean {
  const [before, after] = [wordsOf(old), wordsOf(name)];
  if (before.length === 0 || after.length === 0) return false;
  if (before.every((word, at) => after[at] === word) || after.every((word, at) => before[at] === word)) return true;
  if (isSlip(before.join(''), after.join(''))) return true;
  return isSameType && before.some((word) => after.includes(word) && saysSomething(word));
}

/** A letter too many or too few, or two that changed places; another letter makes another word (`height`, `weight`). */
function isSlip(old: string, name: string): boolean {
  if (Math.min(old.length, name.length) < 6 || distance(old, name) !== 1) return false;
  return old.length !== name.length || [...old].sort().join('') === [...name].sort().join('');
}

/** `grand_total`, `grandTotal` -> grand, total. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '' && !/^v?\d+$/.test(word));
}

/** Every other field is an id, a name or a time. */
function saysSomething(word: string): boolean {
  return word.length > 2 && !general.has(word);
}

const general: ReadonlySet<string> = new Set(
  'at by code count date day description email flag for from has key kind label list name note num number of status text time timestamp title type url uuid value'.split(
    ' ',
  ),
);
