import type { Files } from '../migrations/tool.ts';
import type { Migration, StateEntry } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { Phase } from '../model/proposal.ts';
import type { FilePath } from '../model/text.ts';
import type { EvolutionStatus } from '../service.ts';
import { type Marker, markersIn } from './marker.ts';
import { planField, planFileName, planFilesIn } from './plan-file.ts';

export interface EvolutionInput {
  readonly project: Project;
  readonly files: Files;
  readonly evolutionsDir: FilePath;
  readonly migrations: readonly Migration[];
  /** States on the lint target, or on the base branch. */
  readonly entries: readonly StateEntry[];
}

type EvolutionFile = EvolutionStatus['files'][number];

/** Pairs by the marker comments of migrations and drafts; the link needs no database and survives a clone. */
export function readEvolutions(input: EvolutionInput): readonly EvolutionStatus[] {
  const found = new Map<string, { operation: string; files: EvolutionFile[] }>();
  const add = (marker: Marker, file: EvolutionFile) => {
    const known = found.get(marker.id) ?? { operation: marker.operation, files: [] };
    known.files.push(file);
    found.set(marker.id, known);
  };
  const applied = new Set(input.entries.filter(isApplied).map(({ id }) => id));
  for (const { file, id } of input.migrations) {
    for (const marker of markersIn(input.files.get(file)?.text ?? ''))
      add(marker, { path: file, phase: marker.phase, role: 'migration', applied: applied.has(id) });
  }
  for (const [path, { text }] of input.files) {
    if (!path.startsWith(`${input.evolutionsDir}/`)) continue;
    for (const marker of markersIn(text))
      add(marker, { path, phase: marker.phase, role: roleOf(path), applied: false });
  }
  // Migrations that were written by hand carry no marker when they are frozen: the plan file names them instead.
  for (const { id, text } of planFilesIn(input.files, input.evolutionsDir)) {
    const plan = planOf(text);
    for (const { phase, file: name } of plan.adopt) {
      const migration = input.migrations.find(({ file }) => file === name || file.endsWith(`/${name}`));
      if (migration === undefined) continue;
      const file = { path: migration.file, phase, role: 'migration', applied: applied.has(migration.id) } as const;
      add({ id, operation: plan.operation, phase }, file);
    }
  }
  return [...found]
    .map(([id, { operation, files }]) => statusOf(id, operation, files, input))
    .sort((a, b) => (a.ref.id < b.ref.id ? -1 : 1));
}

function isApplied({ state }: StateEntry): boolean {
  return state === 'applied' || state === 'on-base' || state === 'out-of-order' || state === 'outdated';
}

function roleOf(path: FilePath): EvolutionFile['role'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.startsWith('contract')) return 'draft';
  return name.startsWith('check') ? 'check' : 'script';
}

const order: readonly Phase[] = ['expand', 'sync', 'backfill', 'verify', 'switch', 'contract'];

function statusOf(
  id: string,
  operation: string,
  files: readonly EvolutionFile[],
  input: EvolutionInput,
): EvolutionStatus {
  const sorted = [...files].sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
  const plan = planFacts(input.files, input.evolutionsDir, id);
  const migrations = sorted.filter(({ role }) => role === 'migration');
  const drafts = sorted.filter(({ role }) => role === 'draft');
  const waiting = migrations.find(({ applied, phase }) => !applied && phase !== 'contract');
  const contract = migrations.filter(({ phase }) => phase === 'contract');
  const owed = owedFiles(plan.files, sorted);
  const { phase, next } = progress({
    waiting,
    contract,
    drafts,
    owed,
    minReleases: plan.minReleases,
    scripts: sorted.filter(({ role, phase: of }) => role === 'script' && of === 'backfill'),
  });
  return {
    ref: { id, operation, old: plan.old, new: plan.new, final: plan.final, names: {} },
    table: plan.table,
    phase,
    next,
    files: sorted,
    due: waiting === undefined && drafts.length > 0 && owed.length === 0,
  };
}

