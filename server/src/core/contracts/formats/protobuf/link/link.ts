import type { FieldDescriptor, FileDescriptor, ProtoSet } from '../descriptor.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';
import { affected, changesOf, declarationChanges } from './changes.ts';
import { type Outline, outlineOf } from './outline.ts';
import { patched } from './patched.ts';
import { type Declarations, Scope } from './scope.ts';
import { linkUnit, type Unit } from './unit.ts';
import { wellKnown } from './well-known/index.ts';

/** A file with what its linking depended on. */
export interface LinkedFile {
  readonly outline: Outline;
  readonly unit: Unit;
  /** Paths of the files that it sees, and of imports that are not there. */
  readonly sees: ReadonlySet<string>;
}

interface State {
  readonly files: ReadonlyMap<string, LinkedFile>;
  readonly declarations: Declarations;
  readonly set: ProtoSet;
}

const states = new WeakMap<ProtoSet, State>();

const nothing: State = {
  files: new Map(),
  declarations: new Map(),
  set: {
    files: new Map(),
    messages: new Map(),
    enums: new Map(),
    services: new Map(),
    extensions: new Map(),
    problems: [],
  },
};

let wellKnownState: State | undefined;

/**
 * Links files, given by import path, to one set. With a previous set only what differs is linked again: descriptors of files whose
 * tree and whose names' meanings are the same keep their identity.
 */
export function linkProtos(files: ReadonlyMap<string, ProtoSyntax>, previous?: ProtoSet): ProtoSet {
  wellKnownState ??= linked(new Map(), nothing);
  const state = linked(files, (previous && states.get(previous)) ?? wellKnownState);
  states.set(state.set, state);
  return state.set;
}

function linked(given: ReadonlyMap<string, ProtoSyntax>, former: State): State {
  const outlines = new Map<string, Outline>();
  for (const [path, syntax] of given) outlines.set(path, outlineOf(path, syntax));
  for (const [path, syntax] of wellKnown()) if (!outlines.has(path)) outlines.set(path, outlineOf(path, syntax));
  const changes = changesOf(former.files, outlines);
  const declarations = patched(former.declarations, declarationChanges(changes, former.declarations));
  const again = affected(changes);
  const files = new Map<string, LinkedFile>();
  for (const [path, outline] of outlines) {
    const known = again.has(path) ? undefined : former.files.get(path);
    files.set(path, known ?? linkFile(outline, outlines, declarations));
  }
  const set = nextSet(given, former, files, declarations, new Set([...again, ...changes.paths]));
  return { files, declarations, set };
}

function linkFile(outline: Outline, outlines: ReadonlyMap<string, Outline>, declarations: Declarations): LinkedFile {
  const sees = new Set([outline.path]);
  const visible = [outline];
  const look = (path: string): void => {
    if (sees.has(path)) return;
    sees.add(path);
    const next = outlines.get(path);
    if (next === undefined) return;
    visible.push(next);
    for (const { modifier, path: target } of next.imports)
      if (modifier?.text === 'public' && target !== undefined) look(target.text);
  };
  for (const { path } of outline.imports) if (path !== undefined) look(path.text);
  return { outline, sees, unit: linkUnit(outline, new Scope(declarations, visible), (path) => outlines.has(path)) };
}

/** The tables of the former set with what the given paths had taken out and what they have put in. */
function nextSet(
  given: ReadonlyMap<string, ProtoSyntax>,
  former: State,
  files: ReadonlyMap<string, LinkedFile>,
  declarations: Declarations,
  paths: ReadonlySet<string>,
): ProtoSet {
  const gone = unitsOf(former.files, paths);
  const come = unitsOf(files, paths);
  const table = <T extends { readonly fullName: string }>(of: (unit: Unit) => readonly T[]) => {
    const changes = changesOfTable(gone, come, of, ({ fullName }) => fullName);
    for (const name of changes.keys()) {
      const row = declarations.get(name);
      if (row === undefined || 'kind' in row) continue;
      // Of several with one name the first path has it, whatever changed last.
      const owner = files.get(row[0]?.outline.path ?? '');
      changes.set(name, owner && of(owner.unit).find(({ fullName }) => fullName === name));
    }
    return changes;
  };
  const { set } = former;
  const linkedFiles = new Map<string, FileDescriptor>();
  const problems: ProtoSet['problems'][number][] = [];
  for (const path of given.keys()) {
    const unit = files.get(path)?.unit;
    if (unit === undefined) continue;
    linkedFiles.set(path, unit.file);
    for (const problem of unit.problems) problems.push({ path, ...problem });
  }
  return {
    files: linkedFiles,
    messages: patched(
      set.messages,
      table(({ messages }) => messages),
    ),
    enums: patched(
      set.enums,
      table(({ enums }) => enums),
    ),
    services: patched(
      set.services,
      table(({ services }) => services),
    ),
    extensions: patched(
      set.extensions,
      changesOfTable(gone, come, ({ extensions }) => extensions, extensionKey),
    ),
    problems,
  };
}

export function extensionKey({ extendee, number }: FieldDescriptor): string {
  return `${extendee} ${number}`;
}

function changesOfTable<T>(
  gone: readonly Unit[],
  come: readonly Unit[],
  of: (unit: Unit) => readonly T[],
  key: (element: T) => string,
): Map<string, T | undefined> {
  const changes = new Map<string, T | undefined>();
  for (const unit of gone) for (const element of of(unit)) changes.set(key(element), undefined);
  for (const unit of come) for (const element of of(unit)) changes.set(key(element), element);
  return changes;
}

function unitsOf(files: ReadonlyMap<string, LinkedFile>, paths: ReadonlySet<string>): readonly Unit[] {
  const units: Unit[] = [];
  for (const path of paths) {
    const file = files.get(path);
    if (file !== undefined) units.push(file.unit);
  }
  return units;
}
