import type { Migration } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { FileContent } from '../../../model/text.ts';
import type { Files } from '../../tool.ts';
import { flywayChecksum } from './checksum.ts';
import { optionsOf } from './options.ts';
import { replacePlaceholders } from './placeholders.ts';

const raw = new WeakMap<FileContent, number>();

/** Of the file as it is; computed once for each text. */
export function rawChecksum(content: FileContent): number {
  const known = raw.get(content);
  if (known !== undefined) return known;
  const checksum = flywayChecksum(content.text);
  raw.set(content, checksum);
  return checksum;
}

/** Source of a class: what it says has no checksum. Shell scripts have one. */
export function isClass({ script }: Migration): boolean {
  return /\.(java|kt|groovy|scala)$/.test(script);
}

/** What `info` shows: repeatables are hashed after their placeholders were replaced. Undefined for classes. */
export function checksumOf(project: Project, migration: Migration, text: string): number | undefined {
  if (isClass(migration)) return undefined;
  if (migration.kind !== 'repeatable' || migration.language === 'code') return flywayChecksum(text);
  return flywayChecksum(replacePlaceholders(text, optionsOf(project), migration).text);
}

/** Does the file still say what the history's checksum says? A repeatable also matches by its raw text. */
export function matchesChecksum(
  project: Project,
  migration: Migration,
  files: Files,
  applied: number | string | undefined,
): boolean {
  const content = files.get(migration.file);
  if (content === undefined) return true;
  if (isClass(migration)) return true;
  if (applied === undefined) return migration.kind !== 'repeatable';
  if (rawChecksum(content) === Number(applied)) return true;
  return migration.kind === 'repeatable' && checksumOf(project, migration, content.text) === Number(applied);
}
