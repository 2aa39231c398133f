import { type EvolveTarget, splitElement } from '../../../evolution.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import { isSuccessor } from '../../../succession.ts';
import type { Tree } from '../../../tree.ts';
import { fieldAround, sharesType } from '../fixes/locate.ts';
import type { AvroSet } from '../link.ts';
import { readTree } from '../read.ts';
import type { AvroFile, Field, RecordSchema } from '../schema.ts';
import { sameUse } from '../shape.ts';

export interface FoundRecord {
  readonly record: RecordSchema;
  readonly file: AvroFile;
  readonly path: string;
  readonly text: string;
}

/** A field as readers and writers know it, and the one that is to take over where there is one already. */
export interface Subject {
  readonly set: AvroSet;
  /** Its record of now. */
  readonly home: FoundRecord;
  /** Its record as the baseline has it; that of now where there is none. */
  readonly was: FoundRecord;
  readonly old: Field;
  readonly now: Field | undefined;
}

export function subjectOf(request: CompareRequest, target: EvolveTarget): Subject | Refused | undefined {
  const set = readTree(request.after);
  const element = 'element' in target ? target.element : elementAt(set, target);
  if (element === undefined || typeof element === 'object') return element;
  const { parent, name } = splitElement(element);
  const [baseline] = request.before;
  const home = findRecord(request.after, target.path, parent);
  const was = baseline === undefined ? home : findRecord(baseline.tree, target.path, parent);
  if (home === undefined) return undefined;
  const standing = byName(home.record, name);
  if (was === undefined) return standing && { refused: `Nobody uses ${name} yet: change it as it is.` };
  const old = byName(was.record, name) ?? (standing && origin(home.record, was.record, standing));
  if (old === undefined) return standing && { refused: `Nobody uses ${name} yet: change it as it is.` };
  const now = byName(home.record, old.name) ?? successor(home.record, was.record, old);
  return refusedFor(was, old) ?? (now && refusedFor(home, now)) ?? { set, home, was, old, now };
}

/** At the path, else in whatever file has a record of the name. */
export function findRecord(tree: Tree, path: string, fullName: string): FoundRecord | undefined {
  const { files } = readTree(tree);
  const own = files.get(path);
  const all = own === undefined ? [...files] : [[path, own] as const, ...files];
  for (const [each, file] of all) {
    const record = file.types.get(fullName);
    if (record?.kind === 'record') return { record, file, path: each, text: file.content.text };
  }
  return undefined;
}

export function byName({ fields }: RecordSchema, name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

function elementAt(
  { files }: AvroSet,
  { path, offset }: Extract<EvolveTarget, { offset: number }>,
): string | undefined {
  const file = files.get(path);
  const found = file && fieldAround(file, { start: offset, end: offset });
  return found && `${found.record.name.full}.${found.field.name}`;
}

function refusedFor({ file, record }: FoundRecord, field: Field): Refused | undefined {
  return file.syntax === 'idl' && sharesType(record, field)
    ? { refused: 'Other fields stand behind the same type: write them apart first.' }
    : undefined;
}

/** The field that a new one was: by its alias, or where one went and one came under a name that goes on from it. */
function origin(now: RecordSchema, before: RecordSchema, field: Field): Field | undefined {
  if (byName(before, field.name) !== undefined) return undefined;
  const { added, gone } = moved(now, before);
  const alias = gone.find(({ name }) => field.aliases.some((each) => each.name === name));
  if (alias !== undefined) return alias;
  const [old] = gone;
  if (old === undefined || gone.length > 1 || added.length > 1) return undefined;
  return isSuccessor(old.name, field.name, sameUse(old.type, field.type)) ? old : undefined;
}

function successor(now: RecordSchema, before: RecordSchema, old: Field): Field | undefined {
  return now.fields.find((field) => origin(now, before, field) === old);
}

function moved(now: RecordSchema, before: RecordSchema) {
  return {
    added: now.fields.filter(({ name }) => byName(before, name) === undefined),
    gone: before.fields.filter(({ name }) => byName(now, name) === undefined),
  };
}