interface Progress {
  readonly waiting: EvolutionFile | undefined;
  readonly contract: readonly EvolutionFile[];
  readonly drafts: readonly EvolutionFile[];
  readonly owed: readonly Owed[];
  readonly minReleases: number;
  readonly scripts: readonly EvolutionFile[];
}

function progress({
  waiting,
  contract,
  drafts,
  owed,
  scripts,
  minReleases,
}: Progress): Pick<EvolutionStatus, 'phase' | 'next'> {
  if (contract.length > 0 && waiting !== undefined && contract.some(({ applied }) => applied))
    return { phase: 'broken', next: `contract ran before ${waiting.phase}` };
  if (contract.length > 0 && contract.every(({ applied }) => applied) && drafts.length === 0)
    return { phase: 'done', next: 'nothing' };
  if (contract.length > 0) return { phase: 'contract', next: 'deploy the contract' };
  const [missing] = owed;
  if (missing !== undefined) return { phase: missing.phase, next: `${missing.words}: still owed` };
  if (waiting !== undefined) return { phase: waiting.phase, next: `deploy ${waiting.phase}` };
  if (drafts.length === 0) return { phase: 'broken', next: 'the contract draft is missing' };
  const release = minReleases > 1 ? `release the new code and ${minReleases - 1} more` : 'release the new code';
  return {
    phase: 'switch',
    next:
      scripts.length > 0
        ? `run the backfill script, ${release}, promote the contract`
        : `${release}, then promote the contract`,
  };
}

interface Owed {
  readonly phase: Phase;
  readonly words: string;
}

/** Planned files that were left out when the plan was written, or were deleted since. */
function owedFiles(planned: PlanFacts['files'], found: readonly EvolutionFile[]): readonly Owed[] {
  const kinds = new Map(planned.map((each) => [`${each.phase} ${each.role}`, each] as const));
  return [...kinds.values()].flatMap(({ phase, role }) => {
    const wanted = planned.filter((each) => each.phase === phase && each.role === role).length;
    const there = found.filter((each) => each.phase === phase && (each.role === role || isPromoted(each, role))).length;
    const missing = wanted - there;
    if (missing <= 0) return [];
    const what = `the ${phase} ${role}`;
    return [
      {
        phase,
        words:
          wanted === 1
            ? `${what} was not created`
            : `${missing} of ${wanted} ${phase} ${role}s ${missing === 1 ? 'was' : 'were'} not created`,
      },
    ];
  });
}

function isPromoted({ role }: EvolutionFile, planned: string): boolean {
  return planned === 'draft' && role === 'migration';
}

export interface PlanFacts {
  readonly operation: string;
  readonly table: string;
  readonly old: string;
  readonly new: string;
  readonly final: string;
  /** `- expand V5__add_mail.sql`: frozen migrations that belong to the pair. */
  readonly adopt: readonly { readonly phase: Phase; readonly file: string }[];
  readonly files: readonly { readonly phase: Phase; readonly role: string }[];
  readonly minReleases: number;
}

/** What the plan file says of the pair. */
export function planFacts(files: Files, evolutionsDir: FilePath, id: string): PlanFacts {
  return planOf(files.get(`${evolutionsDir}/${id}/${planFileName}`)?.text ?? '');
}

/** Only the few lines that we wrote ourselves; the rest of the file belongs to people. */
function planOf(text: string): PlanFacts {
  const field = (key: string) => planField(text, key);
  const list = (key: string) =>
    new RegExp(`^${key}:[ \\t]*\\r?\\n((?:[ \\t]+- .*(?:\\r?\\n|$))*)`, 'm').exec(text)?.[1] ?? '';
  const entries = (key: string) =>
    [...list(key).matchAll(/- (\w+) (\S+)/g)].flatMap(([, written, rest = '']) =>
      order.filter((phase) => phase === written).map((phase) => ({ phase, rest })),
    );
  return {
    operation: field('operation'),
    table: field('table'),
    old: field('old'),
    new: field('new'),
    final: field('final'),
    adopt: entries('adopt').map(({ phase, rest }) => ({ phase, file: rest })),
    files: entries('files').map(({ phase, rest }) => ({ phase, role: rest })),
    minReleases: Number(field('minReleases')) || 0,
  };
}
