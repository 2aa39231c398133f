import type { Migration } from '../../../model/migration.ts';
import { type MappedText, type Substitution, unmapped } from '../../../text/mapped.ts';
import { standIn } from '../../../text/stand-in.ts';
import type { FlywayOptions } from './options.ts';

/**
 * The text that runs. Flyway replaces placeholders everywhere, comments and strings included; there is no escape. A
 * placeholder without a value makes the migration fail, so it is left as it stands, and the reader sees it.
 */
export function replacePlaceholders(text: string, options: FlywayOptions, migration: Migration): MappedText {
  const { placeholderPrefix: prefix, placeholderSuffix: suffix } = options;
  const isReplaced = migration.literal === undefined ? options.placeholderReplacement : !migration.literal;
  if (!isReplaced || !text.includes(prefix)) return unmapped(text);
  const substitutions: Substitution[] = [];
  let result = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(prefix, at);
    const end = start === -1 ? -1 : text.indexOf(suffix, start + prefix.length);
    if (start === -1 || end === -1) break;
    const value = placeholderValue(text.slice(start + prefix.length, end), options, migration);
    if (value === undefined) {
      result += text.slice(at, start + prefix.length);
      at = start + prefix.length;
      continue;
    }
    result += text.slice(at, start);
    substitutions.push({
      runs: { start: result.length, end: result.length + value.length },
      written: { start, end: end + suffix.length },
    });
    result += value;
    at = end + suffix.length;
  }
  return { text: result + text.slice(at), substitutions };
}

function placeholderValue(name: string, options: FlywayOptions, migration: Migration): string | undefined {
  if (name.includes('\n')) return undefined;
  const key = name.toLowerCase();
  const set = options.placeholders[key];
  if (set !== undefined) return set;
  switch (key) {
    case 'flyway:defaultschema':
      return options.defaultSchema ?? options.schemas[0] ?? 'public';
    case 'flyway:user':
      return options.user ?? 'flyway';
    case 'flyway:database':
      return /\/([^/?;]+)(?:[?;].*)?$/.exec(options.url ?? '')?.[1] ?? 'database';
    case 'flyway:timestamp':
      return '2000-01-01 00:00:00';
    case 'flyway:filename':
      return fileNameOf(migration, options);
    case 'flyway:workingdirectory':
      return '/';
    case 'flyway:table':
      return options.table;
    case 'flyway:environment':
      return options.environment ?? 'default';
    default:
      return /^[\w.:-]+$/.test(name) ? standIn(name) : undefined;
  }
}

/** Flyway puts the name together again from its parts, and drops a separator that nothing follows. */
function fileNameOf({ script, description }: Migration, { separator }: FlywayOptions): string {
  const name = script.slice(script.lastIndexOf('/') + 1);
  const at = description === '' ? name.lastIndexOf(separator) : -1;
  return at === -1 ? name : name.slice(0, at) + name.slice(at + separator.length);
}
