import { patched } from '../../../../text/patched.ts';
import type { FieldDescriptor, FileDescriptor, ProtoSet } from '../descriptor.ts';
import type { ProtoProblem, ProtoSyntax } from '../syntax/tree.ts';
import { affected, type Changes, changesOf } from './changes.ts';
import { checkCustomOptions, type OptionCheck, type SetLookup } from './checks/custom-options.ts';
import { conflicts } from './conflicts.ts';
import { importCycles } from './cycles.ts';
import { recall, remember, type Sight } from './meanings.ts';
import type { Declared, Outline } from './outline.ts';
import { nextIndex, type PathIndex } from './path-index.ts';
import { noRows, type Rows, rowChanges } from './rows.ts';
import { Scope } from './scope.ts';
import { type LinkedUnit, linkUnit } from './unit.ts';
import { isBuiltIn, wellKnown } from './well-known/index.ts';

/** A file with what its linking depended on. */
export interface LinkedFile {
  readonly outline: Outline;
  readonly unit: LinkedUnit;
  /** Paths of the files that it sees, and of imports that are not there. */
  readonly sees: ReadonlySet<string>;
}

interface State {
  readonly given: ReadonlyMap<string, ProtoSyntax>;
  readonly files: ReadonlyMap<string, LinkedFile>;
  /** Path -> paths of files that see it, or would see it if it were there. */
  readonly seenBy: PathIndex;
  /** By package. */
  readonly packages: PathIndex;
  /** The same object as long as no file comes or goes and none imports anything else. */
  readonly wiring: Wiring;
  readonly declarations: Rows<Declared>;
  readonly extensions: Rows<FieldDescriptor>;
  /** Of files that have problems of their own. */
  readonly problems: ReadonlyMap<string, readonly ProtoProblem[]>;
  /** Of files that use options of users. */
  readonly optionChecks: ReadonlyMap<string, OptionCheck>;
  readonly set: ProtoSet;
}

export interface Wiring {
  readonly cycles: ProtoSet['problems'];
}

const states = new WeakMap<ProtoSet, State>();

