import type { FileContent } from '../../model/text.ts';
import { type LineIndex, lineIndex } from '../../text/positions.ts';
import { type IgnoreComment, ignoreWords } from '../ignore-comments.ts';
import type { FileIgnores } from '../suppress.ts';

/**
 * `// schemaward-ignore <rule>: <reason>` in a contract. It covers what begins on its own line where something stands
 * before it there, else on the next line that is neither empty nor a comment.
 */
export function contractIgnores(content: FileContent): FileIgnores {
  const { text, path } = content;
  const comments = text.includes('schemaward-ignore') ? found(text) : [];
  let lines: LineIndex | undefined;
  const lineOf = (offset: number) => {
    lines ??= lineIndex(text);
    return lines.position(offset).line;
  };
  return { path, comments, isAbout: ({ anchor }, nth) => lineOf(anchor.span.start) === nth, lint: true };
}

function found(text: string): readonly IgnoreComment[] {
  const lines = lineIndex(text);
  const wordsOf = (line: number) =>
    text.slice(lines.offset({ line, character: 0 }), lines.offset({ line: line + 1, character: 0 })).trim();
  const comments: IgnoreComment[] = [];
  for (const match of text.matchAll(/\/\/[ \t]*schemaward-ignore[^\r\n]*/g)) {
    const said = ignoreWords(match[0]);
    if (said === undefined) continue;
    const { isForFile, ...words } = said;
    const line = lines.position(match.index).line;
    const isBehind = !wordsOf(line).startsWith('//');
    const covers = isForFile ? 'file' : [isBehind ? line : nextLine(line + 1, lines.lineCount, wordsOf)];
    comments.push({ ...words, span: { start: match.index, end: match.index + match[0].trimEnd().length }, covers });
  }
  return comments;
}

function nextLine(from: number, count: number, wordsOf: (line: number) => string): number {
  for (let line = from; line < count; line += 1) if (!/^(\/\/.*)?$/.test(wordsOf(line))) return line;
  return from;
}
