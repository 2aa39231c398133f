import { readProto } from '../syntax/read.ts';
import { applied } from './block.ts';
import { bodyOf, type Node } from './nodes.ts';
import { withBracketOption, withStatementOption } from './options.ts';

const heads: Readonly<Partial<Record<Node['kind'], string>>> = {
  field: 'message A {\n',
  value: 'enum A {\n',
  method: 'service A {\n',
};

/** The text of a statement with `deprecated = true`, where its kind has that. */
export function deprecated(text: string, { kind }: Node): string {
  const head = heads[kind] ?? '';
  const tail = head === '' ? '' : '\n}';
  const content = { path: '/statement.proto', text: `${head}${text}${tail}` };
  const syntax = readProto(content);
  const [outer] = syntax.body;
  const node = head === '' || outer === undefined ? outer : bodyOf(outer)[0];
  switch (node?.kind) {
    case 'field':
    case 'value':
      return applied(content.text, withBracketOption(syntax, node, 'deprecated', 'true')).slice(
        head.length,
        tail === '' ? undefined : -tail.length,
      );
    case 'message':
    case 'enum':
    case 'service':
    case 'method':
      return applied(content.text, withStatementOption(syntax, node, 'deprecated', 'true')).slice(
        head.length,
        tail === '' ? undefined : -tail.length,
      );
    default:
      return text;
  }
}
