import { deprecationWords, type EvolveTarget, type ExpandStep, nextName } from '../../../evolution.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import { placeOf } from '../fixes/restore-field.ts';
import { type Edit, replace } from '../fixes/write.ts';
import { sameDefault, sameProps } from '../same.ts';
import type { Field } from '../schema.ts';
import { sameUse } from '../shape.ts';
import { isDeprecated } from '../verdict.ts';
import { firstReadable, halfWritten } from './readable.ts';
import { eolOf, withEol } from './rewriting.ts';
import { type Subject, subjectOf } from './subject.ts';
import { syntaxOf } from './syntax.ts';

/**
 * The old field as the baseline has it, deprecated, and beside it the one that takes over, with a default. It has no alias while both
 * stand: Apache Avro would read what is written to the old field into the new one, and leave the old one empty.
 */
export function expand(
  request: CompareRequest,
  target: EvolveTarget,
  removeAfter: string,
): ExpandStep | Refused | undefined {
  const subject = subjectOf(request, target);
  if (subject === undefined || 'refused' in subject) return subject;
  const { home, was, old, now } = subject;
  if (home.file.syntax !== was.file.syntax) return { refused: 'The old text is of another kind of file.' };
  if (home.file.incomplete || was.file.incomplete) return halfWritten;
  const isSame = now !== undefined && same(old, now);
  if (isSame && isDeprecated(now)) return { refused: `${old.name} is deprecated already.` };
  const name = now === undefined ? undefined : now.name === old.name ? freeName(subject) : now.name;
  const words = deprecationWords(name, removeAfter);
  const edits = firstReadable(
    request.after,
    home.path,
    isSame ? beside(subject, now, words, name) : instead(subject, words, name),
  );
  if ('refused' in edits) return edits;
  const isNew = now !== undefined && name !== now.name;
  return {
    kind: 'expand',
    evolution: {
      path: home.path,
      element: `${home.record.name.full}.${old.name}`,
      ...(name === undefined ? {} : { replacement: name }),
    },
    ...(isNew ? { added: typeWords(home.text, now) } : {}),
    changed: !isSame,
    edits: edits.map((edit) => ({ path: home.path, ...edit })),
    notes:
      name === undefined
        ? []
        : [`Until ${old.name} is removed, writers set both ${old.name} and ${name}, and readers prefer ${name}.`],
  };
}

function freeName({ home, was, old }: Subject): string {
  const taken = [home, was].flatMap(({ record }) =>
    record.fields.flatMap(({ name, aliases }) => [name, ...aliases.map((alias) => alias.name)]),
  );
  return nextName(old.name, (wanted) => taken.includes(wanted));
}

function typeWords(text: string, { type }: Field): string {
  if (type.kind === 'record' || type.kind === 'enum' || type.kind === 'fixed') return type.name.simple;
  const words = text.slice(type.span.start, type.span.end).replaceAll(/\s+/g, ' ');
  return /^"[^"]*"$/.test(words) ? words.slice(1, -1) : words.length <= 40 ? words : type.kind;
}

type Attempt = readonly Edit[] | undefined;

/** The field is as it was: one of the same type is added. */
function beside({ home }: Subject, now: Field, words: string, name = ''): readonly Attempt[] {
  const syntax = syntaxOf(home.file);
  const place = syntax.spanOf(home.text, now);
  const kept = syntax.rewrite(home.text, now, { deprecated: words });
  const copy = syntax.rewrite(home.text, now, { name, defaulted: true, without: () => true, referring: true });
  if (kept === undefined || copy === undefined) return [];
  return [[replace(place, syntax.join(home.text, place, [kept, copy]))]];
}

/** The field was changed, renamed or removed: it stands again, in front of what took its place. */
function instead({ home, was, old, now }: Subject, words: string, name: string | undefined): readonly Attempt[] {
  const syntax = syntaxOf(home.file);
  const { text } = home;
  const again = (referring: object) => {
    const declaration = syntax.rewrite(was.text, old, { deprecated: words, ...referring });
    return declaration === undefined ? [] : [withEol(declaration, eolOf(text))];
  };
  const olds = [...again({}), ...again({ referring: true })];
  if (now === undefined) {
    const edits = olds.map((declaration) =>
      syntax.insert(text, home.record, placeOf(old, was.record, home.record), declaration),
    );
    return edits.map((edit) => edit && [edit]);
  }
  const next = syntax.rewrite(text, now, {
    ...(name === undefined ? {} : { name }),
    defaulted: true,
    without: (alias) => alias === old.name,
  });
  if (next === undefined) return [];
  const place = syntax.spanOf(text, now);
  const orders = [...olds.map((each) => [each, next]), ...olds.map((each) => [next, each])];
  return orders.map((each) => [replace(place, syntax.join(text, place, each))]);
}

/** Whether readers and writers can tell them apart. */
function same(old: Field, now: Field): boolean {
  if (old === now) return true;
  return (
    old.name === now.name &&
    sameUse(old.type, now.type) &&
    sameDefault(old.default, now.default) &&
    sameProps(old.props, now.props)
  );
}
