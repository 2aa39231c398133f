import { flyway } from '#core/migrations/tools/flyway/index.ts';

/** Flyway's checksum of a text. */
export function checksumOf(text: string): number {
  const project = flyway.configure({ root: '/', locations: ['/db'] }, new Map());
  const migration = {
    id: 'V1__a.sql',
    kind: 'versioned',
    file: '/db/V1__a.sql',
    description: 'a',
    script: 'V1__a.sql',
    language: 'sql',
    version: '1',
  } as const;
  return Number(flyway.checksum(project, migration, text));
}
