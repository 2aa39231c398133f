import { defineRule } from '../rule.ts';
import { atFile, factsOf, fileName, otherFile } from './anchor.ts';

export const caseCollision = defineRule({
  id: 'order/case-collision',
  scope: 'timeline',
  severity: 'warning',
  summary: 'Two files differ only by upper and lower case: on many machines only one of them exists.',
  messages: {
    collides:
      '{file} and {other} differ only by upper and lower case: on macOS and Windows only one of them exists. Rename one.',
    'other-file': 'The other file: {file}.',
  },
  explanation: `On file systems that do not tell upper from lower case a checkout has only one of the two files, and which one is chance.

**Do instead**: give one of them another name. There is no quick fix: what the two files are for, and whether one of them is a copy, their text must tell.`,
  examples: [],
  *check(context) {
    for (const { migration, other } of factsOf(context, 'case-collision')) {
      yield {
        messageId: 'collides',
        args: { file: fileName(migration.file), other: fileName(other.file) },
        anchor: atFile(migration.file),
        object: migration.script,
        related: [otherFile(other.file)],
      };
    }
  },
});
