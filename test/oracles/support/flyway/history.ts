import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OrderFact, Timeline } from '#core/migrations/tool.ts';
import { flyway } from '#core/migrations/tools/flyway/index.ts';
import type { BaseSnapshot, StateEntry, TargetSnapshot } from '#core/model/migration.ts';
import type { Project } from '#core/model/project.ts';
import type { FileContent } from '#core/model/text.ts';
import { readContent } from '#host/files/read.ts';
import type { HistoryDatabase } from './databases.ts';
import type { FlywayConfig } from './flyway.ts';

/** Migrations in a folder, Flyway's settings for them, and a SQLite database beside them. */
export interface History {
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Files by path below the folder. */
  readonly files: Map<string, string | Uint8Array>;
  readonly locations: readonly string[];
  readonly database: HistoryDatabase;
}

/** What we say of the same files and the same rows. */
export interface Ours {
  readonly project: Project;
  readonly timeline: Timeline;
  readonly entries: readonly StateEntry[];
  readonly facts: readonly OrderFact[];
}

export function writeHistory({ folder, files, locations }: History): void {
  for (const location of locations) {
    rmSync(join(folder, location), { recursive: true, force: true });
    mkdirSync(join(folder, location), { recursive: true });
  }
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

export function configOf({ folder, settings, locations, database }: History): FlywayConfig {
  const list = locations.map((each) => `filesystem:${join(folder, each)}`).join(',');
  return { ...database.config, locations: list, ...settings };
}

const noBase: BaseSnapshot = { problem: 'no-git', mergeBase: new Set(), tip: new Set(), changed: new Map() };

/** Settings go the way of a user: through a configuration file. Files are read from the disk, as the host reads them. */
export async function oursOf(history: History, inUse = false): Promise<Ours> {
  const rows = (await history.database.rows()) ?? [];
  const { folder, settings, files: written, locations } = history;
  const texts = new Map<string, FileContent>();
  const conf = [['locations', locations.map((each) => `filesystem:${each}`).join(',')], ...Object.entries(settings)];
  const text = conf.map(([key, value]) => `flyway.${key}=${value}`).join('\n');
  texts.set(`${folder}/flyway.conf`, { path: `${folder}/flyway.conf`, text });
  const read = (encoding?: string) => {
    for (const name of written.keys()) {
      const content = readContent(join(folder, name), encoding);
      if (content !== undefined) texts.set(content.path, content);
    }
  };
  read();
  const project = flyway.configure({ root: folder, locations }, texts);
  if (project.encoding !== undefined) read(project.encoding);
  const timeline = flyway.timeline(project, texts);
  const historyRows = flyway.historyRows(rows);
  const target: TargetSnapshot = {
    name: 'db',
    kind: 'database',
    asOf: '2026-11-24T12:00:00Z',
    result: { kind: 'rows', rows: historyRows },
  };
  return {
    project,
    timeline,
    entries: flyway.states(project, timeline, texts, historyRows, inUse),
    facts: flyway.orderFacts(project, timeline, texts, noBase, target, '2026-11-24'),
  };
}
