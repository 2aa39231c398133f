import { defaultValidity, type Knowledge } from './defaults.ts';
import { describe } from './describe.ts';
import { printJson } from './json/value.ts';
import type { AvroSet } from './link.ts';
import { branchName } from './parse/reading.ts';
import {
  type AvroFile,
  type Field,
  isPrimitive,
  type RecordSchema,
  type ReferenceSchema,
  type Schema,
  type SchemaProblem,
  type UnionSchema,
} from './schema.ts';

/**
 * What only the whole shows: names that nothing defines, defaults that do not fit, branches that turn out to be one type. Apache's
 * parser judges a default twice: where it stands, when a type that follows is still an empty record, and once all names are resolved,
 * when a record that the default leads back to has no fields yet. Both are kept, for it refuses the schema either way.
 */
export function checkFile(
  file: AvroFile,
  { find, imports }: Pick<AvroSet, 'find' | 'imports'>,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const report = (problem: SchemaProblem): void => {
    problems.push(problem);
  };
  const missing = imports(file);
  for (const one of missing)
    report({
      span: one.span,
      message: `${one.path} is not beside this file; what it defines is not known.`,
      harmless: true,
    });
  for (const reference of file.references)
    if (find(reference) === undefined)
      report({
        span: reference.span,
        message: `Undefined schema: ${reference.name}`,
        ...(missing.length > 0 ? { harmless: true } : {}),
      });
  const parameters = (file.protocol?.messages ?? []).flatMap(({ request }) => request);
  // IDL leaves what it cannot judge yet to the second time.
  if (file.syntax === 'json') {
    const knowledge: Knowledge = {
      follow: ({ known, name }) => known ?? (file.types.has(name) ? 'empty' : undefined),
      isComplete: () => true,
    };
    for (const root of rootsOf(file)) for (const field of fieldsOf(root)) checkFirst(field, knowledge, report);
    for (const field of parameters) checkFirst(field, knowledge, report);
  }
  resolve(file, find, report);
  for (const field of parameters) checkAgain(field, { follow: find, isComplete: () => true }, report);
  return distinctProblems(problems);
}

function rootsOf({ main, types, protocol }: AvroFile): readonly Schema[] {
  const roots: Schema[] = [...types.values()];
  if (main !== undefined) roots.push(main);
  for (const { request, response, errors } of protocol?.messages ?? [])
    roots.push(...request.map(({ type }) => type), response, ...errors);
  return roots;
}

/** Fields of a type itself, not of those that it names. */
function fieldsOf(schema: Schema): readonly Field[] {
  return schema.kind === 'record' && !isFlawless(schema) ? schema.fields : [];
}

type Report = (problem: SchemaProblem) => void;

function checkFirst(field: Field, knowledge: Knowledge, report: Report): void {
  if (isFlawless(field) || field.default === undefined) return;
  if (defaultValidity(field.type, field.default, knowledge) !== 'valid') report(invalidDefault(field));
}

/** Nothing was wrong when it was read by itself, and nothing around it matters. */
function isFlawless({ meaning }: { readonly meaning?: unknown }): boolean {
  return meaning !== undefined;
}

function invalidDefault(field: Field): SchemaProblem {
  const value = field.default;
  const shown = value === undefined ? '' : printJson(value);
  return {
    span: value?.span ?? field.nameSpan,
    message: `Invalid default for field ${field.name}: ${shown} not a ${describe(field.type)}`,
  };
}

/** Visits types in the order in which Apache's resolver copies them; a record has its fields once all below it is copied. */
function resolve(file: AvroFile, find: (reference: ReferenceSchema) => Schema | undefined, report: Report): void {
  const complete = new Set<RecordSchema>();
  const started = new Set<Schema>();
  const knowledge: Knowledge = {
    follow: find,
    isComplete: (record) => complete.has(record) || isFlawless(record) || record.file !== file.content,
  };
  // All below a complete record is complete, or stands above it on the stack.
  const isComplete = (schema: Schema): boolean =>
    schema.kind === 'record' && (complete.has(schema) || isFlawless(schema));
  type Step = { readonly schema: Schema; readonly visited: Set<Schema>; readonly leave?: true };
  const steps: Step[] = [];
  const enter = ({ schema, visited }: Step): void => {
    if (schema.kind === 'reference') {
      const target = find(schema);
      if (target === undefined || target.file !== file.content) return;
      if (schema.known !== undefined) steps.push({ schema: target, visited });
      else if (!started.has(target)) steps.push({ schema: target, visited: new Set() });
      return;
    }
    const below = childrenOf(schema);
    if (below === undefined || visited.has(schema) || isComplete(schema)) return;
    visited.add(schema);
    started.add(schema);
    steps.push({ schema, visited, leave: true });
    for (const child of below) if (!isPrimitive(child.kind)) steps.push({ schema: child, visited });
  };
  const leave = (schema: Schema): void => {
    if (schema.kind === 'union') checkBranches(schema, find, report);
    if (schema.kind !== 'record' || complete.has(schema)) return;
    // What a primitive takes was clear the first time.
    for (const field of schema.fields)
      if (!isFlawless(field) && (file.syntax === 'idl' || !isPrimitive(field.type.kind)))
        checkAgain(field, knowledge, report);
    complete.add(schema);
  };
  for (const root of rootsOf(file)) {
    if (isComplete(root)) continue;
    steps.push({ schema: root, visited: new Set() });
    for (let step = steps.pop(); step !== undefined; step = steps.pop())
      if (step.leave === true) leave(step.schema);
      else enter(step);
  }
}

/** On a stack, so the last one is visited first: fields in their order, branches backwards. */
function childrenOf(schema: Schema): readonly Schema[] | undefined {
  switch (schema.kind) {
    case 'record':
      return schema.fields
        .filter((field) => !isFlawless(field))
        .map(({ type }) => type)
        .reverse();
    case 'union':
      return schema.branches;
    case 'array':
      return [schema.items];
    case 'map':
      return [schema.values];
    default:
      return undefined;
  }
}

function checkAgain(field: Field, knowledge: Knowledge, report: Report): void {
  if (field.default === undefined) return;
  const validity = defaultValidity(field.type, field.default, knowledge);
  if (validity === 'invalid') report(invalidDefault(field));
  if (validity === 'unset')
    report({
      span: field.default.span,
      message: 'Schema fields not set yet: the default leads back to the record that is being defined.',
    });
}

function checkBranches(
  { branches }: UnionSchema,
  find: (reference: ReferenceSchema) => Schema | undefined,
  report: Report,
): void {
  const names = new Set<string>();
  for (const branch of branches) {
    const name = branchName(branch.kind === 'reference' ? (find(branch) ?? branch) : branch);
    if (name === undefined) continue;
    if (names.has(name)) report({ span: branch.wordSpan, message: `Duplicate in union: ${name}` });
    names.add(name);
  }
}

function distinctProblems(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  return [...new Map(problems.map((one) => [`${one.span.start} ${one.message}`, one])).values()];
}
