import type { ContractFinding } from '#core/contracts/finding.ts';
import type { CompareRequest, Comparison } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { Tree } from '#core/contracts/tree.ts';
import type { FileContent } from '#core/model/text.ts';
import type { BufFinding, Files, Sides } from './run.ts';

export function treeOf(files: Files): Tree {
  return new Map(
    Object.entries(files).map(([path, text]): [string, FileContent] => [path, { path: `/${path}`, text }]),
  );
}

/** What is asked for, as a caller of `compare` says it. */
export type Asked = Pick<CompareRequest, 'profile' | 'config' | 'beyond'>;

export function compareOurs({ before, after }: Sides, asked: Asked): Comparison {
  return protobuf.compare({
    before: [{ name: 'before', tree: treeOf(before) }],
    after: treeOf(after),
    ...asked,
  });
}

/** `FIELD_NO_DELETE c1/a.proto 3:1-5:2`, what must agree; of what has no file, the name of what is gone. */
export function ourKey(finding: ContractFinding, after: Files): string {
  const { peerRule, place, object } = finding;
  if (place.side === 'before') return `${peerRule} - ${object}`;
  const text = after[place.path] ?? '';
  return `${peerRule} ${place.path} ${position(text, place.span.start)}-${position(text, place.span.end)}`;
}

export function bufKey({ path, type, message, ...at }: BufFinding): string {
  const [first = '', second] = [...message.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '');
  if (path === undefined) return `${type} - ${second === undefined || second === '' ? first : `${second}.${first}`}`;
  return `${type} ${path} ${at.start_line}:${at.start_column}-${at.end_line}:${at.end_column}`;
}

/** Lines end with a line feed; a column is a code point, and a tab goes on to the next multiple of four, as buf has it. */
function position(text: string, offset: number): string {
  const lineStart = text.slice(0, offset).lastIndexOf('\n') + 1;
  const line = text.slice(0, lineStart).split('\n').length;
  return `${line}:${columnOf(text.slice(lineStart, offset)) + 1}`;
}

function columnOf(text: string): number {
  let column = 0;
  for (const character of text) column = character === '\t' ? column + 4 - (column % 4) : column + 1;
  return column;
}
