import type { FileContent } from '../../../../model/text.ts';
import { ByText } from '../../../../text/by-text.ts';
import { Cursor, symbol, trimmed } from './cursor.ts';
import { fileElement } from './declarations.ts';
import { kinds, type Tokens, tokenize } from './tokens.ts';
import type { FileElement, ProtoSyntax } from './tree.ts';

const memo = new WeakMap<FileContent, ProtoSyntax>();

/** Most files of a baseline are those of now, and one tree stands for both. */
const byText = new ByText<ProtoSyntax>();

/** Reads one file; never throws. The same content, and the same text, gives the same tree. */
export function readProto(content: FileContent): ProtoSyntax {
  const known = memo.get(content);
  if (known !== undefined) return known;
  const { text } = content;
  const same = byText.get(text);
  const syntax = same ?? read(content);
  if (same === undefined) byText.set(text, syntax);
  memo.set(content, syntax);
  return syntax;
}

function read(content: FileContent): ProtoSyntax {
  const tokens = tokenize(content.text);
  const first = readFile(tokens, false);
  const { body, cursor, broken } = first.cursor.unclosed ? readFile(tokens, true) : first;
  const problems = [...tokens.problems, ...cursor.problems].sort((a, b) => a.span.start - b.span.start);
  return { content, broken, body, comments: tokens.comments, problems };
}

const [close, semicolon] = [symbol('}'), symbol(';')];

interface FileRead {
  readonly body: readonly FileElement[];
  readonly cursor: Cursor;
  readonly broken: boolean;
}

function readFile(tokens: Tokens, byIndent: boolean): FileRead {
  const cursor = new Cursor(tokens, byIndent);
  const body: FileElement[] = [];
  let unread = false;
  while (cursor.kind() !== kinds.end) {
    const start = cursor.at;
    if (cursor.kind() === semicolon) cursor.at++;
    else if (cursor.kind() === close) {
      cursor.problem('This brace closes nothing.', cursor.here());
      unread = true;
      cursor.at++;
    } else {
      const element = fileElement(cursor);
      if (element !== undefined) body.push(element);
      else {
        cursor.fail('a declaration');
        unread = true;
        cursor.settle(start);
      }
    }
  }
  return { body: trimmed(body), cursor, broken: unread || body.some(({ broken }) => broken) };
}
