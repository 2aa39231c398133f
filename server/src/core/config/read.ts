import {
  type Config,
  type ConfigProblem,
  defaultConfig,
  type IgnoreEntry,
  type ProjectEntry,
  type RuleSetting,
  type TargetEntry,
} from './config.ts';
import { type Located, locate } from './document.ts';
import { shape } from './schema.ts';
import { problem, validate } from './validate.ts';

export interface ReadConfig {
  /** Undefined when the file is not YAML at the moment: the last good settings stay. */
  readonly config: Config | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** @param today `YYYY-MM-DD`, to report ignore entries whose date has passed */
export function readConfig(text: string, today: string): ReadConfig {
  const { root, errors } = locate(text);
  const syntax = errors.map(({ message, span }) =>
    problem('syntax', span, `This is not valid YAML: ${message}.`, 'error'),
  );
  if (syntax.length > 0) return { config: undefined, problems: syntax };
  if (root === undefined || (root.kind === 'scalar' && root.value === null))
    return { config: defaultConfig, problems: [] };
  const problems = [...validate(root, shape), ...secrets(root), ...expired(root, today)];
  return { config: root.kind === 'map' ? configOf(root) : undefined, problems };
}

function configOf(root: Located): Config {
  const base = at(root, 'base');
  const rules = at(root, 'rules');
  const evolutions = at(root, 'evolutions');
  const backfill = at(evolutions, 'backfill');
  const { evolutions: defaults } = defaultConfig;
  return {
    projects: items(at(root, 'projects')).flatMap(projectOf),
    targets: pairs(at(root, 'targets')).map(([name, value]) => targetOf(name, value)),
    ...optional('lintTarget', text(at(root, 'lintTarget'))),
    base: { ...optional('ref', text(at(base, 'ref'))), ...optional('since', text(at(base, 'since'))) },
    rules: {
      preset: text(at(rules, 'preset')) === 'strict' ? 'strict' : 'recommended',
      severity: severities(at(rules, 'severity')),
      options: new Map(
        pairs(at(rules, 'options')).map(([rule, value]) => [
          rule,
          Object.fromEntries(pairs(value).map(([key, inner]) => [key, text(inner)])),
        ]),
      ),
    },
    overrides: items(at(root, 'overrides')).map((entry) => ({
      paths: texts(at(entry, 'paths')),
      rules: severities(at(entry, 'rules')),
    })),
    ignore: items(at(root, 'ignore')).map(ignoreOf),
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

/** A password that stands in the file itself. Its text is never repeated. */
function secrets(root: Located): readonly ConfigProblem[] {
  return pairs(at(root, 'targets')).flatMap(([name, entry]) => {
    const url = at(entry, 'url');
    const value = text(url) ?? '';
    const inUrl = /:\/\/[^/@:]*:(?!\$\{env:)[^@/]+@/.test(value) || /[?&;]password=(?!\$\{env:)[^&;]+/i.test(value);
    if (!inUrl || url === undefined) return [];
    return [
      problem(
        'secret',
        url.span,
        `targets.${name}.url holds a password. Write \${env:NAME} in its place, or use env.`,
        'warning',
      ),
    ];
  });
}

function expired(root: Located, today: string): readonly ConfigProblem[] {
  return items(at(root, 'ignore')).flatMap((entry) => {
    const until = at(entry, 'until');
    const value = text(until);
    if (until === undefined || value === undefined || value > today) return [];
    return [
      problem(
        'unused-ignore',
        until.span,
        `This entry ended on ${value}: what it ignored is reported again.`,
        'warning',
      ),
    ];
  });
}

function at(value: Located | undefined, key: string): Located | undefined {
  return value?.kind === 'map' ? value.entries.find((entry) => entry.key === key)?.value : undefined;
}

function items(value: Located | undefined): readonly Located[] {
  return value?.kind === 'list' ? value.items : [];
}

function pairs(value: Located | undefined): readonly (readonly [string, Located])[] {
  return value?.kind === 'map' ? value.entries.map(({ key, value: inner }) => [key, inner] as const) : [];
}

function text(value: Located | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

function texts(value: Located | undefined): readonly string[] {
  return items(value).flatMap((item) => text(item) ?? []);
}

function integer(value: Located | undefined): number | undefined {
  const number = Number(text(value) ?? 'none');
  return Number.isInteger(number) ? number : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
