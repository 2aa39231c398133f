import {
  baselineOf,
  type Config,
  type ConfigProblem,
  type ContractsConfig,
  defaultConfig,
  deployments,
  type IgnoreEntry,
  type ProjectEntry,
  type RuleSetting,
  type TargetEntry,
} from './config.ts';
import { type Located, locate } from './document.ts';
import { at, integer, items, pairs, text, texts } from './located.ts';
import { expired, references } from './references.ts';
import { shape } from './schema.ts';
import { problem, validate } from './validate.ts';

export interface ReadConfig {
  /** Undefined when the file is not YAML at the moment: the last good settings stay. */
  readonly config: Config | undefined;
  readonly problems: readonly ConfigProblem[];
}

/**
 * @param today `YYYY-MM-DD`, to report ignore entries whose date has passed
 * @param last settings before the text was edited: a key that is wrong now keeps what it said then
 */
export function readConfig(text: string, today: string, last?: Config): ReadConfig {
  const { root, errors } = locate(text);
  const syntax = errors.map(({ message, span }) =>
    problem('syntax', span, `This is not valid YAML: ${message}.`, 'error'),
  );
  if (syntax.length > 0) return { config: undefined, problems: syntax };
  if (root === undefined || (root.kind === 'scalar' && root.value === null))
    return { config: defaultConfig, problems: [] };
  const problems = [...validate(root, shape), ...references(root), ...expired(root, today)];
  return { config: root.kind === 'map' ? lastGood(configOf(root), root, problems, last) : undefined, problems };
}

/** Under a key that holds an error, what the last good text said. */
function lastGood(config: Config, root: Located, problems: readonly ConfigProblem[], last: Config | undefined): Config {
  if (last === undefined) return config;
  const isBroken = ({ span }: Located, keySpan: ConfigProblem['span']) =>
    problems.some((each) => each.severity === 'error' && each.span.start >= keySpan.start && each.span.end <= span.end);
  const keys = root.kind === 'map' ? root.entries : [];
  const kept = keys.flatMap(({ key, keySpan, value }) =>
    key in last && isBroken(value, keySpan) ? [[key, last[key as keyof Config]] as const] : [],
  );
  return { ...config, ...Object.fromEntries(kept) };
}

function configOf(root: Located): Config {
  const base = at(root, 'base');
  const rules = at(root, 'rules');
  const evolutions = at(root, 'evolutions');
  const backfill = at(evolutions, 'backfill');
  const stats = at(root, 'stats');
  const { evolutions: defaults } = defaultConfig;
  return {
    projects: items(at(root, 'projects')).flatMap(projectOf),
    targets: pairs(at(root, 'targets')).map(([name, value]) => targetOf(name, value)),
    ...optional('lintTarget', text(at(root, 'lintTarget'))),
    base: { ...optional('ref', text(at(base, 'ref'))), ...optional('since', text(at(base, 'since'))) },
    deployment: deployments.find((each) => each === text(at(root, 'deployment'))) ?? defaultConfig.deployment,
    rules: {
      preset: presets.find((each) => each === text(at(rules, 'preset'))) ?? defaultConfig.rules.preset,
      severity: severities(at(rules, 'severity')),
      options: new Map(
        pairs(at(rules, 'options')).map(([rule, value]) => [
          rule,
          Object.fromEntries(
            pairs(value).flatMap(([key, inner]) => {
              const number = integer(inner);
              return number === undefined ? [] : [[key, number] as const];
            }),
          ),
        ]),
      ),
    },
    stats: { smallMegabytes: integer(at(stats, 'smallMegabytes')) ?? defaultConfig.stats.smallMegabytes },
    overrides: items(at(root, 'overrides')).map((entry) => ({
      paths: texts(at(entry, 'paths')),
      rules: severities(at(entry, 'rules')),
    })),
    ignore: items(at(root, 'ignore')).map(ignoreOf),
    contracts: contractsOf(at(root, 'contracts')),
    evolutions: {
      dir: text(at(evolutions, 'dir')) ?? defaults.dir,
      minReleases: integer(at(evolutions, 'minReleases')) ?? defaults.minReleases,
      backfill: {
        as: text(at(backfill, 'as')) === 'script' ? 'script' : 'migration',
        batch: integer(at(backfill, 'batch')) ?? defaults.backfill.batch,
      },
    },
  };
}

const presets = ['minimal', 'recommended', 'strict'] as const;

function projectOf(entry: Located): readonly ProjectEntry[] {
  const root = text(at(entry, 'root'));
  if (root === undefined) return [];
  return [
    {
      root,
      locations: texts(at(entry, 'locations')),
      ...optional('name', text(at(entry, 'name'))),
      ...optional('tool', text(at(entry, 'tool'))),
      ...optional('dialect', text(at(entry, 'dialect'))),
      ...optional('targetVersion', integer(at(entry, 'targetVersion'))),
      ...optional('completeFrom', text(at(entry, 'completeFrom'))),
    },
  ];
}

function contractsOf(entry: Located | undefined): ContractsConfig {
  return {
    baseline: baselineOf(text(at(entry, 'baseline'))),
    ...optional('versions', text(at(entry, 'versions'))),
    profiles: new Map(
      pairs(at(entry, 'profiles')).flatMap(([format, value]) => {
        const profile = text(value);
        return profile === undefined ? [] : [[format, profile] as const];
      }),
    ),
    deprecationDays: integer(at(entry, 'deprecationDays')) ?? defaultConfig.contracts.deprecationDays,
    exclude: texts(at(entry, 'exclude')),
  };
}

function targetOf(name: string, entry: Located): TargetEntry {
  const field = (key: string) => text(at(entry, key));
  return {
    name,
    ...optional('url', field('url')),
    ...optional('env', field('env')),
    ...optional('from', field('from')),
    ...optional('project', field('project')),
    ...optional('role', field('role')),
  };
}

function ignoreOf(entry: Located): IgnoreEntry {
  const field = (key: string) => text(at(entry, key));
  return {
    span: entry.span,
    ...optional('rule', field('rule')),
    ...optional('path', field('path')),
    ...optional('object', field('object')),
    ...optional('fingerprint', field('fingerprint')),
    ...optional('reason', field('reason')),
    ...optional('until', field('until')),
  };
}

function severities(map: Located | undefined): ReadonlyMap<string, RuleSetting> {
  const known = new Map<string, RuleSetting>();
  for (const [rule, value] of pairs(map)) {
    const setting = (['error', 'warning', 'info', 'hint', 'off'] as const).find((each) => each === text(value));
    if (setting !== undefined) known.set(rule, setting);
  }
  return known;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
