import type { DataType } from '../../../schema/types.ts';
import type { Renderer } from '../../dialect.ts';
import { NAME_BYTES } from './lexical.ts';

/** How PostgreSQL is written. */
export const postgresqlRenderer: Renderer = { quoteName, quoteText, typeText, nameLimit: NAME_BYTES };

/** Quoted only where it must be: other than lower case, or a word that the grammar reserves. */
function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  const plain = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${plain.replaceAll('\\', '\\\\')}` : plain;
}

function typeText(type: DataType): string {
  return type.text;
}

/** Reserved, and reserved but allowed as function or type (PostgreSQL 18, appendix C). */
const reserved: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate collation column concurrently ' +
    'constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default ' +
    'deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect ' +
    'into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer ' +
    'overlaps placing primary references returning right select session_user similar some symmetric system_user table tablesample then to ' +
    'trailing true union unique user using variadic verbose when where window with'
  ).split(' '),
);
