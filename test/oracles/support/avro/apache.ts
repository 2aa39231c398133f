import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint } from '../../../../scripts/oracles/cache.ts';
import { type Coordinates, mavenClasspath } from '../../../../scripts/oracles/maven.ts';
import { ensureTools, run } from '../../../../scripts/oracles/tools.ts';
import { startLineProcess } from '../line-process.ts';

export const avroVersion = '1.12.2';

const libraries: readonly Coordinates[] = [
  `org.apache.avro:avro:${avroVersion}`,
  `org.apache.avro:avro-idl:${avroVersion}`,
  `org.apache.avro:avro-ipc:${avroVersion}`,
  'org.slf4j:slf4j-nop:2.0.17',
];

export type Question =
  | { readonly ask: 'schema'; readonly text: string }
  | { readonly ask: 'compatibility'; readonly reader: string; readonly writer: string }
  | { readonly ask: 'messages'; readonly client: string; readonly server: string }
  | {
      readonly ask: 'call';
      readonly client: string;
      readonly server: string;
      readonly message: string;
    }
  | { readonly ask: 'protocol'; readonly text: string }
  | { readonly ask: 'idl'; readonly path: string };

export interface Answer {
  /** Why Java does not read it. */
  readonly refused?: string;
  readonly schema?: string;
  readonly protocol?: string;
  /** The call was answered. */
  readonly called?: boolean;
  readonly types?: Readonly<Record<string, string>>;
  /** `KIND@/location : message`. */
  readonly incompatibilities?: readonly string[];
}

export interface Apache {
  ask(questions: readonly Question[]): Promise<readonly Answer[]>;
  stop(): Promise<void>;
}

/** Apache Avro for Java in one process. */
export async function startApache(): Promise<Apache> {
  const java = startLineProcess(
    'java',
    ['-Xss16m', '-Dorg.apache.avro.SERIALIZABLE_PACKAGES=org.apache.avro.ipc', '-cp', await install(), 'Driver'],
    {},
  );
  return {
    ask: async (questions) => {
      const answers: Answer[] = [];
      for (let at = 0; at < questions.length; at += 500)
        answers.push(...JSON.parse(await java.ask(JSON.stringify(questions.slice(at, at + 500)), 120_000)));
      return answers;
    },
    stop: () => java.kill(),
  };
}

async function install(): Promise<string> {
  await ensureTools(['java', 'javac']);
  const jars = join(await mavenClasspath(`avro-${avroVersion}`, libraries), '*');
  const source = join(import.meta.dirname, 'Driver.java');
  const place = `driver-${fingerprint(`${await readFile(source, 'utf8')}\n${jars}`)}`;
  const classes = await cachedFolder(join('avro', avroVersion, place), async (folder) => {
    await run('javac', ['-encoding', 'UTF-8', '-nowarn', '-d', folder, '-cp', jars, source]);
  });
  return `${classes}:${jars}`;
}
