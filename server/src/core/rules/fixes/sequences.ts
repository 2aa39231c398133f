import type { Fix } from '../fix.ts';
import { behind } from './behind.ts';
import { cased, proposal } from './edits.ts';

export const widenSequence: Fix = {
  id: 'widen-sequence',
  title: ({ sequence, to }) => `Make ${sequence} AS ${to} as well`,
  changesSchema: true,
  propose(context, { sequence, to }) {
    const quoteName = context.change?.dialect.renderer.quoteName ?? ((name: string) => name);
    const name = String(sequence).split('.').map(quoteName).join('.');
    const sql = cased(context, `ALTER SEQUENCE ${name} AS ${to}`);
    return proposal({ edits: [behind(context, sql, 'Let the sequence count as far as its column')] });
  },
};

export const setSequence: Fix = {
  id: 'set-sequence',
  title: ({ table }) => `Set the sequence of ${table} to its largest number`,
  propose(context, { table, column }) {
    const quoteName = context.change?.dialect.renderer.quoteName ?? ((name: string) => name);
    const name = String(table).split('.').map(quoteName).join('.');
    const literal = (words: string) => `'${words.replaceAll("'", "''")}'`;
    const key = quoteName(String(column));
    const sql = `SELECT setval(pg_get_serial_sequence(${literal(name)}, ${literal(String(column))}), max(${key})) FROM ${name}`;
    return proposal({ edits: [behind(context, sql, 'Count on from the largest number')] });
  },
};
