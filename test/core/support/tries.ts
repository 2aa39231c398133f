import { rules } from '#core/rules/index.ts';
import type { Snapshot } from '#core/service.ts';
import { orderFixtures } from '../../fixtures/order.ts';
import { ruleFixtures } from '../../fixtures/rules.ts';
import { applied, checkAll, engine, inOneRelease, type Made, snapshot, strict } from './engine.ts';

const service = engine();

/** What fixtures and examples of the rules do not show of fixes. */
const MORE: readonly Made[] = [
  migration('CREATE TABLE t (id int, n int CONSTRAINT c CHECK (n > 0) NOT VALID);', [
    'ALTER TABLE t ADD COLUMN x int;\nALTER TABLE t VALIDATE CONSTRAINT c;',
  ]),
  {
    released: { 'V1__given.sql': 'CREATE TABLE t (id int);' },
    pending: {
      'V2__new.sql': "SET lock_timeout = '5s';\nCREATE TABLE u (id int);",
      'V2__new.sql.conf': 'executeInTransaction=false\n',
    },
    other: strict,
  },
];

/** A workspace for every fixture and every example of a rule. */
export const ALL: readonly Made[] = [
  ...ruleFixtures.map(({ given, earlier = [], bad, target }) => migration(given, [...earlier, bad], target)),
  ...rules.flatMap(({ examples }) =>
    examples.map(({ given = '', earlier = [], sql, target }) => migration(given, [...earlier, sql], target)),
  ),
  ...orderFixtures.map(({ bad }) => bad),
  ...MORE,
];

function migration(given: string, texts: readonly string[], version = 18): Made {
  const pending = { ...inOneRelease(texts.slice(0, -1)), 'V2__new.sql': texts.at(-1) ?? '' };
  return { released: { 'V1__given.sql': given }, pending, other: strict, version };
}

/** One quick fix of one finding. */
export interface Try {
  readonly fix: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** The workspace behind it. */
  after(): Snapshot;
}

export function tries(made: Made): readonly Try[] {
  const before = snapshot(made);
  return checkAll(service, before).findings.flatMap((finding) =>
    service.actions(before, finding.path, finding.span).flatMap(({ data, disabled }) => {
      if (data.kind !== 'fix' || disabled !== undefined || data.fingerprint !== finding.fingerprint) return [];
      return [
        {
          fix: data.fix,
          rule: finding.rule,
          fingerprint: finding.fingerprint,
          after: () => afterwards(before, applied(service.resolveAction(before, data), before)),
        },
      ];
    }),
  );
}

function afterwards(before: Snapshot, texts: ReadonlyMap<string, string>): Snapshot {
  return { ...before, files: new Map([...texts].map(([path, text]) => [path, { path, text }])) };
}
