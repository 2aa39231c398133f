import type { RuleOption } from '../rules/rule.ts';
import { deployments } from './config.ts';

/** The form of a value in schemaward.yaml. One description serves validation, completion, hover and the JSON schema. */
export type Shape = { readonly description: string } & (
  | {
      readonly kind: 'string';
      readonly pattern?: RegExp;
      readonly patternWords?: string;
      readonly suggestions?: readonly string[];
    }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'list'; readonly item: Shape }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required?: readonly string[];
      /** What to say of a key that is none of the fields; undefined: that it is not known. */
      readonly stranger?: (key: string) => string | undefined;
    }
  /** Keys of the user's own choice. */
  | { readonly kind: 'map'; readonly value: Shape; readonly keys?: () => readonly string[]; readonly keyWords: string }
);

const severities = ['error', 'warning', 'info', 'hint', 'off'] as const;
const date = { pattern: /^\d{4}-\d{2}-\d{2}$/, patternWords: 'a date such as 2026-12-31' };

const string = (description: string): Shape => ({ kind: 'string', description });
const strings = (description: string): Shape => ({ kind: 'list', description, item: string(description) });
const object = (description: string, fields: Readonly<Record<string, Shape>>, required?: readonly string[]): Shape =>
  required === undefined ? { kind: 'object', description, fields } : { kind: 'object', description, fields, required };

/** What the form needs to know of a rule. */
interface RuleForm {
  readonly id: string;
  readonly options?: readonly RuleOption[];
}

/** What is registered, and so may be named. */
export interface Known {
  readonly rules: readonly RuleForm[];
  readonly tools: readonly string[];
  readonly dialects: readonly string[];
  readonly formats: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly profiles: readonly string[];
  }[];
}

export function configShape(known: Known): Shape {
  const ruleIds = () => known.rules.map(({ id }) => id);
  const rule: Shape = { kind: 'enum', description: 'How the rule is reported; `off` silences it.', values: severities };
  const rules: Shape = {
    kind: 'map',
    description: 'Rule id to severity.',
    value: rule,
    keys: ruleIds,
    keyWords: 'rule',
  };
  return object('Settings of Schemaward for this repository; the editor and the command line read the same file.', {
    version: { kind: 'integer', description: 'Version of this format. Always 1.', min: 1, max: 1 },
    projects: {
      kind: 'list',
      description: 'Migration histories. With any entry here, nothing is searched for on its own.',
      item: object('One migration history.', projectFields(known), ['root']),
    },
    targets: {
      kind: 'map',
      description: 'Databases (or files that say what is applied in one), by name.',
      value: object('One database. Connected to only after you say so.', targetFields),
      keyWords: 'target',
    },
    lintTarget: string('The target for which findings are computed: what it has applied is frozen.'),
    base: object('What counts as released when no database says it.', {
      ref: string('Branch, tag or commit that new migrations are compared with (`origin/main`).'),
      since: string('Version from which on migrations are checked at all; those before it count as released.'),
    }),
    deployment: {
      kind: 'enum',
      description:
        '`rolling` (default): old and new versions of the application run side by side. `single-version`: no old version runs during a migration, so nothing is said of what only breaks one. `downtime`: nobody is connected, so nothing is said of locks either. What fails and what loses data is always said. `rules.severity` and overrides go over it.',
      values: deployments,
    },
    rules: object('Which rules speak, and how loudly.', {
      preset: {
        kind: 'enum',
        description:
          '`minimal`: errors only. `recommended`: errors, warnings and information. `strict`: everything, and information and hints count as warnings. Severities and overrides go over it.',
        values: ['minimal', 'recommended', 'strict'],
      },
      severity: rules,
      options: optionsShape(known.rules),
    }),
    stats: object('What sizes of tables mean; `schemaward stats` writes them to `schemaward.stats.json`.', {
      smallMegabytes: {
        kind: 'integer',
        description:
          'Up to this size, without indexes, a table is small: what reads or writes all of it is only a hint. Default: 10.',
        min: 0,
        max: 1_000_000,
      },
    }),
    overrides: {
      kind: 'list',
      description: 'Other severities for some files; later entries win.',
      item: object('Severities for some files.', { paths: strings('Globs relative to this file.'), rules }, [
        'paths',
        'rules',
      ]),
    },
    ignore: {
      kind: 'list',
      description: 'Findings that were looked at and accepted: the way to silence one in a frozen file.',
      item: object('Every field given must match.', ignoreFields, ['reason']),
    },
    contracts: object('Protobuf and Avro files, compared with what was released.', {
      baseline: {
        kind: 'string',
        description:
          'What they are compared with. `merge-base` (default): where this branch left the base branch. `tag:v*`: the newest tag of that pattern on this branch. `ref:NAME`: any branch, tag or commit. `folder:OLD`: old files, under the paths of the new ones. `folder:v1=v2`: the files of `v1` (or one file) are what those of `v2` were.',
        pattern: /^(merge-base|(tag|ref|folder):.+)$/,
        patternWords: '`merge-base`, `tag:v*`, `ref:NAME`, `folder:OLD` or `folder:OLD=NEW`',
        suggestions: ['merge-base', 'tag:v*', 'ref:', 'folder:'],
      },
      versions: string(
        'Tags (`v*`) that transitive profiles look back at. Default: the states that each changed file had on this branch.',
      ),
      profiles: object('How strictly each format is judged.', Object.fromEntries(known.formats.map(profileField))),
      deprecationDays: {
        kind: 'integer',
        description: 'Days that a field stays deprecated before its removal is due (_Evolve this field_). Default: 90.',
        min: 0,
        max: 10_000,
      },
      exclude: strings('Globs of files that are left out.'),
    }),
    evolutions: object('Expand/contract pairs.', {
      dir: string('Folder for contract drafts, relative to the project; outside every location that the tool scans.'),
      minReleases: { kind: 'integer', description: 'Releases between expand and contract.', min: 0, max: 100 },
      backfill: object('How rows are copied.', {
        as: { kind: 'enum', description: 'A migration, or a script for operators.', values: ['migration', 'script'] },
        batch: { kind: 'integer', description: 'Rows in one transaction.', min: 1, max: 1_000_000 },
      }),
    }),
  });
}

