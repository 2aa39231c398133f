import type { Proposal, Refusal } from '../model/proposal.ts';
import type { FileContent, FilePath, Span } from '../model/text.ts';
import { locate } from './document.ts';
import { at, text as textOf } from './located.ts';

/** Where a file of settings names the baseline. */
export function baselineSpan(text: string): Span | undefined {
  return at(at(locate(text).root, 'contracts'), 'baseline')?.span;
}

/** What a file of settings needs so that contracts are compared with something else; every other line stays as it is. */
export function setBaseline(path: FilePath, content: FileContent | undefined, words: string): Proposal | Refusal {
  const value = /^[\w./:@-]+$/.test(words) ? words : JSON.stringify(words);
  const label = `Compare contracts with ${words}`;
  if (content === undefined) {
    const text = `version: 1\ncontracts:\n  baseline: ${value}\n`;
    return { ...nothing, creates: [{ path, role: 'config', text, transactional: true, label }] };
  }
  const { text } = content;
  const { root, errors } = locate(text);
  if (errors.length > 0) return { kind: 'refusal', reason: 'schemaward.yaml is not valid YAML at the moment.' };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edit = (span: Span, newText: string): Proposal => ({
    ...nothing,
    configEdits: [{ path, span, newText, label }],
  });
  const contracts = at(root, 'contracts');
  const known = at(contracts, 'baseline');
  if (known !== undefined && textOf(known) !== undefined) return edit(known.span, value);
  const key = /^contracts:[ \t]*(#.*)?\r?\n/m.exec(text);
  if (key !== null) {
    const behind = key.index + key[0].length;
    const indent = /^[ \t]+(?=\S)/.exec(text.slice(behind))?.[0] ?? '  ';
    return edit({ start: behind, end: behind }, `${indent}baseline: ${value}${eol}`);
  }
  if (contracts !== undefined)
    return {
      kind: 'refusal',
      reason: 'contracts is written in one line in schemaward.yaml; write the baseline by hand.',
    };
  const lead = text === '' || text.endsWith('\n') ? '' : eol;
  return edit({ start: text.length, end: text.length }, `${lead}contracts:${eol}  baseline: ${value}${eol}`);
}

const nothing: Proposal = {
  kind: 'proposal',
  creates: [],
  edits: [],
  configEdits: [],
  renames: [],
  deletes: [],
  notes: [],
};
