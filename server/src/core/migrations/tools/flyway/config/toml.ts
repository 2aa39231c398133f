import { parse } from 'smol-toml';

/** Settings of `flyway.toml`: `[flyway]`, overlaid by the chosen environment's own. `undefined` when it is not TOML. */
export function readToml(text: string, overlay: string | undefined): ReadonlyMap<string, string> | undefined {
  const base = tryParse(text);
  if (base === undefined) return undefined;
  const user = overlay === undefined ? {} : (tryParse(overlay) ?? {});
  const settings = new Map<string, string>();
  flatten(tableOf(base.flyway), '', settings);
  flatten(tableOf(user.flyway), '', settings);
  const name = settings.get('environment') ?? 'default';
  for (const source of [base, user]) {
    const { flyway, ...connection } = tableOf(tableOf(source.environments)[name]);
    if (connection.url !== undefined) settings.set('environment', name);
    flatten(connection, '', settings);
    flatten(tableOf(flyway), '', settings);
  }
  return settings;
}

type Table = Readonly<Record<string, unknown>>;

function tryParse(text: string): Table | undefined {
  try {
    return parse(text) as Table;
  } catch {
    return undefined;
  }
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** Nested tables become dotted keys; keys are compared without case. */
export function flatten(table: Table, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(table)) {
    const name = `${prefix}${key}`.toLowerCase();
    if (Array.isArray(value)) into.set(name, value.map(String).join(','));
    else if (typeof value === 'object' && value !== null) flatten(value as Table, `${name}.`, into);
    else if (value !== undefined && value !== null) into.set(name, String(value));
  }
}
