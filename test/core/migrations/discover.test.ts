import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileContent } from '#core/model/text.ts';
import type { Snapshot } from '#core/service.ts';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** A workspace whose files have these texts. */
function workspace(files: Readonly<Record<string, string>>, roots: readonly string[] = ['/w']): Snapshot {
  const map = new Map<string, FileContent>();
  for (const [path, text] of Object.entries(files)) map.set(path, { path, text });
  return { ...snapshot({}), files: map, roots, bases: [] };
}

/** `name: folders (dialect words)` of every project. */
function found(made: Snapshot): readonly string[] {
  return engine()
    .workspace(made)
    .projects.map(({ project, words }) => {
      const folders = project.locations.map(({ folder }) => folder.replace(/^\/w\//, ''));
      return `${project.name}: ${folders.join(', ')} (${words.split(', ').at(-1)})`;
    });
}

const sql = 'CREATE TABLE t (id int);\n';
const r = 'src/main/resources';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly roots?: readonly string[];
  readonly projects: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'flyway.toml: locations and the URL of its environment',
    files: {
      '/w/a/flyway.toml':
        '[environments.default]\nurl = "jdbc:postgresql://h/d"\n[flyway]\nlocations = ["filesystem:sql", "filesystem:more"]\n',
      '/w/a/sql/V1__a.sql': sql,
      '/w/a/more/V2__b.sql': sql,
    },
    projects: ['a: a/sql, a/more (PostgreSQL)'],
  },
  {
    title: 'flyway.toml: the chosen environment speaks, and flyway.user.toml over it',
    files: {
      '/w/a/flyway.toml':
        '[environments.dev]\nurl = "jdbc:mysql://h/d"\n[environments.prod]\nurl = "jdbc:postgresql://h/d"\n[flyway]\nenvironment = "dev"\nlocations = ["filesystem:sql"]\n',
      '/w/a/flyway.user.toml': '[flyway]\nenvironment = "prod"\n',
      '/w/a/sql/V1__a.sql': sql,
    },
    projects: ['a: a/sql (PostgreSQL)'],
  },
  {
    title: 'flyway.toml without locations: the usual folder beside it',
    files: { '/w/a/flyway.toml': '[flyway]\noutOfOrder = true\n', '/w/a/migrations/V1__a.sql': sql },
    projects: ['a: a/migrations (PostgreSQL (guessed))'],
  },
  {
    title: 'flyway.conf beside the folder',
    files: {
      '/w/a/flyway.conf': 'flyway.url=jdbc:mariadb://h/d\nflyway.locations=filesystem:./sql',
      '/w/a/sql/V1__a.sql': sql,
    },
    projects: ['a: a/sql (MariaDB)'],
  },
  {
    title: 'conf/flyway.conf is relative to the folder that conf is in',
    files: { '/w/a/conf/flyway.conf': 'flyway.locations=filesystem:sql', '/w/a/sql/V1__a.sql': sql },
    projects: ['a: a/sql (PostgreSQL (guessed))'],
  },
  {
    title: 'flyway.conf with a class path location in a Maven module',
    files: { '/w/a/flyway.conf': 'flyway.locations=classpath:db/it', [`/w/a/${r}/db/it/V1__a.sql`]: sql },
    projects: [`a: a/${r}/db/it (PostgreSQL (guessed))`],
  },
  {
    title: 'Spring: the default location',
    files: {
      [`/w/shop/${r}/application.yml`]: 'spring:\n  datasource:\n    url: jdbc:postgresql://h/d\n',
      [`/w/shop/${r}/db/migration/V1__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/migration (PostgreSQL)`],
  },
  {
    title: 'Spring: a list of locations in YAML, relaxed names',
    files: {
      [`/w/shop/${r}/application.yaml`]:
        'spring:\n  flyway:\n    locations:\n      - classpath:db/one\n      - classpath:db/two\n    sqlMigrationPrefix: V\n',
      [`/w/shop/${r}/db/one/V1__a.sql`]: sql,
      [`/w/shop/${r}/db/two/V2__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/one, shop/${r}/db/two (PostgreSQL (guessed))`],
  },
  {
    title: 'Spring: properties with indexes',
    files: {
      [`/w/shop/${r}/application.properties`]:
        'spring.flyway.locations[0]=classpath:db/one\nspring.flyway.locations[1]=classpath:db/two\n',
      [`/w/shop/${r}/db/one/V1__a.sql`]: sql,
      [`/w/shop/${r}/db/two/V2__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/one, shop/${r}/db/two (PostgreSQL (guessed))`],
  },
  {
    title: 'Spring: {vendor} with one folder',
    files: {
      [`/w/shop/${r}/application.yml`]: 'spring:\n  flyway:\n    locations: "classpath:db/migration/{vendor}"\n',
      [`/w/shop/${r}/db/migration/postgresql/V1__a.sql`]: sql,
    },
    projects: [`shop-postgresql: shop/${r}/db/migration/postgresql (PostgreSQL (guessed))`],
  },
  {
    title: 'Spring: {vendor} with several folders, and a common one',
    files: {
      [`/w/shop/${r}/application.yml`]:
        'spring:\n  flyway:\n    locations: "classpath:db/common,classpath:db/vendor/{vendor}"\n',
      [`/w/shop/${r}/db/common/V1__a.sql`]: sql,
      [`/w/shop/${r}/db/vendor/h2/V2__a.sql`]: sql,
      [`/w/shop/${r}/db/vendor/postgresql/V2__a.sql`]: sql,
    },
    projects: [
      `shop-h2: shop/${r}/db/common, shop/${r}/db/vendor/h2 (H2 (guessed))`,
      `shop-postgresql: shop/${r}/db/common, shop/${r}/db/vendor/postgresql (PostgreSQL (guessed))`,
    ],
  },
  {
    title: 'Spring: locations that only a profile names',
    files: {
      [`/w/shop/${r}/application.yml`]: 'spring:\n  application:\n    name: shop\n',
      [`/w/shop/${r}/application-prod.yml`]:
        'spring:\n  datasource:\n    url: jdbc:postgresql://h/d\n  flyway:\n    locations: classpath:db/prod\n    out-of-order: true\n',
      [`/w/shop/${r}/db/prod/V1__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/prod (PostgreSQL)`],
  },
  {
    title: 'Spring: a document of a profile in the same file, and one history per profile',
    files: {
      [`/w/shop/${r}/application.yml`]:
        'spring:\n  flyway:\n    table: history\n---\nspring:\n  config.activate.on-profile: my\n  flyway:\n    locations: classpath:db/my\n  datasource.url: jdbc:mysql://h/d\n---\nspring:\n  config.activate.on-profile: pg\n  flyway:\n    locations: classpath:db/pg\n  datasource.url: jdbc:postgresql://h/d\n',
      [`/w/shop/${r}/db/my/V1__a.sql`]: sql,
      [`/w/shop/${r}/db/pg/V1__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/my (MySQL)`, `shop-2: shop/${r}/db/pg (PostgreSQL)`],
  },
  {
    title: 'Spring: the URL stands in a profile only, H2 is for tests',
    files: {
      [`/w/shop/${r}/application.yml`]: 'spring:\n  flyway:\n    enabled: true\n',
      [`/w/shop/${r}/application-dev.yml`]: 'spring:\n  datasource:\n    url: jdbc:h2:mem:x\n',
      [`/w/shop/${r}/application-prod.properties`]: 'spring.datasource.url=jdbc:mysql://h/d\n',
      [`/w/shop/${r}/db/migration/V1__a.sql`]: sql,
    },
    projects: [`shop: shop/${r}/db/migration (MySQL (guessed))`],
  },
  {
    title: 'no configuration: folders that hold V…__….sql, and what lies below them',
    files: {
      '/w/a/db/changes/V1__a.sql': sql,
      '/w/a/db/changes/2026/V2__b.sql': sql,
      '/w/b/sql/V1__a.sql': sql,
      '/w/docs/query.sql': sql,
    },
    projects: ['changes: a/db/changes (PostgreSQL (guessed))', 'b: b/sql (PostgreSQL (guessed))'],
  },
  {
    title: 'several modules of one build',
    files: {
      [`/w/orders/${r}/db/migration/V1__a.sql`]: sql,
      [`/w/users/${r}/db/migration/V1__a.sql`]: sql,
      '/w/orders/pom.xml': '<artifactId>postgresql</artifactId><groupId>org.postgresql</groupId>',
      '/w/users/pom.xml': '<groupId>com.mysql</groupId>',
    },
    projects: [
      `orders: orders/${r}/db/migration (PostgreSQL (guessed))`,
      `users: users/${r}/db/migration (MySQL (guessed))`,
    ],
  },
  {
    title: 'several roots with folders of one name',
    files: { '/w/one/app/sql/V1__a.sql': sql, '/w/two/app/sql/V1__a.sql': sql },
    roots: ['/w/one', '/w/two'],
    projects: ['app: one/app/sql (PostgreSQL (guessed))', 'app-2: two/app/sql (PostgreSQL (guessed))'],
  },
  {
    title: 'migrations of tests are no project',
    files: {
      '/w/a/src/test/resources/db/migration/V1__a.sql': sql,
      '/w/a/src/test/resources/application.yml': 'spring.flyway.enabled: true',
    },
    projects: [],
  },
  {
    title: 'what schemaward.yaml says goes over all of it',
    files: {
      '/w/schemaward.yaml':
        'version: 1\nprojects:\n  - root: .\n    name: main\n    locations: [db]\n    dialect: mysql\n',
      '/w/db/V1__a.sql': sql,
    },
    projects: ['main: db (MySQL)'],
  },
  {
    title: 'the SQL itself says which database it is, where nothing else does',
    files: { '/w/a/sql/V1__a.sql': 'CREATE TABLE `t` (id int AUTO_INCREMENT) ENGINE=InnoDB;\n' },
    projects: ['a: a/sql (MySQL (guessed))'],
  },
];

for (const { title, files, roots, projects } of cases) {
  test(title, () => assert.deepEqual(found(workspace(files, roots)), projects));
}

for (const [url, words] of [
  ['jdbc:postgresql://h/d', 'PostgreSQL'],
  ['jdbc:p6spy:postgresql://h/d', 'PostgreSQL'],
  ['jdbc:tc:postgresql:16:///d', 'PostgreSQL'],
  ['jdbc:aws-wrapper:postgresql://h/d', 'PostgreSQL'],
  ['jdbc:mysql://h/d', 'MySQL'],
  ['jdbc:sqlserver://h;databaseName=d', 'SQL Server'],
  ['jdbc:oracle:thin:@h:1521:d', 'Oracle'],
  ['jdbc:sqlite:x.db', 'SQLite'],
  ['jdbc:h2:mem:x', 'H2'],
  // A reference says nothing.
  ['${DB_URL}', 'PostgreSQL (guessed)'],
] as const) {
  test(`dialect of ${url}: ${words}`, () => {
    const files = {
      '/w/a/flyway.conf': `flyway.url=${url}\nflyway.locations=filesystem:sql`,
      '/w/a/sql/V1__a.sql': sql,
    };
    assert.deepEqual(found(workspace(files)), [`a: a/sql (${words})`]);
  });
}

for (const folder of [
  'hsqldb',
  'DB2',
  'SQL_SERVER',
  'sqlserver',
  'oracle',
  'derby',
  'mysql',
  'pg',
  'postgres',
  'cockroachdb',
]) {
  test(`a folder named ${folder} says which database it is`, () => {
    const [only = ''] = found(workspace({ [`/w/a/${r}/db/migration/${folder}/V1__a.sql`]: sql }));
    assert.match(only, /\((?!PostgreSQL \(guessed\)).*\(guessed\)\)$|^a-(pg|postgres)/, only);
  });
}

test('a .sql file outside every project gets nothing', () => {
  const bad = 'DROP TABLE users;\nnonsense here;\n';
  const files = { '/w/a/sql/V1__a.sql': sql, '/w/dump.sql': bad, '/w/a/seed/V2_seed.sql': bad, '/w/q/query.sql': bad };
  const made = workspace(files);
  const service = engine();
  assert.deepEqual(
    checkAll(service, made).findings.map(({ path }) => path),
    [],
  );
  for (const path of ['/w/dump.sql', '/w/a/seed/V2_seed.sql', '/w/q/query.sql']) {
    assert.equal(service.fileInfo(made, path).project, undefined);
    assert.deepEqual(service.actions(made, path, { start: 0, end: 0 }), []);
    assert.equal(service.hover(made, path, 3), undefined);
  }
});

test('another dialect: order and names are judged, its statements are not, and one notice says so', () => {
  const drop = 'DROP TABLE users;\n';
  const made = workspace({
    '/w/a/flyway.conf': 'flyway.url=jdbc:mysql://h/d\nflyway.locations=filesystem:sql',
    '/w/a/sql/V1__a.sql': sql,
    '/w/a/sql/V2__b.sql': drop,
    '/w/a/sql/V2.0__c.sql': drop,
    '/w/a/sql/V3_d.sql': drop,
  });
  const report = checkAll(engine(), made);
  assert.deepEqual([...new Set(report.findings.map(({ rule }) => rule))].sort(), [
    'order/duplicate-version',
    'order/ignored-file',
  ]);
  assert.deepEqual(
    report.notices.filter(({ id }) => id === 'dialect-not-examined').map(({ message }) => message),
    ['a: MySQL statements are not examined yet; order, names and states are.'],
  );
});
