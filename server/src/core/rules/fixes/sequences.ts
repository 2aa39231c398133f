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
