import type { RecordedHistory, Rolling } from './recorded.ts';
import { alembic } from './tools/alembic.ts';
import { django, djangoItself } from './tools/django.ts';
import { liquibase } from './tools/liquibase.ts';
import { prisma } from './tools/prisma.ts';
import { unleash } from './tools/unleash.ts';

/** What OpenStack released together in 2026; of Neutron the last version whose history PostgreSQL runs. */
const openStack = {
  packages: [
    'nova==34.0.0',
    'cinder==29.0.0',
    'keystone==30.0.0',
    'glance==33.0.0',
    'ironic==39.0.0',
    'manila==23.0.1',
    'neutron==26.0.6',
  ],
};

/** Langflow's migrations need none of what it depends on but these. */
const langflow = { packages: ['alembic', 'sqlmodel', 'lfx==1.13.0'], bare: ['langflow-base==1.13.0'] };

const withRollingPolicy: readonly (readonly [RecordedHistory, Rolling])[] = [
  [
    unleash,
    {
      says: 'ADR *Breaking DB changes*: expand and contract, old and new schema side by side for two minor releases',
      from: '2023',
    },
  ],
  [
    alembic('nova', 'nova 34.0.0', { package: 'nova', folder: 'db/main/migrations', versions: 'versions' }, openStack),
    { says: 'rolling upgrades; a test of its own bans drops and changes of columns' },
  ],
  [
    alembic(
      'nova-api',
      'nova 34.0.0',
      { package: 'nova', folder: 'db/api/migrations', versions: 'versions' },
      openStack,
    ),
    { says: 'as Nova' },
  ],
  [
    alembic('cinder', 'cinder 29.0.0', { package: 'cinder', folder: 'db/migrations', versions: 'versions' }, openStack),
    { says: 'rolling upgrades; `prevent_drop_alter` in its tests' },
  ],
  [
    alembic(
      'keystone',
      'keystone 30.0.0',
      {
        package: 'keystone',
        folder: 'common/sql/migrations',
        versions: 'versions',
        before: 'import keystone.conf; keystone.conf.configure()',
      },
      openStack,
    ),
    { says: 'rolling upgrades: a branch that expands, run before, and one that contracts, run after' },
  ],
  [
    alembic(
      'glance',
      'glance 33.0.0',
      { package: 'glance', folder: 'db/sqlalchemy/alembic_migrations', versions: 'versions' },
      openStack,
    ),
    { says: 'rolling upgrades: `glance-manage db expand`, `migrate`, `contract`', from: 'ocata' },
  ],
  [
    alembic(
      'neutron',
      'neutron 26.0.6',
      { package: 'neutron', folder: 'db/migration/alembic_migrations', versions: 'versions' },
      openStack,
    ),
    { says: 'rolling upgrades: migrations that expand run before the servers change', after: '13.0.7' },
  ],
  [
    alembic(
      'ironic',
      'ironic 39.0.0',
      {
        package: 'ironic',
        folder: 'db/sqlalchemy/alembic',
        versions: 'versions',
        before:
          "from ironic.conf import CONF; from oslo_db import options; CONF([], project='ironic'); options.set_defaults(CONF, connection=url)",
      },
      openStack,
    ),
    { says: 'rolling upgrades, with data migrated online', after: '12.0.0' },
  ],
  [
    django('pulpcore', 'pulpcore 3.123.1', {
      settings: 'pulpcore.app.settings',
      before: `import base64, tempfile
key = tempfile.NamedTemporaryFile(delete=False)
key.write(base64.b64encode(bytes(32)))
key.close()
place = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": port, "USER": "postgres", "NAME": database}
os.environ.update(
    PULP_DATABASES="@json " + json.dumps({"default": place}),
    PULP_CONTENT_ORIGIN="http://localhost",
    PULP_SECRET_KEY="not one",
    PULP_DB_ENCRYPTION_KEY=key.name,
)`,
    }),
    {
      says: 'zero-downtime upgrades: `RequireVersion` names the version that must run before what contracts',
      after: '3.40.0',
    },
  ],
  [
    django('label-studio', 'label-studio 1.23.2', {
      settings: 'core.settings.label_studio',
      before: `import importlib.util, tempfile
sys.path.insert(0, list(importlib.util.find_spec("label_studio").submodule_search_locations)[0])
os.environ.update(
    DJANGO_DB="default", POSTGRE_NAME=database, POSTGRE_USER="postgres", POSTGRE_PASSWORD="", POSTGRE_HOST="127.0.0.1",
    POSTGRE_PORT=port, COLLECT_ANALYTICS="0", SENTRY_DSN="", FRONTEND_SENTRY_DSN="", LATEST_VERSION_CHECK="0",
    LABEL_STUDIO_BASE_DATA_DIR=tempfile.mkdtemp(),
)`,
    }),
    { says: 'django-migration-linter in its continuous integration', after: '1.16.0' },
  ],
  [
    alembic(
      'langflow',
      'langflow-base 1.13.0',
      {
        package: 'langflow',
        folder: 'alembic',
        versions: 'versions',
        before: `import types
spec = importlib.util.find_spec("langflow")
module = types.ModuleType("langflow")
module.__path__ = list(spec.submodule_search_locations)
module.__spec__ = spec
sys.modules["langflow"] = module`,
      },
      langflow,
    ),
    {
      says: 'its guide of migrations: expand and contract, version N-1 keeps working, a validator in each commit',
      after: '0.7.3',
    },
  ],
  [
    prisma('litellm', 'litellm-proxy-extras 0.4.110', 'litellm_proxy_extras/migrations/'),
    { says: 'rolling deploys share one database, says its code', after: '0.4.70' },
  ],
  [
    liquibase(
      'camunda',
      'org.camunda.bpm:camunda-engine:7.23.0',
      'org/camunda/bpm/engine/db/liquibase/camunda-changelog.xml',
    ),
    { says: 'rolling updates: a minor version runs on the schema of the next one' },
  ],
];

