import type { Severity } from '#core/model/finding.ts';
import { posix } from '#host/status-json.ts';
import { placesOf } from './places.ts';
import { noticeText, type Reporter } from './reporter.ts';

/** Workflow commands: annotations on the lines of a pull request. */
export const github: Reporter = {
  name: 'github',
  *write({ report, cwd, files, baseline }) {
    const places = placesOf(files, baseline);
    for (const finding of report.findings) {
      const { start, end } = places.range(finding);
      const fields = [
        `file=${property(posix(cwd, finding.path))}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        `col=${start.character + 1}`,
        `endColumn=${end.character + 1}`,
        `title=${property(finding.rule)}`,
      ];
      yield `::${level[finding.severity]} ${fields.join(',')}::${data(`${finding.message} ${finding.docs}`)}\n`;
    }
    for (const notice of report.notices) {
      const file = notice.path === undefined ? '' : ` file=${property(posix(cwd, notice.path))}`;
      yield `::notice${file}::${data(noticeText(notice, cwd))}\n`;
    }
  },
};

const level: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