function profileField({ id, displayName, profiles }: Known['formats'][number]): readonly [string, Shape] {
  return [id, { kind: 'enum', description: `Profile of ${displayName}.`, values: profiles }];
}

function optionsShape(known: readonly RuleForm[]): Shape {
  const fields = known.flatMap(({ id, options }) =>
    options === undefined ? [] : [[id, object(`Options of ${id}.`, optionFields(options))] as const],
  );
  return {
    kind: 'object',
    description: 'Options of single rules.',
    fields: Object.fromEntries(fields),
    stranger: (key) => (known.some(({ id }) => id === key) ? `${key} has no options.` : undefined),
  };
}

function optionFields(options: readonly RuleOption[]): Readonly<Record<string, Shape>> {
  return Object.fromEntries(
    options.map(({ name, description, min, max, default: usual }) => [
      name,
      { kind: 'integer', description: `${description} Default: ${usual}.`, min, max } as const,
    ]),
  );
}

const projectFields = ({ tools, dialects }: Known): Readonly<Record<string, Shape>> => ({
  name: string('Shown in the tree; the folder name when missing.'),
  tool: { kind: 'enum', description: 'The migration tool.', values: tools },
  root: string('Folder of the project, relative to this file.'),
  locations: strings('Folders with migrations, relative to `root`. Default: what the tool itself would scan.'),
  dialect: { kind: 'enum', description: 'The database.', values: dialects },
  targetVersion: { kind: 'integer', description: 'Major version of the database, `16`.', min: 5, max: 30 },
  completeFrom: string(
    'First version with which the files tell the whole schema, such as `42`; `none` when they never do. Up to it nothing is said of objects that the files did not make.',
  ),
});

const targetFields: Readonly<Record<string, Shape>> = {
  url: string('Connection URL. Secrets only as `${env:NAME}`.'),
  env: string('Environment variable that holds the connection URL.'),
  from: string('File that `schemaward status --format json` wrote where the database can be reached.'),
  project: string('Only for the project of this name.'),
  role: {
    kind: 'string',
    description: '`production` is labelled in the tree.',
    suggestions: ['production', 'staging', 'development'],
  },
};

const ignoreFields: Readonly<Record<string, Shape>> = {
  rule: string('Rule id, or `area/*`.'),
  path: string('Glob relative to this file.'),
  object: string('The object that the finding names (`orders.total`).'),
  fingerprint: string('Fingerprint of one finding, from `schemaward check --format json`.'),
  reason: string('Why this is fine.'),
  until: { kind: 'string', description: 'First day on which it counts again.', ...date },
};

/** A JSON schema of the same form, for editors that validate YAML by themselves. */
export function toJsonSchema(shape: Shape): Readonly<Record<string, unknown>> {
  const { description } = shape;
  switch (shape.kind) {
    case 'string':
      return { type: 'string', description, ...(shape.pattern === undefined ? {} : { pattern: shape.pattern.source }) };
    case 'enum':
      return { enum: shape.values, description };
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max, description };
    case 'list':
      return { type: 'array', items: toJsonSchema(shape.item), description };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(shape.fields).map(([key, field]) => [key, toJsonSchema(field)])),
        additionalProperties: false,
        ...(shape.required === undefined ? {} : { required: shape.required }),
        description,
      };
    case 'map': {
      const properties = Object.fromEntries((shape.keys?.() ?? []).map((key) => [key, toJsonSchema(shape.value)]));
      return { type: 'object', properties, additionalProperties: toJsonSchema(shape.value), description };
    }
    default: {
      const never: never = shape;
      return never;
    }
  }
}
