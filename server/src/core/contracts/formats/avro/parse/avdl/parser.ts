import type { FileContent } from '../../../../../model/text.ts';
import { splitName } from '../../names.ts';
import type { AvroFile, Protocol, Schema } from '../../schema.ts';
import { protocolReserved } from '../named.ts';
import { type Annotations, namespaceOf, propsOf, readAnnotations } from './annotations.ts';
import { Cursor } from './cursor.ts';
import { checkTypeName, readDeclarations } from './declarations.ts';
import { type Statements, tokensIn } from './token-list.ts';
import { readFullType } from './types.ts';

/**
 * Avro IDL, with the syntax for schemas of 1.12. A declaration that cannot be read costs itself, not those behind it.
 * @param statements what has been read of other texts
 */
export function parseAvdl(content: FileContent, statements?: Statements): AvroFile {
  const tokens = tokensIn(content, statements);
  const { problems } = tokens;
  const cursor = new Cursor(content, tokens);
  if (content.text === '') cursor.report({ start: 0, end: 0 }, 'The document is empty.');
  const protocol = isProtocol(cursor) ? readProtocol(cursor) : undefined;
  const main = protocol === undefined ? readSchemaFile(cursor) : undefined;
  if (cursor.token.kind !== 'end') cursor.expected('the end of the file');
  const { reading, imports, broken } = cursor;
  return {
    content,
    syntax: 'idl',
    main,
    types: reading.types,
    references: reading.references,
    protocol,
    imports,
    incomplete: broken || problems.some(({ harmless }) => harmless !== true),
    problems: [...problems, ...reading.problems],
  };
}

/** Behind the annotations of what stands here. */
function isProtocol(cursor: Cursor): boolean {
  let ahead = cursor.at;
  for (let depth = 0; ; ahead += 1) {
    const token = cursor.tokens.at(ahead);
    if (token === undefined) return false;
    const { kind, text } = token;
    if (kind === 'mark' && text === '(') depth += 1;
    else if (kind === 'mark' && text === ')') depth -= 1;
    else if (depth === 0 && kind === 'mark' && text === '@') ahead += 1;
    else if (depth === 0) return kind === 'word' && text === 'protocol';
  }
}

function readProtocol(cursor: Cursor): Protocol {
  const start = cursor.token;
  const annotations = annotationsBefore(cursor, 'protocol', start.doc);
  const word = cursor.next();
  const name = cursor.attempt(() => cursor.identifier()) ?? word;
  const space = namespaceOf(cursor, annotations, '');
  propsOf(cursor, annotations, protocolReserved, ['namespace']);
  const { simple, space: own } = splitName(name.text, space);
  checkTypeName(cursor, simple, name.span);
  cursor.attempt(() => cursor.mark('{'));
  readDeclarations(cursor, own, true);
  cursor.attempt(() => cursor.mark('}'));
  return {
    name: simple,
    namespace: own,
    nameSpan: name.span,
    doc: annotations.doc,
    messages: [...cursor.messages.values()],
  };
}

function annotationsBefore(cursor: Cursor, word: string, doc: string | undefined): Annotations {
  const annotations = cursor.attempt(() => readAnnotations(cursor, doc), false);
  while (!cursor.isWord(word) && cursor.token.kind !== 'end') cursor.next();
  return annotations ?? { list: [], doc };
}

function readSchemaFile(cursor: Cursor): Schema | undefined {
  let space = '';
  if (cursor.isWord('namespace'))
    cursor.attempt(() => {
      cursor.next();
      space = cursor.identifier().text;
      cursor.mark(';');
    });
  const main = cursor.isWord('schema')
    ? cursor.attempt(() => {
        cursor.next();
        const schema = readFullType(cursor, space);
        cursor.mark(';');
        return schema;
      })
    : undefined;
  readDeclarations(cursor, space, false);
  return main;
}