const others: readonly RecordedHistory[] = [
  alembic('prefect', 'prefect 3.9.1', {
    package: 'prefect',
    folder: 'server/database/_migrations',
    versions: 'versions/postgresql',
    driver: 'asyncpg',
  }),
  alembic('airflow', 'apache-airflow-core 3.3.2', { package: 'airflow', folder: 'migrations' }),
  django('wagtail', 'wagtail 8.0.1', {
    settings: {
      AUTH_USER_MODEL: 'auth.User',
      WAGTAIL_SITE_NAME: 'site',
      WAGTAILADMIN_BASE_URL: 'http://localhost',
    },
    apps: [
      ...djangoItself,
      'taggit',
      ...[
        'admin',
        'documents',
        'embeds',
        'images',
        'contrib.redirects',
        'search',
        'sites',
        'snippets',
        'users',
        'contrib.forms',
      ].map((app) => `wagtail.${app}`),
      'wagtail',
    ],
  }),
  liquibase('keycloak', 'org.keycloak:keycloak-model-jpa:26.0.5', 'META-INF/jpa-changelog-master.xml'),
  liquibase(
    'flowable',
    'org.flowable:flowable-cmmn-engine:7.0.1',
    'org/flowable/cmmn/db/liquibase/flowable-cmmn-db-changelog.xml',
  ),
  alembic('ckan', 'ckan 2.12.0', { package: 'ckan', folder: 'migration' }),
  alembic(
    'manila',
    'manila 23.0.1',
    { package: 'manila', folder: 'db/migrations/alembic', versions: 'versions' },
    openStack,
  ),
];

/** Consecutive releases, by history: of each minor version the last one published. */
const releases: Readonly<Record<string, readonly string[]>> = {
  langflow: ['0.7.3', '0.8.4', '0.9.6', '0.10.3', '0.11.6', '1.12.8', '1.13.0'],
  pulpcore: [
    '3.112.2',
    '3.113.0',
    '3.114.2',
    '3.115.5',
    '3.116.3',
    '3.117.2',
    '3.118.5',
    '3.119.2',
    '3.120.0',
    '3.121.3',
    '3.122.2',
    '3.123.1',
  ],
  litellm: [
    '0.4.99',
    '0.4.101',
    '0.4.102',
    '0.4.103',
    '0.4.104',
    '0.4.105',
    '0.4.106',
    '0.4.107',
    '0.4.108',
    '0.4.109',
    '0.4.110',
  ],
  ironic: ['24.1.5', '26.1.6', '29.0.6', '32.0.1', '35.0.1', '39.0.0'],
  keystone: ['25.0.0', '26.0.0', '27.0.0', '28.0.0', '29.0.0', '30.0.0'],
  glance: ['28.0.0', '29.0.0', '30.0.0', '31.0.0', '32.0.0', '33.0.0'],
  neutron: ['21.2.1', '22.2.1', '23.2.0', '24.1.0', '25.1.0', '26.0.6'],
  'label-studio': ['1.19.0', '1.20.0', '1.21.0', '1.22.0', '1.23.2'],
  airflow: ['3.0.6', '3.1.8', '3.2.2', '3.3.2'],
  prefect: ['3.4.25', '3.5.0', '3.6.29', '3.7.8', '3.8.8', '3.9.1'],
  manila: ['19.1.1', '20.0.3', '21.0.3', '22.0.2', '23.0.1'],
};

export const recordedHistories: readonly RecordedHistory[] = [
  ...withRollingPolicy.map(([history, rolling]) => ({ ...history, rolling })),
  ...others,
].map((history) => ({ ...history, releases: releases[history.name] ?? [] }));
