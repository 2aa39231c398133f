import type { FilePath } from '#core/model/text.ts';
import { fetchHistory, publishedHistories } from '../oracles/histories.ts';
import { type RecordedHistory, recordedOn, recordHistory } from './recorded.ts';
import { recordedHistories } from './recorded-histories.ts';

/** A history that a published package ships, as a project on the disk. */
export interface History extends Pick<RecordedHistory, 'rolling' | 'shippedIn' | 'releases'> {
  readonly name: string;
  readonly tool: string;
  /** Package and version. */
  readonly from: string;
  readonly targetVersion: number;
  lay(): Promise<{ readonly root: FilePath; readonly location: FilePath }>;
}

const flyway: readonly History[] = publishedHistories.map((history) => ({
  name: history.name,
  tool: 'Flyway',
  from: history.jar.split(':').slice(1).join(' '),
  targetVersion: recordedOn,
  async lay() {
    const root = await fetchHistory(history);
    return { root, location: `${root}/src/main/resources/${history.location}` };
  },
}));

const recorded: readonly History[] = recordedHistories.map((history) => ({
  ...history,
  targetVersion: recordedOn,
  async lay() {
    const root = `${await recordHistory(history)}/${history.name}`;
    return { root, location: `${root}/src/main/resources/db/migration` };
  },
}));

export const histories: readonly History[] = [...flyway, ...recorded];
