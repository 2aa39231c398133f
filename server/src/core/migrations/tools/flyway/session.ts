import type { Project } from '../../../model/project.ts';
import type { Files, SessionSql, Timeline } from '../../tool.ts';
import { optionsOf } from './options.ts';
import { replacePlaceholders } from './placeholders.ts';

/**
 * What runs on Flyway's connection for migrations before each of them: options in the URL, `initSql`, and in the migration's
 * own transaction the callbacks of each migration and statement. `beforeMigrate` has a connection of its own (13.12).
 */
export function sessionSql(project: Project, { others }: Timeline, files: Files): readonly SessionSql[] {
  const options = optionsOf(project);
  const { initSql } = options;
  return [
    ...settingsInUrl(options.url),
    ...(initSql === undefined ? [] : [{ text: initSql, inTransaction: false }]),
    ...['beforeEachMigrate', 'beforeEachMigrateStatement'].flatMap((event) =>
      others.flatMap((callback) => {
        const file = files.get(callback.file);
        if (callback.kind !== 'callback' || callback.language !== 'sql' || file === undefined) return [];
        if (eventOf(callback.script, options.separator) !== event) return [];
        const { text } = replacePlaceholders(file.text, options, callback);
        return [{ text, inTransaction: true }];
      }),
    ),
  ];
}

/** `beforeEachMigrate__timeouts.sql` is for the event `beforeEachMigrate`. */
function eventOf(script: string, separator: string): string {
  const name = script.slice(script.lastIndexOf('/') + 1);
  return name.split(separator)[0]?.replace(/\.[^.]*$/, '') ?? '';
}

/** `?options=-c%20lock_timeout=5s`, as the driver hands it to the server. */
function settingsInUrl(url = ''): readonly SessionSql[] {
  const written = /[?&]options=([^&]*)/.exec(url)?.[1];
  if (written === undefined) return [];
  const words = written.replaceAll('%20', ' ').replaceAll('+', ' ').replaceAll(/%3D/gi, '=');
  return [...words.matchAll(/-c\s*([a-z_]+)=(\S+)/gi)].map(([, name = '', value = '']) => ({
    text: `SET ${name} = '${value.replaceAll("'", "''")}'`,
    inTransaction: false,
  }));
}
