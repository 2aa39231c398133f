import type { StateEntry } from '#core/model/migration.ts';
import type { ProjectStatus, StatusReport, TargetStatus } from '#core/service.ts';
import { paint } from './paint.ts';

/** A table per target, in the tool's own order, then the evolutions. */
export function statusText({ projects }: StatusReport, color: boolean): string {
  if (projects.length === 0) return 'No migrations were found here.\n';
  return `${projects.map((project) => projectText(project, color)).join('\n\n')}\n`;
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
