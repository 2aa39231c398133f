import type { ReportedFinding, Severity } from '#core/model/finding.ts';
import { posix } from '#host/status-json.ts';
import { paint } from './paint.ts';
import { type Places, placesOf } from './places.ts';
import { noticeText, type Reporter, type ReportInput } from './reporter.ts';

/** For people: the message, the line with the words marked, and where to read on. */
export const text: Reporter = {
  name: 'text',
  *write({ report, cwd, files, baseline, color, base, closing }) {
    const places = placesOf(files, baseline);
    for (const finding of report.findings) yield `${block(finding, cwd, places, color)}\n`;
    for (const notice of report.notices) yield `${paint(`note: ${noticeText(notice, cwd)}`, 'dim', color)}\n`;
    yield `${closing ?? closingOf(report, base, color)}\n`;
  },
};

function block(finding: ReportedFinding, cwd: string, places: Places, color: boolean): string {
  const { start, end } = places.range(finding);
  const line = places.line(finding, start.line);
  const until = end.line === start.line ? end.character : line.length;
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const mark =
    ' '.repeat(width(line.slice(0, start.character))) +
    '^'.repeat(Math.max(1, width(line.slice(start.character, until))));
  return [
    `${posix(cwd, finding.path)}:${number}:${start.character + 1}: ${paint(finding.severity, tone[finding.severity], color)} ${finding.rule}`,
    `  ${finding.message}`,
    `${gutter} |`,
    `${number} | ${line.replaceAll('\t', ' ').slice(0, 200)}`,
    `${gutter} | ${paint(mark.slice(0, 200), tone[finding.severity], color)}`,
    ...finding.relatedPlaces.map(
      (each) =>
        `  ${each.side === undefined ? '' : 'before: '}${posix(cwd, each.path)}:${places.range(each).start.line + 1}: ${each.message}`,
    ),
    paint(`  ${finding.docs}${hint(finding)}`, 'dim', color),
    '',
  ].join('\n');
}

function hint({ fixable, fixes, plan }: ReportedFinding): string {
  if (fixable === 'none') return '';
  return plan !== undefined && fixes.length === 0
    ? `  (schemaward scaffold ${plan.operation} writes the pair)`
    : '  (the editor offers a quick fix)';
}

/** Columns that the text takes in a terminal, near enough: wide East Asian characters count twice. */
function width(words: string): number {
  if (/^[\x20-\x7e]*$/.test(words)) return words.length;
  let columns = 0;
  for (const char of words)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char) ? 2 : 1;
  return columns;
}

const tone: Readonly<Record<Severity, 'red' | 'yellow' | 'blue' | 'dim'>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};

function closingOf({ findings, summary }: ReportInput['report'], base: string | undefined, color: boolean): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) =>
    count(severity) === 0 ? [] : [plural(count(severity), severity)],
  );
  const found = parts.length === 0 ? 'No findings' : parts.join(', ');
  const contracts = contractsWords(summary);
  if (summary.total === 0)
    return paint(`${found}. ${contracts === '' ? 'No migrations were found here' : contracts}.`, 'bold', color);
  const scope =
    summary.checked === summary.total
      ? `${summary.total} checked`
      : `${summary.checked} new of ${summary.total} checked`;
  const against = base === undefined || summary.checked === summary.total ? '' : ` (against ${base})`;
  const ignored = summary.suppressed === 0 ? '' : `, ${summary.suppressed} ignored`;
  return paint(
    `${found}. ${scope}${against}${contracts === '' ? '' : `, ${contracts}`}${ignored}.`,
    parts.length === 0 ? 'green' : 'bold',
    color,
  );
}

function contractsWords({ contracts, baselines }: ReportInput['report']['summary']): string {
  if (contracts === 0) return '';
  const names = baselines.length === 0 ? 'nothing' : baselines.join(' and ');
  return `${contracts} ${contracts === 1 ? 'contract' : 'contracts'} compared with ${names}`;
}

function plural(count: number, severity: Severity): string {
  if (severity === 'info') return `${count} info`;
  return `${count} ${severity}${count === 1 ? '' : 's'}`;
}