const nothing: State = {
  given: new Map(),
  files: new Map(),
  seenBy: new Map(),
  packages: new Map(),
  wiring: { cycles: [] },
  declarations: noRows(),
  extensions: noRows(),
  problems: new Map(),
  optionChecks: new Map(),
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
 * tree and whose names' meanings are the same keep their identity, also where the previous set is another side of a comparison.
 */
export function linkProtos(files: ReadonlyMap<string, ProtoSyntax>, previous?: ProtoSet): ProtoSet {
  wellKnownState ??= next(new Map(), nothing);
  const state = next(files, (previous && states.get(previous)) ?? wellKnownState);
  states.set(state.set, state);
  return state.set;
}

/** What editors ask of a set: built-in files too, and what a name means at a place. */
export interface Lookup {
  file(path: string): FileDescriptor | undefined;
  declared(fullName: string): Declared | undefined;
  /** What the file sees. */
  scope(path: string): Scope;
  outlines(): readonly Outline[];
  sees(path: string): ReadonlySet<string>;
  /** Paths of other files than its own that asked for the name when they were linked. */
  askers(fullName: string): Iterable<string>;
  /** Paths of the package's files. */
  packaged(name: string): Iterable<string>;
  readonly wiring: Wiring;
}

export function lookupIn(set: ProtoSet): Lookup {
  const { files, declarations, seenBy, packages, wiring } = states.get(set) ?? nothing;
  const sees = (path: string): ReadonlySet<string> => files.get(path)?.sees ?? new Set();
  return {
    file: (path) => files.get(path)?.unit.file,
    declared: (fullName) => declarations.first.get(fullName),
    scope: (path) =>
      new Scope(
        declarations,
        [...sees(path)].map((each) => files.get(each)?.outline.package),
        sees(path),
      ),
    outlines: () => [...files.values()].map(({ outline }) => outline),
    sees,
    askers: (name) => {
      const row = declarations.several.get(name) ?? [declarations.first.get(name)];
      const paths = new Set(row.flatMap((declared) => [...(seenBy.get(declared?.outline.path ?? '') ?? [])]));
      return [...paths].filter((path) => files.get(path)?.unit.asked.has(name) === true);
    },
    packaged: (name) => packages.get(name) ?? [],
    wiring,
  };
}

function next(given: ReadonlyMap<string, ProtoSyntax>, former: State): State {
  const changes = changesOf(former, given, wellKnown());
  const declarations = nextDeclarations(former.declarations, changes);
  const again = affected(changes);
  const outlineAt = (path: string): Outline | undefined =>
    changes.after.has(path) ? changes.after.get(path) : former.files.get(path)?.outline;
  const changed = new Map<string, LinkedFile | undefined>();
  for (const path of [...changes.after.keys(), ...again]) {
    const old = former.files.get(path);
    if (old !== undefined) {
      const sight = sightOf(old.outline, (each) => former.files.get(each)?.outline);
      remember({ linked: old, sight, declarations: former.declarations });
    }
    const outline = outlineAt(path);
    changed.set(path, outline && linkFile(outline, outlineAt, declarations));
  }
  return settled(former, given, changed, declarations);
}

function nextDeclarations(former: Rows<Declared>, { before, after }: Changes): Rows<Declared> {
  const changes = rowChanges(former, {
    gone: [...after.keys()].flatMap((path) => before.get(path)?.outline.declared ?? []),
    come: [...after.values()].flatMap((outline) => outline?.declared ?? []),
    name: ({ name }) => name,
    order: (a, b) => byPath(a.outline.path, b.outline.path) || a.span.start - b.span.start,
  });
  return { first: patched(former.first, changes.first), several: patched(former.several, changes.several) };
}

function linkFile(
  outline: Outline,
  outlineAt: (path: string) => Outline | undefined,
  declarations: Rows<Declared>,
): LinkedFile {
  const sight = sightOf(outline, outlineAt);
  const known = recall(outline, sight, declarations);
  if (known !== undefined) return known;
  const sees = new Set(sight.keys());
  const scope = new Scope(declarations, sight.values(), sees);
  return { outline, sees, unit: linkUnit(outline, scope, (path) => outlineAt(path) !== undefined) };
}

/** The file itself, what it imports, and what those import publicly. */
function sightOf(outline: Outline, outlineAt: (path: string) => Outline | undefined): Sight {
  const sight = new Map<string, string | undefined>([[outline.path, outline.package]]);
  const look = (path: string): void => {
    if (sight.has(path)) return;
    const shown = outlineAt(path);
    sight.set(path, shown?.package);
    for (const { modifier, path: target } of shown?.imports ?? [])
      if (modifier?.text === 'public' && target !== undefined) look(target.text);
  };
  for (const { path } of outline.imports) if (path !== undefined) look(path.text);
  return sight;
}

/** The former state with what the changed files had taken out and what they have put in. */
function settled(
  former: State,
  given: State['given'],
  changed: ReadonlyMap<string, LinkedFile | undefined>,
  declarations: Rows<Declared>,
): State {
  const files = patched(former.files, changed);
  const gone = [...changed.keys()].flatMap((path) => former.files.get(path)?.unit ?? []);
  const come = [...changed.values()].flatMap((file) => file?.unit ?? []);
  const table = <T extends { readonly fullName: string }>(of: (unit: LinkedUnit) => readonly T[]) => {
    const changes = new Map<string, T | undefined>();
    for (const unit of gone) for (const { fullName } of of(unit)) changes.set(fullName, undefined);
    for (const unit of come) for (const element of of(unit)) changes.set(element.fullName, element);
    if (declarations.several.size > 0)
      for (const name of changes.keys()) {
        const row = declarations.several.get(name);
        if (row === undefined) continue;
        // Of several with one name the first path has it, whatever changed last.
        const owner = files.get(row[0]?.outline.path ?? '');
        changes.set(name, owner && of(owner.unit).find(({ fullName }) => fullName === name));
      }
    return changes;
  };
  const rows = rowChanges(former.extensions, {
    gone: gone.flatMap((unit) => unit.extensions),
    come: come.flatMap((unit) => unit.extensions),
    name: ({ extendee, number }) => `${extendee} ${number}`,
    order: (a, b) => byPath(a.file.path, b.file.path) || a.span.start - b.span.start,
  });
  const extensions: Rows<FieldDescriptor> = {
    first: patched(former.extensions.first, rows.first),
    several: patched(former.extensions.several, rows.several),
  };
  const problems = patched(former.problems, problemChanges(former.problems, changed));
  const wiring = changesImports(former.files, changed) ? { cycles: importCycles(files) } : former.wiring;
  const { set } = former;
  const messages = patched(
    set.messages,
    table((unit) => unit.messages),
  );
  const enums = patched(
    set.enums,
    table((unit) => unit.enums),
  );
  const optionChecks = patched(
    former.optionChecks,
    optionChanges(former.optionChecks, changed, files, {
      message: (name) => messages.get(name),
      enumeration: (name) => enums.get(name),
      extension: (name) => {
        const path = declarations.first.get(name)?.outline.path;
        return path === undefined ? undefined : files.get(path)?.unit.extensions.find((it) => it.fullName === name);
      },
    }),
  );
  return {
    given,
    files,
    seenBy: nextIndex(former.seenBy, former.files, changed, ({ sees }) => sees),
    packages: nextIndex(former.packages, former.files, changed, ({ outline }) => new Set([outline.package])),
    wiring,
    declarations,
    extensions,
    problems,
    optionChecks,
    set: {
      files: patched(set.files, fileChanges(set.files, changed)),
      messages,
      enums,
      services: patched(
        set.services,
        table(({ services }) => services),
      ),
      extensions: extensions.first,
      problems: [
        ...[...problems].flatMap(([path, own]) => own.map(({ span, message }) => ({ path, span, message }))),
        ...[...optionChecks].flatMap(([path, check]) => check.problems.map((problem) => ({ path, ...problem }))),
        ...conflicts(declarations.several, extensions.several),
        ...wiring.cycles,
      ],
    },
  };
}

/** Options are checked again where they stand in a changed file, or look into one. */
function optionChanges(
  former: State['optionChecks'],
  changed: ReadonlyMap<string, LinkedFile | undefined>,
  files: ReadonlyMap<string, LinkedFile>,
  lookup: SetLookup,
): ReadonlyMap<string, OptionCheck | undefined> {
  const changes = new Map<string, OptionCheck | undefined>();
  const check = (path: string): void => {
    const options = files.get(path)?.unit.customOptions ?? [];
    if (options.length > 0) changes.set(path, checkCustomOptions(options, lookup));
    else if (former.has(path)) changes.set(path, undefined);
  };
  for (const path of changed.keys()) check(path);
  for (const [path, { paths }] of former) {
    if (changes.has(path)) continue;
    for (const seen of paths)
      if (changed.has(seen)) {
        check(path);
        break;
      }
  }
  return changes;
}

function changesImports(
  former: ReadonlyMap<string, LinkedFile>,
  changed: ReadonlyMap<string, LinkedFile | undefined>,
): boolean {
  const importsOf = (file: LinkedFile | undefined) => file?.outline.imports.map(({ path }) => path?.text).join('\n');
  for (const [path, file] of changed) if (importsOf(former.get(path)) !== importsOf(file)) return true;
  return false;
}

/** Well-known files can be looked into but are not listed, unless they were given. */
function fileChanges(
  former: ReadonlyMap<string, FileDescriptor>,
  changed: ReadonlyMap<string, LinkedFile | undefined>,
): ReadonlyMap<string, FileDescriptor | undefined> {
  const changes = new Map<string, FileDescriptor | undefined>();
  for (const [path, file] of changed) {
    const listed = file !== undefined && !isBuiltIn(file.outline.syntax) ? file.unit.file : undefined;
    if (listed !== undefined || former.has(path)) changes.set(path, listed);
  }
  return changes;
}

function problemChanges(
  former: State['problems'],
  changed: ReadonlyMap<string, LinkedFile | undefined>,
): ReadonlyMap<string, readonly ProtoProblem[] | undefined> {
  const changes = new Map<string, readonly ProtoProblem[] | undefined>();
  for (const [path, file] of changed) {
    const own = file?.unit.problems ?? [];
    if (own.length > 0 || former.has(path)) changes.set(path, own.length > 0 ? own : undefined);
  }
  return changes;
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
