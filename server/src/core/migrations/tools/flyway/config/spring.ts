import { parseAllDocuments } from 'yaml';
import { readProperties } from './properties.ts';
import { flatten } from './toml.ts';

/** One document of a Spring configuration: its keys, flattened, and the profile that it is for. */
export interface SpringDocument {
  readonly profile: string | undefined;
  readonly values: ReadonlyMap<string, string>;
}

/** `application.yml`, `application-dev.properties`, ... : never throws, skips what is not readable. */
export function readSpring(name: string, text: string): readonly SpringDocument[] {
  const fromName = /^application-(.+)\.(?:ya?ml|properties)$/.exec(name)?.[1];
  const documents = name.endsWith('.properties') ? propertyDocuments(text) : yamlDocuments(text);
  return documents.map((values) => ({ profile: fromName ?? profileOf(values), values }));
}

function profileOf(values: ReadonlyMap<string, string>): string | undefined {
  return values.get('spring.config.activate.on-profile') ?? values.get('spring.profiles');
}

function yamlDocuments(text: string): readonly ReadonlyMap<string, string>[] {
  // A file of tens of thousands of lines is no application configuration; parsing it would hold everything up.
  if (text.length > 400_000) return [];
  const parsed = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((document) => {
    const value = plain(document);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const values = new Map<string, string>();
    flatten(value as Readonly<Record<string, unknown>>, '', values);
    return [relaxed(values)];
  });
}

function plain(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return undefined;
  }
}

/** `#---` and `!---` separate documents in a properties file. */
function propertyDocuments(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .split(/^[#!]---\s*$/m)
    .map((part) =>
      relaxed(
        new Map(readProperties(part).map(({ key, value }) => [key.replace(/\[\d+\]/g, '').toLowerCase(), value])),
      ),
    );
}

/** Relaxed binding: `out-of-order`, `outOfOrder` and `out_of_order` are one key; placeholder names stay as they are. */
function relaxed(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [key, value] of values) {
    const placeholder = /^(.*\.placeholders\.)(.+)$/.exec(key);
    const name = placeholder === null ? squeeze(key) : `${squeeze(placeholder[1] ?? '')}${placeholder[2]}`;
    result.set(name, value);
    if (key !== name) result.set(key, value);
  }
  return result;
}

function squeeze(key: string): string {
  return key.replace(/[-_]/g, '');
}

const direct: readonly string[] = ['spring.flyway.', 'quarkus.flyway.', 'micronaut.flyway.datasources.default.'];

/** Flyway's own names out of Spring's; the data source stands in where Flyway has no connection of its own. */
export function flywaySettings(documents: readonly SpringDocument[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const all = new Map<string, string>();
  for (const { profile, values } of documents)
    if (profile === undefined) for (const [key, value] of values) all.set(key, value);
  const fallback = (key: string, from: string) => {
    const value = all.get(from);
    if (value !== undefined) settings.set(key, value);
  };
  fallback('url', 'spring.datasource.url');
  fallback('user', 'spring.datasource.username');
  fallback('password', 'spring.datasource.password');
  for (const [key, value] of all) {
    const prefix = direct.find((each) => key.startsWith(each));
    if (prefix !== undefined) settings.set(key.slice(prefix.length), value);
  }
  const lock = settings.get('postgresql.transactionallock');
  if (lock !== undefined) settings.set('postgresql.transactional.lock', lock);
  return settings;
}

/** Does any document speak of Flyway? */
export function mentionsFlyway(documents: readonly SpringDocument[]): boolean {
  return documents.some(({ values }) =>
    [...values.keys()].some((key) => direct.some((prefix) => key.startsWith(prefix))),
  );
}
