import type { ReportedFinding } from '../../model/finding.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath, Span } from '../../model/text.ts';
import { withoutFrozenEdits } from '../../plans/frozen.ts';
import { recipeFor } from '../../plans/index.ts';
import { markersIn } from '../../plans/marker.ts';
import { refuse } from '../../rules/fix.ts';
import { disableProposal } from '../../rules/fixes/disable.ts';
import { fixById } from '../../rules/fixes/index.ts';
import type { ActionData, ActionOffer } from '../../service.ts';
import { findingsOfFile } from '../check.ts';
import { contractActionsAt, contractResolve } from '../contracts/actions.ts';
import { contractAt } from '../contracts/check.ts';
import { evolveProposal } from '../contracts/evolutions.ts';
import { evolutionsDir } from '../status.ts';
import type { World } from '../world.ts';
import { editContext, isFrozenFile } from './edit-context.ts';
import { planOfFinding, promoteEvolution } from './plan.ts';
import { translated, translateOffers } from './translate.ts';

/** Short on purpose: one fix, one plan, one explanation, and where to silence it. */
export function actionsAt(world: World, path: FilePath, span: Span): readonly ActionOffer[] {
  const contract = world.byFile.has(path) ? undefined : contractAt(world, path);
  if (contract !== undefined) return contractActionsAt(world, contract, path, span);
  const { findings, within } = findingsOfFile(world, path);
  const here = [...findings, ...within].filter(
    (finding) =>
      finding.span.start <= span.end && span.start <= finding.span.end && finding.rule !== 'config/schemaward-yaml',
  );
  const offers = here.flatMap((finding) => offersFor(world, path, finding));
  return [
    ...withoutRepeats(offers),
    ...(isFrozen(world, path) ? [] : translateOffers(world, path, span)),
    ...promoteOffers(world, path, span),
  ];
}

function offersFor(world: World, path: FilePath, finding: ReportedFinding): readonly ActionOffer[] {
  const common = { rule: finding.rule, span: finding.span };
  const frozen = isFrozen(world, path);
  const [fix] = finding.fixes.flatMap((ref) => {
    const known = fixById(ref.id);
    return known === undefined ? [] : [{ known, ref }];
  });
  const offers: ActionOffer[] = [];
  if (fix !== undefined) {
    const data = { kind: 'fix', path, rule: finding.rule, fingerprint: finding.fingerprint, fix: fix.ref.id } as const;
    const result = frozen
      ? refuse('The file is applied or on the base branch, so it cannot be edited.')
      : resolve(world, data);
    const disabled = result.kind === 'refusal' ? { disabled: result.reason } : {};
    const title = fix.known.title(fix.ref.args, result.kind === 'proposal' ? result : undefined);
    offers.push({ ...common, kind: 'fix', title, preferred: result.kind === 'proposal', data, ...disabled });
  }
  const recipe = finding.plan === undefined ? undefined : recipeFor(finding.plan.operation);
  if (recipe !== undefined && finding.plan !== undefined)
    offers.push(
      planOffer(
        world,
        path,
        finding,
        recipe.operation,
        recipe.title(requestOf(finding.plan.args)),
        !offers.some(({ preferred }) => preferred),
      ),
    );
  offers.push({
    ...common,
    kind: 'explain',
    title: `Explain ${finding.rule}`,
    preferred: false,
    data: { kind: 'explain', rule: finding.rule },
  });
  offers.push(...disableOffers(path, finding, frozen));
  return offers;
}

function requestOf(args: Readonly<Record<string, string | number>>) {
  const text = (key: string) => (args[key] === undefined ? {} : { [key]: String(args[key]) });
  return {
    operation: '',
    table: String(args.table ?? ''),
    ...text('column'),
    ...text('newName'),
    ...text('type'),
    ...text('using'),
  };
}

/** A plan that cannot be made says why instead of not being there. */
function planOffer(
  world: World,
  path: FilePath,
  finding: ReportedFinding,
  operation: string,
  title: string,
  preferred: boolean,
): ActionOffer {
  const data = { kind: 'plan', path, rule: finding.rule, fingerprint: finding.fingerprint, operation } as const;
  const result = resolve(world, data);
  const disabled = result.kind === 'refusal' ? { disabled: result.reason } : {};
  return {
    kind: 'plan',
    title,
    preferred: preferred && result.kind === 'proposal',
    rule: finding.rule,
    span: finding.span,
    data,
    ...disabled,
  };
}

