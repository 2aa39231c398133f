import { defineRule } from '../rule.ts';
import { atFile, factsOf, fileName } from './anchor.ts';

export const ignoredFile = defineRule({
  id: 'order/ignored-file',
  scope: 'timeline',
  severity: 'warning',
  summary: 'A file in a migration folder whose name the tool does not recognise never runs.',
  messages: {
    'no-version': '{file} has no version, so the tool never runs it.{meant}',
    'bad-version': 'The version of {file} is not one that the tool can read, so it never runs.{meant}',
    'wrong-separator':
      '{file} has no double underscore behind its version, so the tool reads the whole name as a version and never runs it.{meant}',
    'wrong-case-prefix': 'Prefixes are case sensitive: the tool never runs {file}.{meant}',
    'wrong-suffix-case': 'The tool never runs {file}, because of its ending.{meant}',
    'repeatable-with-version': '{file} is a repeatable with a version, so the tool never runs it.{meant}',
    unrecognised: 'The tool does not recognise {file} and never runs it.{meant}',
  },
  explanation: `Flyway passes over files that it does not recognise without a word (unless \`validateMigrationNaming\` is set): \`V1_add.sql\` with one underscore, a
lower-case \`v1__add.sql\`, \`V1-add.sql\`. The deployment succeeds and the change is not there.

Files that do not look like a migration (a README, a dump, a query) are left alone.`,
  examples: [],
  *check(context) {
    for (const { ignored } of factsOf(context, 'ignored-file')) {
      const { suggestion } = ignored;
      yield {
        messageId: ignored.reason,
        args: { file: fileName(ignored.file), meant: suggestion === undefined ? '' : ` Name it ${suggestion}.` },
        anchor: atFile(ignored.file),
        object: fileName(ignored.file),
        fixes: suggestion === undefined ? [] : [{ id: 'rename-to-suggestion', args: { suggestion } }],
      };
    }
  },
});
