import type { Phase, Proposal, ProposedEdit, ProposedFile, Refusal } from '../model/proposal.ts';
import type { FilePath } from '../model/text.ts';
import type { EditContext } from '../rules/fix.ts';
import { emptyProposal } from '../rules/fix.ts';
import { inCase } from '../sql/keyword-case.ts';
import { replaceStatement } from './expand-edit.ts';
import { markerLine } from './marker.ts';
import { planFileName } from './plan-file.ts';
import type { Plan, PlanRequest, PlanStep, WriteContext, WritingStyle } from './recipe.ts';

/**
 * The files of a plan, in the project's own names and versions. Expand replaces the unsafe statement where the file may
 * still be edited; else it starts a new migration.
 */
export function scaffold(
  plan: Plan,
  request: PlanRequest,
  write: WriteContext,
  edit: EditContext | undefined,
): Proposal | Refusal {
  const folder = `${write.evolutionsDir}/${plan.id}`;
  const there = [...write.files.keys()].filter((path) => path.startsWith(`${folder}/`));
  if (there.length > 0) return existsAlready(plan, folder.slice(write.project.root.length + 1), there);
  const files: ProposedFile[] = [];
  const edits: ProposedEdit[] = [];
  const configEdits: ProposedEdit[] = [];
  const { style } = write;
  let nth = 0;
  const [first] = plan.steps;
  const inPlace = edit !== undefined && !edit.isFrozen(edit.file.path);
  const replacesFirst = inPlace && first?.phase === 'expand' && first.role === 'migration';
  if (edit !== undefined && inPlace) {
    const sql = replacesFirst
      ? body(plan, first, style)
      : `-- ${edit.statement.id.text.split('\n')[0] ?? ''}\n-- is planned as ${plan.id}: see ${folder.slice(write.project.root.length + 1)}/${planFileName}`;
    const replaced = replaceStatement(edit, sql, replacesFirst ? first.label : 'Take the unsafe statement out');
    if ('kind' in replaced) return replaced;
    edits.push(...replaced);
  }
  for (const step of plan.steps) {
    if (step === first && replacesFirst) continue;
    if (step.role !== 'migration') continue;
    const path = write.newFile({ description: step.name, phase: step.phase, nth });
    nth += 1;
    files.push(file(plan, step, path, 'migration', style));
    if (!step.transactional) addOutside(write, step, path, files, configEdits);
  }
  files.push(...folderFiles(plan, request, folder, write));
  const { operation, id, old, new: added, final, names, notes } = plan;
  return {
    ...emptyProposal(),
    evolution: { id, operation, old, new: added, final, names },
    creates: files,
    edits,
    configEdits,
    notes: [...notes, ...failureNotes(plan, write)],
  };
}

/** The id says what is done to what, so the same plan cannot be made twice while its folder is there. */
function existsAlready({ id }: Plan, folder: string, there: readonly FilePath[]): Refusal {
  const waits = there.some((path) => /\/contract-\d+\.sql$/.test(path));
  return {
    kind: 'refusal',
    reason: `The evolution ${id} exists already, in ${folder}.`,
    nearest: waits ? `promote ${id}` : `Its contract is promoted: delete ${folder} to plan the same once more.`,
  };
}

/** Batches are committed one by one, so an interrupted backfill leaves a failed migration and not an untouched table. */
function failureNotes({ steps }: Plan, { tool }: WriteContext): readonly string[] {
  const runs = steps.some(({ phase, role }) => phase === 'backfill' && role === 'migration');
  return runs && tool.afterFailure !== undefined ? [tool.afterFailure] : [];
}

function body(plan: Plan, step: PlanStep, style: WritingStyle): string {
  const { id, operation } = plan;
  return [markerLine({ id, operation, phase: step.phase }), ...written(step.sql, style)].join('\n');
}

function written(statements: readonly string[], { upperCase, lexical }: WritingStyle): readonly string[] {
  return statements.map((sql) => (sql.startsWith('--') ? sql : `${inCase(sql, upperCase, lexical)};`));
}

