import type { BaseSnapshot, TargetSnapshot } from '#core/model/migration.ts';
import type { Project } from '#core/model/project.ts';
import type { FileContent, FilePath } from '#core/model/text.ts';
import type { Service, Snapshot } from '#core/service.ts';
import { patched } from '#core/text/patched.ts';
import { createBaselines } from './baselines.ts';
import { type Elsewhere, elsewhere } from './elsewhere.ts';
import { listFiles } from './files/list.ts';
import { readContent } from './files/read.ts';
import { isBuilt, isRelevant, namePattern } from './files/relevant.ts';
import { sameContent, sameFiles } from './files/same.ts';
import { findRepository, isBusy, isIgnored, type Repository, readBase } from './git/base.ts';
import { createLiveBases } from './git/live-bases.ts';
import { createReadTree, type ReadTree } from './git/trees.ts';

export interface WorkspaceOptions {
  readonly roots: readonly FilePath[];
  /** False in an untrusted workspace: git is not run and nothing is connected to. */
  readonly trusted: boolean;
  readonly overrides: NonNullable<Snapshot['overrides']>;
  /** Over the configured base branch. */
  readonly base?: string;
  readonly all?: boolean;
  readonly loose?: readonly FilePath[];
  /** Folders that were named: indexed even where git ignores them, and where their name says that they are built. */
  readonly named?: readonly FilePath[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => string;
}

/**
 * The world outside as a value: files, git and histories, with unsaved editor texts over the disk. Every method that
 * changes something leaves a new `snapshot`; contents that did not change keep their identity.
 */
export interface Workspace {
  readonly snapshot: Snapshot;
  readonly repositories: ReadonlyMap<FilePath, Repository>;
  /** What else has to be watched. An untrusted workspace reads nothing elsewhere. */
  readonly elsewhere: readonly Elsewhere[];
  readonly options: WorkspaceOptions;
  /**
   * Lists and reads everything again. The old snapshot stays until the new one is complete, and also when nothing has
   * changed. Loads run one after the other.
   */
  load(): Promise<void>;
  /** Reads some files again: saved, created, deleted. */
  refresh(paths: readonly FilePath[]): void;
  /** The text of an open document; undefined: it was closed. */
  overlay(path: FilePath, text: string | undefined): void;
  readBases(): Promise<void>;
  /**
   * A contract that is being changed has older states than the one that it is compared with, which were not read as long as it was what
   * it had been. Undefined where there is nothing to read.
   */
  readOlderStates(path: FilePath): Promise<void> | undefined;
  /** What earlier processes remember of the projects. */
  setMemories(memories: ReadonlyMap<string, readonly string[]>): void;
  setTargets(project: string, targets: readonly TargetSnapshot[]): void;
  configure(options: Partial<WorkspaceOptions>): void;
  /** Files outside every project that are to be judged by themselves. */
  addLoose(paths: readonly FilePath[]): void;
}

export function createWorkspace(service: Service, initial: WorkspaceOptions): Workspace {
  let options = initial;
  let snapshot: Snapshot = emptySnapshot(options);
  const live = createLiveBases(snapshot.bases);
  let repositories = new Map<FilePath, Repository>();
  let disk: ReadonlyMap<FilePath, FileContent> = new Map();
  let loading: Promise<void> = Promise.resolve();
  /** Read again by `refresh` while a load was under way, which may have seen them as they were before. */
  const touched = new Set<FilePath>();
  const overlays = new Map<FilePath, FileContent>();
  /** Of files whose project is not UTF-8. */
  let encodings: ReadonlyMap<FilePath, string> = new Map();
  const patterns = service.configPatterns().map(namePattern);
  const contracts = createBaselines(service, () => options, patterns);

  const publish = (change: Partial<Snapshot>) => {
    snapshot = { ...snapshot, now: options.now(), ...change };
  };
  const overlaid = (below: ReadonlyMap<FilePath, FileContent>) => {
    const open = [...overlays].filter(([path]) => accepts(path) || below.has(path));
    return patched(below, new Map(open));
  };
  /** Open texts over the disk; the very map of the last snapshot (or of another) where nothing differs. */
  const merged = (below: ReadonlyMap<FilePath, FileContent> = disk, last = snapshot.files) => {
    const files = overlaid(below);
    return sameFiles(last, files) ? last : files;
  };
  /** The snapshot keeps its identity, and so everything derived from it, where the files do. */
  const publishFiles = (paths: readonly FilePath[], files = merged()) => {
    if (files !== snapshot.files) publish({ files, bases: live.after(paths, files) });
  };
  /** What git said of the bases, under the texts that are open by now; the very same where nothing differs. */
  const basesNow = (bases: Snapshot['bases'], below: ReadonlyMap<FilePath, FileContent>, files: Snapshot['files']) => {
    live.asked(bases, below);
    const now = live.after(overlays.keys(), files);
    return sameBases(snapshot.bases, now) ? snapshot.bases : now;
  };
  const accepts = (path: FilePath) => rootsOf(options, path).some((root) => isRelevant(path, root, patterns));

  const workspace: Workspace = {
    get snapshot() {
      return snapshot;
    },
    get repositories() {
      return repositories;
    },
    get elsewhere() {
      const { baselines } = service.workspace(snapshot);
      return options.trusted ? elsewhere(options.base === undefined ? baselines : [], repositories.values()) : [];
    },
    get options() {
      return options;
    },
    load() {
      loading = loading.then(loadAll, loadAll);
      return loading;
    },
    refresh(paths) {
      const read = new Map<FilePath, FileContent | undefined>();
      for (const path of paths) {
        if (!accepts(path) && !disk.has(path)) continue;
        touched.add(path);
        read.set(path, readAgain(disk.get(path), path, encodings.get(path) ?? encodingOf(path)));
      }
      disk = patched(disk, read);
      publishFiles(paths);
    },
    overlay(path, text) {
      const saved = disk.get(path);
      if (overlays.get(path)?.text === text) return;
      // An editor's text has no byte order mark, whatever the file begins with.
      const isSaved = saved !== undefined && (saved.text === text || saved.text === `\ufeff${text}`);
      if (text === undefined) overlays.delete(path);
      else overlays.set(path, isSaved ? saved : { path, text });
      // A keystroke always differs: comparing would cost more than it saves.
      publishFiles([path], text === undefined || isSaved ? merged() : overlaid(disk));
    },
    async readBases() {
      const readTree = createReadTree();
      const { bases, found } = await basesOf(service, snapshot, options, readTree);
      const baselines = await contracts.read({ bases, found, at: snapshot, files: disk, readTree });
      repositories = found;
      const now = basesNow(bases, disk, snapshot.files);
      if (now !== snapshot.bases || baselines !== snapshot.baselines) publish({ bases: now, baselines });
    },
    readOlderStates(path) {
      if (!contracts.isNewlyEdited(path, snapshot)) return undefined;
      const read = async () => {
        const { bases } = snapshot;
        const readTree = createReadTree();
        const baselines = await contracts.read({ bases, found: repositories, at: snapshot, files: disk, readTree });
        if (baselines !== snapshot.baselines) publish({ baselines });
      };
      loading = loading.then(read, read);
      return loading;
    },
    setMemories(memories) {
      publish({ memories });
    },
    setTargets(project, targets) {
      publish({ targets: new Map([...snapshot.targets, [project, targets] as const]) });
    },
    addLoose(paths) {
      options = { ...options, loose: paths };
      disk = patched(disk, new Map(paths.map((path) => [path, readAgain(disk.get(path), path, undefined)])));
      publish({ files: merged(), loose: paths, bases: [...snapshot.bases, ...looseBases(paths, options)] });
    },
    configure(change) {
      options = { ...options, ...change };
      // Roots follow with the load that reads them: until then the old ones stay, with their files.
      publish({ overrides: options.overrides, ...(options.all === undefined ? {} : { all: options.all }) });
    },
  };

  async function loadAll(): Promise<void> {
    const { roots } = options;
    touched.clear();
    const folders = [...roots, ...(await ignoredFolders(options)), ...builtFolders(options)];
    const next = await untilSettled(async () => {
      const lists = await Promise.all(folders.map((folder) => listFiles(folder, patterns, options.trusted)));
      return readAll(disk, new Set([...lists.flat(), ...(options.loose ?? [])]), encodings);
    });
    const ahead = (): Snapshot => {
      const files = merged(next);
      return files === snapshot.files && sameList(snapshot.roots, roots) ? snapshot : { ...snapshot, roots, files };
    };
    const first = ahead();
    const at = redecode(next, first) ? ahead() : first;
    const readTree = createReadTree();
    const { bases, found } = await basesOf(service, at, options, readTree);
    for (const path of touched) readInto(next, path, encodings.get(path));
    const baselines = await contracts.read({ bases, found, at, files: next, readTree });
    disk = next;
    repositories = found;
    const files = merged(disk, at.files);
    const now = basesNow(bases, disk, files);
    const isSame =
      files === snapshot.files &&
      now === snapshot.bases &&
      baselines === snapshot.baselines &&
      sameList(snapshot.roots, roots);
    if (!isSame) publish({ roots, files, bases: now, baselines });
  }

  /** What was read while git wrote the work tree is read again. A lock that stays for ten seconds was left behind. */
  async function untilSettled<T>(read: () => Promise<T>): Promise<T> {
    const busy = () => [...repositories.values()].some(isBusy);
    const end = performance.now() + 10_000;
    for (;;) {
      while (busy() && performance.now() < end) await new Promise((resume) => setTimeout(resume, 50));
      const result = await read();
      if (!busy() || performance.now() >= end) return result;
    }
  }

  /** Files of projects that are not UTF-8 are read again in their encoding, once that is known. False: there are none. */
  function redecode(files: Map<FilePath, FileContent>, at: Snapshot): boolean {
    const projects = service.workspace(at).projects.map(({ project }) => project);
    encodings = encodingsIn(projects, files.keys());
    for (const [path, encoding] of encodings) readInto(files, path, encoding);
    return encodings.size > 0;
  }

  /** Of a file that no load has seen. */
  function encodingOf(path: FilePath): string | undefined {
    return service.fileInfo(snapshot, path).project?.encoding;
  }

  return workspace;
}

function sameBases(a: Snapshot['bases'], b: Snapshot['bases']): boolean {
  return a.length === b.length && a.every(({ root, base }, i) => root === b[i]?.root && sameBase(base, b[i]?.base));
}

function sameBase(a: BaseSnapshot, b: BaseSnapshot | undefined): boolean {
  return (
    b !== undefined &&
    a.ref === b.ref &&
    a.commit === b.commit &&
    a.problem === b.problem &&
    sameList([...a.mergeBase], [...b.mergeBase]) &&
    sameList([...a.tip], [...b.tip]) &&
    sameList([...a.changed].flat(), [...b.changed].flat())
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Reads in slices, so that nothing waits long; the old index stays whole until the new one is. */
async function readAll(
  disk: ReadonlyMap<FilePath, FileContent>,
  paths: ReadonlySet<FilePath>,
  encodings: ReadonlyMap<FilePath, string>,
) {
  const next = new Map<FilePath, FileContent>();
  let slice = performance.now();
  for (const path of paths) {
    const old = disk.get(path);
    if (old !== undefined) next.set(path, old);
    readInto(next, path, encodings.get(path));
    if (performance.now() - slice < 8) continue;
    await new Promise((resume) => setImmediate(resume));
    slice = performance.now();
  }
  return next;
}

function encodingsIn(projects: readonly Project[], paths: Iterable<FilePath>): ReadonlyMap<FilePath, string> {
  const encoded = projects.filter(({ encoding }) => encoding !== undefined);
  const found = new Map<FilePath, string>();
  if (encoded.length === 0) return found;
  for (const path of paths) {
    const owner = encoded.find(({ locations }) => locations.some(({ folder }) => path.startsWith(`${folder}/`)));
    if (owner?.encoding !== undefined) found.set(path, owner.encoding);
  }
  return found;
}

/** An equal text keeps the old object, and with it everything derived from it. */
function readAgain(
  old: FileContent | undefined,
  path: FilePath,
  encoding: string | undefined,
): FileContent | undefined {
  const content = readContent(path, encoding);
  return old !== undefined && sameContent(old, content) ? old : content;
}

function readInto(files: Map<FilePath, FileContent>, path: FilePath, encoding: string | undefined): void {
  const content = readAgain(files.get(path), path, encoding);
  if (content === undefined) files.delete(path);
  else files.set(path, content);
}

async function ignoredFolders({ named = [], trusted }: WorkspaceOptions): Promise<readonly FilePath[]> {
  const ignored: FilePath[] = [];
  for (const folder of named) if (trusted && (await isIgnored(folder))) ignored.push(folder);
  return ignored;
}

/** Unless a base was asked for, a file that is judged by itself has an unknown past, whatever branch it stands on. */
function looseBases(paths: readonly FilePath[], { base }: WorkspaceOptions): Snapshot['bases'] {
  return base === undefined ? paths.map((root) => ({ root, base: noBase('no-base') })) : [];
}

function builtFolders({ named = [], roots }: WorkspaceOptions): readonly FilePath[] {
  return named.filter((folder) => roots.some((root) => isBuilt(folder, root)));
}

async function basesOf(service: Service, snapshot: Snapshot, options: WorkspaceOptions, readTree: ReadTree) {
  const wanted = service.workspace(snapshot).bases;
  const found = new Map<FilePath, Repository>();
  const bases: Snapshot['bases'][number][] = [];
  for (const root of options.roots) {
    const repository = options.trusted ? await findRepository(root) : undefined;
    if (repository === undefined) {
      bases.push({ root, base: noBase(options.trusted ? 'no-git' : 'untrusted') });
      continue;
    }
    found.set(root, repository);
    const ref = options.base ?? wanted.find((each) => each.root === root)?.ref;
    if (root !== repository.root && (await isIgnored(root))) bases.push({ root, base: noBase('ignored') });
    else bases.push({ root: repository.root, base: await readBase(repository, ref, options.env, readTree) });
  }
  for (const folder of await ignoredFolders(options)) bases.push({ root: folder, base: noBase('ignored') });
  return { bases, found };
}

function noBase(problem: NonNullable<BaseSnapshot['problem']>): BaseSnapshot {
  return { problem, mergeBase: new Set(), tip: new Set(), changed: new Map() };
}

function rootsOf(options: WorkspaceOptions, path: FilePath): readonly FilePath[] {
  return options.roots.filter((root) => path.startsWith(`${root}/`));
}

function emptySnapshot(options: WorkspaceOptions): Snapshot {
  return {
    files: new Map(),
    roots: options.roots,
    bases: options.roots.map((root) => ({
      root,
      base: noBase('no-git'),
    })),
    targets: new Map(),
    now: options.now(),
    overrides: options.overrides,
    ...(options.loose === undefined ? {} : { loose: options.loose }),
    ...(options.all === undefined ? {} : { all: options.all }),
  };
}
