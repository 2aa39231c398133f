import type { Span } from '../../../../model/text.ts';
import type { ChangeBase, SchemaChange } from '../../../../schema/change.ts';
import type { Source, Words } from '../source.ts';

/** What one statement form lowers to. `words` are the statement's own, first keyword included. */
export type Lower<Node> = (source: Source, node: Node, words: Words) => readonly SchemaChange[];

/** Base of a change that happens whenever its statement runs. */
export function certain(span: Span): Pick<ChangeBase, 'span' | 'certainty'> {
  return { span, certainty: 'certain' };
}

/** From the first word to the end of a name: `CREATE TABLE app.users`. */
export function headTo(words: Words, { span }: { readonly span: Span }): Span {
  return { start: words[0]?.start ?? span.start, end: span.end };
}

/** `{ options }` without empty ones. */
export function withOptions(options: Readonly<Record<string, unknown>>): {
  readonly options?: Readonly<Record<string, unknown>>;
} {
  return Object.keys(options).length === 0 ? {} : { options };
}
