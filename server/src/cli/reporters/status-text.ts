import type { StateEntry } from '#core/model/migration.ts';
import type { FilePath } from '#core/model/text.ts';
import type { FieldEvolutionStatus, ProjectStatus, StatusReport, TargetStatus } from '#core/service.ts';
import { posix } from '#host/status-json.ts';
import { paint } from './paint.ts';
import type { Places } from './places.ts';

/** A table per target, in the tool's own order, then the evolutions; those of contracts at the end. */
export function statusText(
  { projects, fieldEvolutions }: StatusReport,
  cwd: FilePath,
  places: Places,
  color: boolean,
): string {
  const parts = [
    ...projects.map((project) => projectText(project, color)),
    ...(fieldEvolutions.length === 0 ? [] : [contractsText(fieldEvolutions, cwd, places, color)]),
  ];
  return parts.length === 0 ? 'No migrations were found here.\n' : `${parts.join('\n\n')}\n`;
}

function contractsText(
  evolutions: readonly FieldEvolutionStatus[],
  cwd: FilePath,
  places: Places,
  color: boolean,
): string {
  return [
    paint('Contracts', 'bold', color),
    ...evolutions.flatMap(({ id, element, replacement, phase, removeAfter, next, file, place }) => [
      paint(
        `  evolution ${id} (${element}${replacement === undefined ? '' : ` to ${replacement}`}, removed after ${removeAfter}): ${phase}; ${next}`,
        phase === 'broken' ? 'red' : phase === 'due' ? 'yellow' : phase === 'done' ? 'dim' : 'bold',
        color,
      ),
      `    ${place === undefined ? posix(cwd, file) : `${posix(cwd, place.path)}:${places.range(place).start.line + 1}`}`,
    ]),
  ].join('\n');
}

function projectText({ project, dialectName, targets, evolutions }: ProjectStatus, color: boolean): string {
  const knows = targets.some(({ kind, reachable }) => kind !== 'git' && reachable);
  const shown = knows ? targets.filter(({ kind }) => kind !== 'git') : targets;
  const guessed = project.dialect.guessed ? ' (guessed)' : '';
  return [
    paint(`${project.name}: ${project.tool}, ${dialectName}${guessed}`, 'bold', color),
    ...shown.map((target) => targetText(target, color)),
    ...evolutions.map(
      ({ ref, table, phase, next }) => `  evolution ${ref.id} (${ref.operation} on ${table}): ${phase}; ${next}`,
    ),
  ].join('\n');
}

function targetText({ name, entries, problem, role }: TargetStatus, color: boolean): string {
  const title = `  ${name}${role === undefined ? '' : ` (${role})`}${problem === undefined ? '' : `: ${problem}`}`;
  const rows = entries.map((entry) => [
    entry.version ?? '',
    entry.description,
    entry.type,
    entry.toolState,
    entry.installedOn ?? '',
    entry.installedBy ?? '',
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, index) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return paint(`    ${line}`, toneOf(entries[index]), color);
  });
  return [title, ...lines].join('\n');
}

function toneOf(entry: StateEntry | undefined): 'dim' | 'red' | 'yellow' | 'bold' {
  if (entry === undefined) return 'dim';
  if (/failed|missing/.test(entry.state)) return 'red';
  if (entry.changed || entry.state === 'out-of-order' || entry.state === 'ignored') return 'yellow';
  return entry.state === 'pending' ? 'bold' : 'dim';
}
