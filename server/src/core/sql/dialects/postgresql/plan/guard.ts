import type { PlanTable } from '../../../primitives.ts';
import { dollarQuoted, q, quoteText } from './words.ts';

export function guard(on: PlanTable, condition: string, message: string): string {
  const text = quoteText(message.replaceAll('%', '%%'));
  return `DO ${dollarQuoted(`BEGIN
  IF EXISTS (SELECT FROM ${on.name} WHERE ${condition}) THEN
    RAISE EXCEPTION ${text};
  END IF;
END`)}`;
}

/** One row with a column per question. */
export function count(on: PlanTable, counts: Readonly<Record<string, string>>): string {
  const columns = Object.entries(counts).map(([name, condition]) => `  count(*) FILTER (WHERE ${condition}) AS ${q(name)}`);
  return `SELECT\n${[...columns, '  count(*) AS all_rows'].join(',\n')}\nFROM ${on.name}`;
}
