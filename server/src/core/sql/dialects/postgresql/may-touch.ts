import type { ObjectName } from '../../../schema/names.ts';
import { afterIfExists, isWord, objectName, type Words } from './source.ts';

/**
 * Names of what a statement that could not be read is about: what follows TABLE, VIEW, INDEX, ON and their kin. Empty
 * where nothing of the kind is said.
 */
export function mayTouch(words: Words): readonly ObjectName[] {
  const found: ObjectName[] = [];
  words.forEach((word, i) => {
    if (!isWord(word, BEFORE_NAMES)) return;
    let at = afterIfExists(words, i + 1);
    while (isWord(words[at], NOISE)) at = afterIfExists(words, at + 1);
    const kind = words[at]?.kind;
    if (kind === 'word' || kind === 'quoted-name') found.push(objectName(words, at));
  });
  return found.slice(0, MOST);
}

const MOST = 20;
const NOISE = ['only', 'concurrently', 'if', 'table'];
const BEFORE_NAMES = [
  'table',
  'view',
  'index',
  'sequence',
  'type',
  'domain',
  'function',
  'procedure',
  'on',
  'into',
  'update',
  'from',
];
