import type { Statistics, TableSize } from '../model/statistics.ts';
import type { ConfigProblem } from './config.ts';
import { type Located, locate } from './document.ts';
import { at, integer, pairs, text } from './located.ts';
import { type Shape, toJsonSchema } from './shape.ts';
import { problem, validate } from './validate.ts';

/** Beside `schemaward.yaml`; written by `schemaward stats`, and committed. */
export const statisticsName = 'schemaward.stats.json';

/** By project. */
export type StatisticsByProject = ReadonlyMap<string, Statistics>;

export interface ReadStatistics {
  readonly statistics: StatisticsByProject;
  readonly problems: readonly ConfigProblem[];
}

const count = (description: string): Shape => ({
  kind: 'integer',
  description,
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
});
const time = (description: string): Shape => ({
  kind: 'string',
  description,
  pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  patternWords: 'a time such as 2026-12-31T12:00:00Z',
});

const table: Shape = {
  kind: 'object',
  description: 'One table. Of a partitioned one, all partitions together.',
  fields: {
    rows: count('What the database believes; missing where it does not know.'),
    bytes: count('Without indexes.'),
    indexBytes: count('All indexes.'),
    writesPerHour: count('Rows inserted, updated and deleted, on average since `writesSince`.'),
  },
  required: ['bytes', 'indexBytes'],
};

const project: Shape = {
  kind: 'object',
  description: 'One project.',
  fields: {
    target: { kind: 'string', description: 'The target that was asked.' },
    measured: time('When.'),
    writesSince: time('Since when the database counts writes; missing where it does not know.'),
    tables: { kind: 'map', description: 'By `schema.table`.', value: table, keyWords: 'table' },
  },
  required: ['target', 'measured', 'tables'],
};

const shape: Shape = {
  kind: 'object',
  description: 'Sizes of tables, as `schemaward stats` measured them.',
  fields: {
    version: { kind: 'integer', description: 'Version of this format. Always 1.', min: 1, max: 1 },
    projects: { kind: 'map', description: 'By project.', value: project, keyWords: 'project' },
  },
  required: ['version', 'projects'],
};

/** JSON schema of the file. */
export function statisticsSchema(): unknown {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: statisticsName, ...toJsonSchema(shape) };
}

/** A file that holds an error says nothing: half of it could be about another database. */
export function readStatistics(text: string): ReadStatistics {
  const nothing = (problems: readonly ConfigProblem[]): ReadStatistics => ({ statistics: new Map(), problems });
  const { root, errors } = locate(text);
  if (errors.length > 0)
    return nothing(errors.map(({ message, span }) => problem('syntax', span, `Not valid JSON: ${message}.`, 'error')));
  if (root === undefined)
    return nothing([problem('syntax', { start: 0, end: text.length }, 'The file is empty.', 'error')]);
  const problems = validate(root, shape);
  if (problems.length > 0) return nothing(problems);
  return {
    statistics: new Map(pairs(at(root, 'projects')).map(([name, each]) => [name, statisticsOf(each)])),
    problems,
  };
}

function statisticsOf(project: Located): Statistics {
  const writesSince = text(at(project, 'writesSince'));
  return {
    target: text(at(project, 'target')) ?? '',
    measured: text(at(project, 'measured')) ?? '',
    ...(writesSince === undefined ? {} : { writesSince }),
    tables: new Map(pairs(at(project, 'tables')).map(([name, size]) => [name, sizeOf(size)])),
  };
}

function sizeOf(size: Located): TableSize {
  const rows = integer(at(size, 'rows'));
  const writesPerHour = integer(at(size, 'writesPerHour'));
  return {
    ...(rows === undefined ? {} : { rows }),
    bytes: integer(at(size, 'bytes')) ?? 0,
    indexBytes: integer(at(size, 'indexBytes')) ?? 0,
    ...(writesPerHour === undefined ? {} : { writesPerHour }),
  };
}

/** The text of the file: sorted, one line for each table, two digits of each number, so that a new measure differs little. */
export function renderStatistics(statistics: StatisticsByProject): string {
  const projects = sorted(statistics).map(([name, { target, measured, writesSince, tables }]) => {
    const head = { target, measured, writesSince };
    const fields = Object.entries(head).flatMap(([key, value]) =>
      value === undefined ? [] : [`      ${JSON.stringify(key)}: ${JSON.stringify(value)},`],
    );
    const rows = sorted(tables).map(([table, size]) => `        ${JSON.stringify(table)}: ${sizeText(size)}`);
    const list = rows.length === 0 ? ['      "tables": {}'] : ['      "tables": {', rows.join(',\n'), '      }'];
    return [`    ${JSON.stringify(name)}: {`, ...fields, ...list, '    }'].join('\n');
  });
  return `{\n  "version": 1,\n  "projects": {\n${projects.join(',\n')}\n  }\n}\n`;
}

function sizeText({ rows, bytes, indexBytes, writesPerHour }: TableSize): string {
  const fields = Object.entries({ rows, bytes, indexBytes, writesPerHour }).flatMap(([key, value]) =>
    value === undefined ? [] : [`"${key}": ${twoDigits(value)}`],
  );
  return `{ ${fields.join(', ')} }`;
}

function twoDigits(value: number): number {
  return Number(Math.round(value).toPrecision(2));
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
