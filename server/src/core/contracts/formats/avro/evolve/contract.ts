import { type ContractStep, type FieldEvolution, type Standing, splitElement } from '../../../evolution.ts';
import type { Refused } from '../../../language.ts';
import type { Tree } from '../../../tree.ts';
import { isWithin } from '../fixes/locate.ts';
import { type Edit, replace } from '../fixes/write.ts';
import type { Field, RecordSchema } from '../schema.ts';
import { firstReadable, halfWritten } from './readable.ts';
import { definitionsIn } from './rewriting.ts';
import { byName, type FoundRecord, findRecord } from './subject.ts';
import { syntaxOf } from './syntax.ts';

export function standing(tree: Tree, evolution: FieldEvolution): Standing {
  const found = find(tree, evolution);
  return 'kind' in found ? found : { kind: 'both', path: found.home.path, span: found.field.span };
}

/** The old field goes. What it defined moves to where it is used first. */
export function contract(tree: Tree, evolution: FieldEvolution): ContractStep | Refused {
  const found = find(tree, evolution);
  if ('kind' in found)
    return found.kind === 'broken' ? { refused: found.why } : { kind: 'contract', edits: [], notes: [] };
  const { home, field } = found;
  if (home.file.incomplete) return halfWritten;
  const edits = firstReadable(tree, home.path, [
    [syntaxOf(home.file).remove(home.text, field), ...movedDefinitions(home, field)],
  ]);
  if ('refused' in edits) return edits;
  const { replacement } = evolution;
  return {
    kind: 'contract',
    edits: edits.map((edit) => ({ path: home.path, ...edit })),
    notes: [
      replacement === undefined
        ? `No reader may need ${field.name} any more.`
        : `Every reader must use ${replacement} by now, and data in which only ${field.name} is set must be gone.`,
      field.default === undefined
        ? `Readers with an older schema fail on what is written from now on, because ${field.name} has no default (FORWARD and FULL report it).`
        : `Readers with an older schema see the default of ${field.name} in what is written from now on.`,
    ],
  };
}

export interface Found {
  readonly home: FoundRecord;
  readonly field: Field;
}

export function find(
  tree: Tree,
  { path, element, replacement }: FieldEvolution,
): Found | Exclude<Standing, { kind: 'both' }> {
  const { parent, name } = splitElement(element);
  const home = findRecord(tree, path, parent);
  if (home === undefined) return { kind: 'broken', why: `${parent} is not there any more.` };
  const field = byName(home.record, name);
  if (field === undefined) return { kind: 'gone' };
  return replacement === undefined || hasField(home.record, replacement)
    ? { home, field }
    : { kind: 'broken', why: `${replacement}, which is to take over, is not in ${parent}.` };
}

function hasField(record: RecordSchema, name: string): boolean {
  return byName(record, name) !== undefined;
}

function movedDefinitions({ file, text, record }: FoundRecord, field: Field): readonly Edit[] {
  return definitionsIn(field.type).flatMap((type) => {
    const uses = file.references.filter(
      ({ name, span }) => name === type.name.full && !isWithin(span, field.span) && isWithin(span, record.span),
    );
    const [first] = [...uses].sort((a, b) => a.span.start - b.span.start);
    return first === undefined ? [] : [replace(first.span, text.slice(type.span.start, type.span.end))];
  });
}
