import { parseAllDocuments } from 'yaml';
import { tooDeepAt } from '../../../../text/yaml.ts';
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
  if (text.length > 400_000 || tooDeepAt(text) !== undefined) return [];
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
  return text.split(/^[#!]---\s*$/m).map((part) => relaxed(propertiesOf(part)));
}

/** `key[0]` and `key[1]` are one list, joined by commas as Flyway's own are. */
function propertiesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { key, value } of readProperties(text)) {
    const name = key.replace(/\[\d+\]/g, '').toLowerCase();
    const before = /\[\d*[1-9]\d*\]/.test(key) ? values.get(name) : undefined;
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return values;
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

/**
 * Flyway's own names out of Spring's; the data source stands in where Flyway has no connection of its own.
 * @param active the profile whose documents go over those of none
 */
export function flywaySettings(documents: readonly SpringDocument[], active?: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const all = new Map<string, string>();
  for (const { profile, values } of documents)
    if (profile === undefined || profile === active) for (const [key, value] of values) all.set(key, value);
  const fallback = (key: string, from: string) => {
    const value = all.get(from);
    if (value !== undefined) settings.set(key, value);
  };
  fallback('url', 'spring.datasource.url');
  fallback('user', 'spring.datasource.username');
  fallback('password', 'spring.datasource.password');
  fallback('initsql', 'spring.datasource.hikari.connectioninitsql');
  for (const [key, value] of all) {
    const prefix = direct.find((each) => key.startsWith(each));
    if (prefix !== undefined) settings.set(key.slice(prefix.length), value);
  }
  const lock = settings.get('postgresql.transactionallock');
  if (lock !== undefined) settings.set('postgresql.transactional.lock', lock);
  return settings;
}

/** Profiles with locations of their own: each is a history of its own. */
export function profilesWithLocations(documents: readonly SpringDocument[]): readonly string[] {
  const named = documents.flatMap(({ profile, values }) =>
    profile !== undefined && direct.some((prefix) => values.has(`${prefix}locations`)) ? [profile] : [],
  );
  return [...new Set(named)];
}

/** URLs that only profiles give, those of an embedded database last: that one is for tests. */
export function profileUrls(documents: readonly SpringDocument[]): readonly string[] {
  const urls = documents.flatMap(({ profile, values }) => {
    const url =
      profile === undefined ? undefined : (values.get('spring.flyway.url') ?? values.get('spring.datasource.url'));
    return url === undefined ? [] : [url];
  });
  const isEmbedded = (url: string) => /^jdbc:(h2|hsqldb|derby):/i.test(url);
  return [...urls.filter((url) => !isEmbedded(url)), ...urls.filter(isEmbedded)];
}

/** Does any document speak of Flyway? */
export function mentionsFlyway(documents: readonly SpringDocument[]): boolean {
  return documents.some(({ values }) =>
    [...values.keys()].some((key) => direct.some((prefix) => key.startsWith(prefix))),
  );
}
