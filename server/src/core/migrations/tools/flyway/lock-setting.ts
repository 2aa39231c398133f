import type { Project } from '../../../model/project.ts';
import type { Files, MigrationTool } from '../../tool.ts';
import { parentOf } from './locations.ts';
import { optionsOf } from './options.ts';

/** The edit that writes `flyway.postgresql.transactional.lock=false` where the project keeps its configuration. */
export function concurrentlySetting(project: Project, files: Files): ReturnType<MigrationTool['concurrentlySetting']> {
  const options = optionsOf(project);
  if (options.transactionalLock === false) return undefined;
  const config = options.writableConfig;
  if (config === undefined) {
    const path = `${project.root === '' ? parentOf(project.locations[0]?.folder ?? '') : project.root}/flyway.conf`;
    return {
      path,
      span: { start: 0, end: 0 },
      newText: `flyway.postgresql.transactional.lock=false\n`,
      creates: !files.has(path),
    };
  }
  const text = files.get(config.path)?.text ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = { start: text.length, end: text.length };
  const lead = text === '' || text.endsWith('\n') ? '' : eol;
  const append = (line: string) => ({ path: config.path, span: end, newText: `${lead}${line}${eol}`, creates: false });
  switch (config.form) {
    case 'properties':
      return append('flyway.postgresql.transactional.lock=false');
    case 'spring-properties':
      return append('spring.flyway.postgresql.transactional-lock=false');
    case 'toml':
      return tomlEdit(config.path, text, eol, append);
    case 'spring-yaml':
      return yamlEdit(config.path, text, eol, append);
    default: {
      const never: never = config.form;
      return never;
    }
  }
}

type Edit = NonNullable<ReturnType<MigrationTool['concurrentlySetting']>>;

function tomlEdit(path: string, text: string, eol: string, append: (line: string) => Edit): Edit {
  const table = /^\[flyway\.postgresql\.transactional\][^\n]*\n/m.exec(text);
  if (table === null) return append(`${eol}[flyway.postgresql.transactional]${eol}lock = false`);
  const at = table.index + table[0].length;
  return { path, span: { start: at, end: at }, newText: `lock = false${eol}`, creates: false };
}

/** Behind `flyway:` of the first document, in its own indentation. */
function yamlEdit(path: string, text: string, eol: string, append: (line: string) => Edit): Edit {
  const first = text.split(/^---/m)[0] ?? text;
  const key = /^([ \t]+)flyway:[ \t]*\r?\n/m.exec(first);
  if (key === null) {
    const spring = /^spring:[ \t]*\r?\n/m.exec(first);
    if (spring === null)
      return append(`spring:${eol}  flyway:${eol}    postgresql:${eol}      transactional-lock: false`);
    const at = spring.index + spring[0].length;
    return {
      path,
      span: { start: at, end: at },
      newText: `  flyway:${eol}    postgresql:${eol}      transactional-lock: false${eol}`,
      creates: false,
    };
  }
  const indent = key[1] ?? '  ';
  const at = key.index + key[0].length;
  const step = indent.length > 0 ? indent : '  ';
  return {
    path,
    span: { start: at, end: at },
    newText: `${indent}${step}postgresql:${eol}${indent}${step}${step}transactional-lock: false${eol}`,
    creates: false,
  };
}