function disableOffers(path: FilePath, finding: ReportedFinding, frozen: boolean): readonly ActionOffer[] {
  const offer = (where: 'statement' | 'file' | 'config', title: string): ActionOffer => ({
    kind: 'disable',
    title,
    preferred: false,
    rule: finding.rule,
    span: finding.span,
    data: { kind: 'disable', path, rule: finding.rule, fingerprint: finding.fingerprint, where },
  });
  const isOrder = finding.rule.startsWith('order/') || finding.rule.startsWith('config/');
  if (frozen || isOrder) return [offer('config', `Disable ${finding.rule} here, in schemaward.yaml`)];
  return [
    offer('statement', `Disable ${finding.rule} for this statement`),
    offer('file', `Disable ${finding.rule} for this file`),
  ];
}

function promoteOffers(world: World, path: FilePath, span: Span): readonly ActionOffer[] {
  const inDrafts = world.projects.some((state) => path.startsWith(`${evolutionsDir(state)}/`));
  const [marker] = inDrafts ? markersIn(world.snapshot.files.get(path)?.text ?? '') : [];
  if (marker === undefined || marker.phase !== 'contract') return [];
  const result = promoteEvolution(world, marker.id);
  const disabled = result.kind === 'refusal' ? { disabled: result.reason } : {};
  return [
    {
      kind: 'promote',
      title: `Promote contract of ${marker.id}`,
      preferred: false,
      span,
      data: { kind: 'promote', id: marker.id },
      ...disabled,
    },
  ];
}

/** Two findings on the same words offer the same plan once. */
function withoutRepeats(offers: readonly ActionOffer[]): readonly ActionOffer[] {
  const seen = new Set<string>();
  return offers.filter((offer) => {
    const key =
      offer.kind === 'plan' || offer.kind === 'fix' ? offer.title : `${offer.kind} ${offer.rule} ${offer.title}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Builds the edit of an entry from the texts as they are now. */
export function resolve(world: World, data: Exclude<ActionData, { kind: 'fix-all' }>): Proposal | Refusal {
  switch (data.kind) {
    case 'fix':
    case 'plan':
    case 'disable':
      return withFinding(world, data);
    case 'promote':
      return promoteEvolution(world, data.id);
    case 'evolve':
      return evolveProposal(world, data.path, data.element);
    case 'translate':
      return isFrozen(world, data.path)
        ? refuse('The file is applied or on the base branch, so it cannot be edited.')
        : translated(world, data.path, data.nth);
    case 'explain':
      return refuse('There is nothing to edit.');
    default: {
      const never: never = data;
      return never;
    }
  }
}

function withFinding(
  world: World,
  data: Extract<ActionData, { kind: 'fix' | 'plan' | 'disable' }>,
): Proposal | Refusal {
  if (data.kind !== 'plan' && !world.byFile.has(data.path) && contractAt(world, data.path) !== undefined)
    return contractResolve(world, data);
  const { findings, within } = findingsOfFile(world, data.path);
  const finding = [...findings, ...within].find(
    (each) => each.fingerprint === data.fingerprint && each.rule === data.rule,
  );
  const content = world.snapshot.files.get(data.path);
  const state =
    world.byFile.get(data.path)?.state ?? world.projects.find(({ project }) => project.name === finding?.project);
  if (finding === undefined || content === undefined || state === undefined)
    return refuse('The file has changed since: ask again.');
  const isFrozenPath = (path: FilePath) => isFrozenFile(state, state.sequence.frozen, path);
  if (data.kind === 'disable') {
    const { path, root, content: configContent } = state.settings;
    return withoutFrozenEdits(
      disableProposal({ where: data.where, finding, file: content, config: { path, root, content: configContent } }),
      isFrozenPath,
    );
  }
  const context = editContext(world, data.path, finding);
  if (context === undefined) return refuse('The file has changed since: ask again.');
  if (data.kind === 'plan') return planOfFinding(world, state, data.operation, context);
  const ref = finding.fixes.find(({ id }) => id === data.fix);
  const fix = fixById(data.fix);
  if (ref === undefined || fix === undefined) return refuse('This fix is not offered here.');
  return withoutFrozenEdits(fix.propose(context, ref.args), isFrozenPath);
}

function isFrozen(world: World, path: FilePath): boolean {
  const state = world.byFile.get(path)?.state;
  return state !== undefined && isFrozenFile(state, state.sequence.frozen, path);
}
