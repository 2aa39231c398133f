import { tokenize } from '../../sql/tokenize.ts';
import { clip } from '../../text/bytes.ts';
import { defineRule } from '../rule.ts';

export const longName = defineRule({
  id: 'run/long-name',
  scope: 'migration',
  severity: 'hint',
  summary: 'A name is longer than the server keeps: it is cut without an error.',
  messages: {
    cut: '{server} keeps {limit} bytes of a name, so this one becomes {name}. Say that, or choose a shorter one.',
  },
  explanation: `PostgreSQL cuts a name behind its 63rd byte, at a whole character, and says so only in a notice. Statements with the long name go on to work, because they are cut in the same way; what
reads the catalog finds the short one. Two names that agree so far are one: that is \`run/duplicate-object\`, and a schema that is compared with names in code differs.

The replay cuts names as the server does. The quick fix writes the name that it becomes. Told once for each name of a migration.`,
  peers: ['squawk:identifier-too-long', 'pgsafe:identifier-too-long', 'safemigrate:identifier-too-long'],
  examples: [
    {
      title: '70 bytes',
      sql: `CREATE TABLE ${'t'.repeat(70)} (id int);`,
      fires: true,
    },
    { title: '63 bytes', sql: `CREATE TABLE ${'t'.repeat(63)} (id int);`, fires: false },
  ],
  *check(context) {
    const { lexical, displayName } = context.dialect;
    const { nameBytes } = lexical;
    if (nameBytes === undefined) return;
    const told = new Set<string>();
    for (const { id, reading } of context.statements) {
      if (!CHANGES.test(reading.verb) || !LONG.test(id.text)) continue;
      for (const { kind, start, end, text, value } of tokenize(id.text, lexical)) {
        if ((kind !== 'word' && kind !== 'quoted-name') || !isCut(text, value, nameBytes) || told.has(text)) continue;
        told.add(text);
        yield {
          messageId: 'cut',
          args: { server: displayName, limit: nameBytes, name: value },
          anchor: { file: context.migration.file, statement: id, span: { start, end } },
          object: value,
          compat: 'none',
          rollback: 'none',
          fixes: [{ id: 'write-cut-name', args: { name: value } }],
        };
      }
    }
  },
});

/** What gives names; others only use them. */
const CHANGES = /^(CREATE|ALTER|COMMENT)/;

/** Characters enough for more bytes than any name keeps. */
const LONG = /[\w$\u0080-\uffff]{21}|"[^"]{21}/;

function isCut(text: string, value: string, nameBytes: number): boolean {
  const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  return name.length >= value.length && clip(name, nameBytes).length < name.length;
}
