import type { HistoryEngine } from './connection.ts';
import { postgresqlHistory } from './postgresql.ts';
import { sqliteHistory } from './sqlite.ts';

export const historyEngines: readonly HistoryEngine[] = [postgresqlHistory, sqliteHistory];

export function engineFor(url: string): HistoryEngine | undefined {
  return historyEngines.find((engine) => engine.accepts(url));
}
