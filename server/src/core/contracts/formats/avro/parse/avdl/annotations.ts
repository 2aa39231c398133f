import type { Span } from '../../../../../model/text.ts';
import type { Alias, Field, Prop } from '../../schema.ts';
import { noProps } from '../reading.ts';
import { type Cursor, spanOf } from './cursor.ts';
import { readJsonValue } from './values.ts';

export interface Annotations {
  readonly list: readonly (Prop & { readonly name: string; readonly nameSpan: Span })[];
  readonly doc: string | undefined;
}

export function readAnnotations(cursor: Cursor, doc: string | undefined): Annotations {
  const list: (Prop & { readonly name: string; readonly nameSpan: Span })[] = [];
  while (cursor.isMark('@')) {
    const start = cursor.next();
    const name = cursor.identifier();
    cursor.mark('(');
    const value = readJsonValue(cursor);
    const end = cursor.mark(')');
    list.push({ name: name.text, nameSpan: name.span, value, span: spanOf(start, end) });
  }
  return { list, doc };
}

/** Of two annotations of one name the last one counts. Those that say something else, by their own names, are no properties. */
export function propsOf(
  cursor: Cursor,
  { list }: Annotations,
  reserved: ReadonlySet<string>,
  known: readonly string[],
): ReadonlyMap<string, Prop> {
  const props = new Map<string, Prop>();
  for (const { name, nameSpan, value, span } of list)
    if (known.includes(name)) continue;
    else if (reserved.has(name)) cursor.reading.problem(nameSpan, `Can't set reserved property: ${name}`);
    else props.set(name, { value, span });
  return props.size === 0 ? noProps : props;
}

export function namespaceOf(cursor: Cursor, { list }: Annotations, around: string): string {
  let space = around;
  for (const { name, value } of list)
    if (name === 'namespace') {
      if (value.kind === 'string') space = value.value;
      else cursor.reading.problem(value.span, '@namespace(...) must contain a String value');
    }
  return space;
}

export function aliasesOf(cursor: Cursor, { list }: Annotations): readonly Alias[] {
  const written = list.findLast(({ name }) => name === 'aliases')?.value;
  if (written === undefined) return [];
  if (written.kind === 'array' && written.items.every(({ kind }) => kind === 'string'))
    return written.items.flatMap((item) => (item.kind === 'string' ? [{ name: item.value, span: item.span }] : []));
  cursor.reading.problem(written.span, '@aliases(...) must contain an array of String values');
  return [];
}

export function orderOf(cursor: Cursor, { list }: Annotations): Field['order'] {
  const written = list.findLast(({ name }) => name === 'order')?.value;
  if (written === undefined) return 'ascending';
  const order = written.kind === 'string' ? written.value.toLowerCase() : '';
  if (order === 'ascending' || order === 'descending' || order === 'ignore') return order;
  cursor.reading.problem(written.span, '@order(...) must contain "ASCENDING", "DESCENDING" or "IGNORE"');
  return 'ascending';
}

export function spanNamed({ list }: Annotations, name: string): Span | undefined {
  return list.findLast((one) => one.name === name)?.span;
}
