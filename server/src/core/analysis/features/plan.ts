import { nearest } from '../../config/nearest.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath } from '../../model/text.ts';
import { withoutFrozenEdits } from '../../plans/frozen.ts';
import { recipeFor, recipes } from '../../plans/index.ts';
import { promote } from '../../plans/promote.ts';
import type { PlanRequest, RecipeContext, WriteContext } from '../../plans/recipe.ts';
import { requestFrom } from '../../plans/request.ts';
import { scaffold } from '../../plans/scaffold.ts';
import { type EditContext, emptyProposal, refuse } from '../../rules/fix.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { lookupTable } from '../../schema/lookup.ts';
import type { CatalogView } from '../../schema/view.ts';
import { lineIndex } from '../../text/positions.ts';
import { replayAll } from '../check.ts';
import { fieldEvolutionIds, promoteField } from '../contracts/evolutions.ts';
import type { ProjectState } from '../project-state.ts';
import { catalogBefore } from '../replay.ts';
import { evolutionsDir, statusOf } from '../status.ts';
import { type Mark, statementsTold } from '../told.ts';
import type { World } from '../world.ts';
import { open } from './cursor.ts';
import { editContextsOn, isFrozenFile } from './edit-context.ts';
import { styleOf } from './style.ts';

/** A scaffold from names, or from the statement on a line with options over it. */
export function scaffoldPlan(
  world: World,
  project: string | undefined,
  request: PlanRequest,
  from: { readonly path: FilePath; readonly line: number } | undefined,
): Proposal | Refusal {
  if (from === undefined) {
    const state = stateOf(world, project);
    return 'kind' in state ? state : build(world, state, request, endOf(state), undefined);
  }
  const opened = open(world, from.path);
  if (opened === undefined) return refuse(`${from.path} is not a migration of a known project.`, '--from');
  const index = lineIndex(opened.script.content.text);
  const start = index.offset({ line: from.line - 1, character: 0 });
  const line = { start, end: Math.max(index.offset({ line: from.line, character: 0 }), start + 1) };
  for (const edit of editContextsOn(world, opened, line)) {
    const { change, statement } = edit;
    const inferred = change === undefined ? undefined : requestFrom(change.step.change, statement.id.text);
    if (change !== undefined && inferred !== undefined)
      return build(world, opened.state, merged(inferred, request), change.before, edit);
  }
  return refuse(`Line ${from.line} holds no statement that a plan could replace.`, '--from');
}

function merged(inferred: Omit<PlanRequest, 'from'>, asked: PlanRequest): PlanRequest {
  const { operation, table, ...rest } = asked;
  return { ...inferred, ...(operation === '' ? {} : { operation }), ...(table === '' ? {} : { table }), ...rest };
}

/** The plan of a finding, from the statement that it stands on. */
export function planOfFinding(
  world: World,
  state: ProjectState,
  operation: string,
  edit: EditContext,
): Proposal | Refusal {
  const inferred = edit.change === undefined ? undefined : requestFrom(edit.change.step.change, edit.statement.id.text);
  if (inferred === undefined || edit.change === undefined)
    return refuse('The statement is not one that a plan could replace.');
  return build(world, state, { ...inferred, operation }, edit.change.before, edit);
}

function build(
  world: World,
  state: ProjectState,
  request: PlanRequest,
  before: CatalogView,
  edit: EditContext | undefined,
): Proposal | Refusal {
  const recipe = recipeFor(request.operation);
  if (recipe === undefined)
    return refuse(
      `There is no operation ${JSON.stringify(request.operation)}.`,
      recipes.map(({ operation }) => operation).join(', '),
    );
  const plan = recipe.plan(request, recipeContext(state, before, edit));
  if (plan.kind === 'refusal') return plan;
  const proposal = scaffold(plan, request, writeContext(world, state, edit?.file.path), edit);
  return withoutFrozenEdits(proposal, (path) => isFrozenFile(state, state.sequence.frozen, path));
}

function recipeContext(state: ProjectState, before: CatalogView, edit: EditContext | undefined): RecipeContext {
  const { project, dialect, environment, settings } = state;
  const { as, batch } = settings.config.evolutions.backfill;
  return {
    project,
    dialect,
    target: environment.target,
    before,
    table: (name) => lookupTable(before, dialect.semantics(environment.target), name),
    backfill: { as, batch },
    history: (words) => statementsTold(state, edit === undefined ? undefined : markOf(edit), 'before', words),
  };
}

function markOf({ file, statements, statement }: EditContext): Mark {
  return { file: file.path, statement: statements.indexOf(statement) };
}

function writeContext(world: World, state: ProjectState, path?: FilePath): WriteContext {
  const { project, tool, timeline } = state;
  const { files, now } = world.snapshot;
  const taken = [...files.keys()];
  return {
    project,
    tool,
    timeline,
    files,
    evolutionsDir: evolutionsDir(state),
    newFile: (wanted) => tool.newFile(project, timeline, wanted, now, taken),
    style: styleOf(state, path),
    minReleases: state.settings.config.evolutions.minReleases,
  };
}

/** The schema after every migration there is. */
function endOf(state: ProjectState): Catalog {
  for (const _ of replayAll(state));
  return catalogBefore(state.replay, state.replay.cursor, state.empty);
}

function stateOf(world: World, name: string | undefined): ProjectState | Refusal {
  const known = world.projects.filter(({ project }) => project.tool !== 'none');
  const names = known.map(({ project }) => project.name).join(', ');
  if (name !== undefined)
    return known.find(({ project }) => project.name === name) ?? refuse(`There is no project ${name}.`, names);
  const [only] = known;
  if (only === undefined) return refuse('No migration history was found here.');
  return known.length === 1 ? only : refuse('There are several projects.', `--project: ${names}`);
}

export function promoteEvolution(world: World, id: string): Proposal | Refusal {
  const ofField = promoteField(world, id);
  if (ofField !== undefined) return ofField;
  const status = statusOf(world, () => undefined);
  for (const each of status.projects) {
    const evolution = each.evolutions.find(({ ref }) => ref.id === id);
    const state = world.projects.find(({ project }) => project.name === each.project.name);
    if (evolution === undefined || state === undefined) continue;
    const where =
      state.lintTarget === undefined
        ? `on ${state.base.ref ?? 'the base branch'}`
        : `applied in ${state.lintTarget.name}`;
    const result = promote(evolution, id, writeContext(world, state), where);
    return state.lintTarget === undefined && result.kind === 'proposal'
      ? {
          ...result,
          notes: [...result.notes, `The evidence is that all before it is ${where}: no database was asked.`],
        }
      : result;
  }
  const known = [
    ...status.projects.flatMap(({ evolutions }) => evolutions.map(({ ref }) => ref.id)),
    ...fieldEvolutionIds(world),
  ];
  return known.length === 0
    ? refuse(`There is no evolution ${id}.`, 'schemaward scaffold makes one.')
    : refuse(`There is no evolution ${id}.`, nearest(id, known) ?? known.join(', '));
}

export function newMigrationIn(world: World, project: string, description: string): Proposal | Refusal {
  const state = stateOf(world, project);
  if ('kind' in state) return state;
  const path = writeContext(world, state).newFile({ description, nth: 0 });
  return {
    ...emptyProposal(),
    creates: [{ path, role: 'migration', text: '', transactional: true, label: 'New migration' }],
  };
}
