import type { FileContent } from '../../../../model/text.ts';
import type { ProtoSyntax } from './tree.ts';

const memo = new WeakMap<FileContent, ProtoSyntax>();

/** Reads one file; never throws. The same content gives the same tree. */
export function readProto(content: FileContent): ProtoSyntax {
  const known = memo.get(content);
  if (known !== undefined) return known;
  const syntax: ProtoSyntax = { content, body: [], comments: [], problems: [] };
  memo.set(content, syntax);
  return syntax;
}
