import type { ReportedFinding } from '../../model/finding.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FileContent, FilePath } from '../../model/text.ts';
import { emptyProposal, refuse } from '../fix.ts';

export interface DisableInput {
  readonly where: 'statement' | 'file' | 'config';
  readonly finding: ReportedFinding;
  readonly file: FileContent;
  /** How a comment begins in the file. */
  readonly mark?: '--' | '//';
  readonly config: { readonly path: FilePath; readonly content: FileContent | undefined; readonly root: FilePath };
}

/** An ignore comment, or an entry of schemaward.yaml where the file is frozen. The reason is left for a person to write. */
export function disableProposal({ where, finding, file, config, mark = '--' }: DisableInput): Proposal | Refusal {
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  switch (where) {
    case 'statement': {
      const start = lineStart(file.text, finding.span.start);
      const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
      return edit(file.path, start, `${indent}${mark} schemaward-ignore ${finding.rule}: TODO say why${eol}`);
    }
    case 'file': {
      const start = file.text.charCodeAt(0) === 0xfeff ? 1 : 0;
      return edit(file.path, start, `${mark} schemaward-ignore-file ${finding.rule}: TODO say why${eol}`);
    }
    case 'config':
      return configEntry(finding, config);
    default: {
      const never: never = where;
      return never;
    }
  }
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function edit(path: FilePath, at: number, newText: string): Proposal {
  return { ...emptyProposal(), edits: [{ path, span: { start: at, end: at }, newText, label: 'Ignore it here' }] };
}

function configEntry(finding: ReportedFinding, { path, content, root }: DisableInput['config']): Proposal | Refusal {
  const relative = finding.path.startsWith(`${root}/`) ? finding.path.slice(root.length + 1) : finding.path;
  const entry = [
    `  - rule: ${finding.rule}`,
    `    path: ${JSON.stringify(relative)}`,
    `    fingerprint: ${finding.fingerprint}`,
    '    reason: TODO say why',
  ].join('\n');
  const label = 'Ignore it in schemaward.yaml';
  if (content === undefined) {
    return {
      ...emptyProposal(),
      creates: [{ path, role: 'config', text: `version: 1\nignore:\n${entry}\n`, transactional: true, label }],
    };
  }
  const { text } = content;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const key = /^ignore:[ \t]*(#.*)?\r?\n/m.exec(text);
  if (key !== null) {
    const at = key.index + key[0].length;
    return {
      ...emptyProposal(),
      configEdits: [{ path, span: { start: at, end: at }, newText: `${entry}\n`.replaceAll('\n', eol), label }],
    };
  }
  if (/^ignore:/m.test(text))
    return refuse('The list of ignored findings in schemaward.yaml is written in one line; add the entry by hand.');
  const lead = text === '' || text.endsWith('\n') ? '' : eol;
  return {
    ...emptyProposal(),
    configEdits: [
      {
        path,
        span: { start: text.length, end: text.length },
        newText: `${lead}ignore:\n${entry}\n`.replaceAll('\n', eol),
        label,
      },
    ],
  };
}