function file(
  plan: Plan,
  step: PlanStep,
  path: FilePath,
  role: ProposedFile['role'],
  style: WritingStyle,
): ProposedFile {
  return {
    path,
    role,
    phase: step.phase,
    text: ended(body(plan, step, style), style.eol),
    transactional: step.transactional,
    label: step.label,
  };
}

function ended(text: string, eol: string): string {
  return `${text}\n`.replaceAll('\n', eol);
}

/** Flyway sees CONCURRENTLY by itself, but then hangs on its own lock; a CALL that commits it does not see. */
function addOutside(
  write: WriteContext,
  step: PlanStep,
  path: FilePath,
  files: ProposedFile[],
  configEdits: ProposedEdit[],
): void {
  const concurrently = step.sql.some((sql) => /\bINDEX CONCURRENTLY\b/.test(sql));
  const config = write.tool.outsideTransaction(write.project, path, step.sql);
  if (config !== undefined)
    files.push({
      path: config.path,
      role: 'config',
      phase: step.phase,
      text: config.text,
      transactional: true,
      label: step.label,
    });
  const setting =
    concurrently && configEdits.length === 0 ? write.tool.concurrentlySetting(write.project, write.files) : undefined;
  if (setting === undefined) return;
  const label = 'Let CONCURRENTLY run beside the tool: transactional lock off';
  if (setting.creates)
    files.push({ path: setting.path, role: 'config', text: setting.newText, transactional: true, label });
  else configEdits.push({ path: setting.path, span: setting.span, newText: setting.newText, label });
}

/** Drafts, scripts, checks and rollbacks lie outside every location that the tool scans. */
function folderFiles(
  plan: Plan,
  request: PlanRequest,
  folder: FilePath,
  { style, minReleases }: WriteContext,
): readonly ProposedFile[] {
  const { eol } = style;
  const counts = new Map<string, number>();
  const made = plan.steps
    .filter(({ role }) => role !== 'migration')
    .map((step) => {
      const base = step.role === 'draft' ? 'contract' : step.role === 'check' ? 'check' : step.phase;
      const nth = (counts.get(base) ?? 0) + 1;
      counts.set(base, nth);
      const name = step.role === 'draft' ? `${base}-${nth}` : nth === 1 ? base : `${base}-${nth}`;
      return file(plan, step, `${folder}/${name}.sql`, step.role, style);
    });
  const rollbacks = (Object.entries(plan.rollbacks) as [Phase, readonly string[]][]).map(
    ([phase, sql]): ProposedFile => ({
      path: `${folder}/rollback-${phase}.sql`,
      role: 'rollback',
      phase,
      transactional: !sql.some((each) => /CONCURRENTLY/.test(each)),
      text: ended([`-- Undoes ${phase} of ${plan.id}.`, ...written(sql, style)].join('\n'), eol),
      label: `Rollback of ${phase}`,
    }),
  );
  return [
    ...made,
    ...rollbacks,
    {
      path: `${folder}/${planFileName}`,
      role: 'config',
      text: planText(plan, request, minReleases, eol),
      transactional: true,
      label: 'Plan file: owner, ticket, notes',
    },
  ];
}

function planText(plan: Plan, request: PlanRequest, minReleases: number, eol: string): string {
  const lines = [
    `# ${plan.operation} of ${request.table}; what stands here may change while the pair lives.`,
    'version: 1',
    `id: ${plan.id}`,
    `operation: ${plan.operation}`,
    `table: ${JSON.stringify(request.table)}`,
    `old: ${JSON.stringify(plan.old)}`,
    `new: ${JSON.stringify(plan.new)}`,
    `final: ${JSON.stringify(plan.final)}`,
    `minReleases: ${minReleases}`,
    'files:',
    ...plan.steps.filter(({ role }) => role !== 'check').map(({ phase, role, name }) => `  - ${phase} ${role} ${name}`),
    "owner: ''",
    "ticket: ''",
    'notes:',
    ...plan.notes.map((note) => `  - ${JSON.stringify(note)}`),
  ];
  return ended(lines.join('\n'), eol);
}
