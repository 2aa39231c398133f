import { splitElement } from '../../contracts/evolution.ts';
import type { ContractFinding } from '../../contracts/finding.ts';
import type { ContractFix } from '../../contracts/fix.ts';
import type { ReportedFinding } from '../../model/finding.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath, Span } from '../../model/text.ts';
import { refuse } from '../../rules/fix.ts';
import { disableProposal } from '../../rules/fixes/disable.ts';
import type { ActionData, ActionOffer } from '../../service.ts';
import { fingerprint } from '../fingerprint.ts';
import type { World } from '../world.ts';
import { contractAt, contractFindingsOfFile, findingsByFile } from './check.ts';
import { type Evolvable, evolvable, fieldEvolutions } from './evolutions.ts';
import { proposalOf } from './language.ts';
import { type ContractState, keyOf, requestOf } from './state.ts';

/** What makes it good first, of all that is found here; then for each rule an explanation and where to silence it. */
export function contractActionsAt(
  world: World,
  state: ContractState,
  path: FilePath,
  span: Span,
): readonly ActionOffer[] {
  const offers = contractFindingsOfFile(world, state, path)
    .findings.filter(({ head, span: whole }) => touches(head ?? whole, span))
    .flatMap((finding) => [...offersFor(world, state, path, finding), ...planOffers(world, state, path, finding)]);
  return withoutRepeats([...offers, ...evolveOffers(world, state, path, span)]).sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
}

const order: readonly ActionOffer['kind'][] = ['fix', 'plan', 'promote', 'evolve', 'explain', 'disable'];

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function offersFor(
  world: World,
  state: ContractState,
  path: FilePath,
  finding: ReportedFinding,
): readonly ActionOffer[] {
  const { rule, fingerprint: print } = finding;
  const common = { rule, span: finding.span };
  const fixes = finding.fixes.flatMap(({ id, args }): readonly ActionOffer[] => {
    const fix = fixOf(state, id);
    if (fix === undefined) return [];
    const data = { kind: 'fix', path, rule, fingerprint: print, fix: id } as const;
    const made = contractResolve(world, data);
    const disabled = made.kind === 'refusal' ? { disabled: made.reason } : {};
    return [{ ...common, kind: 'fix', title: fix.title(args), preferred: false, data, ...disabled }];
  });
  const first = fixes.findIndex(({ disabled }) => disabled === undefined);
  const disable = (where: 'statement' | 'file', title: string): ActionOffer => ({
    ...common,
    kind: 'disable',
    title,
    preferred: false,
    data: { kind: 'disable', path, rule, fingerprint: print, where },
  });
  return [
    ...fixes.map((offer, index) => ({ ...offer, preferred: index === first })),
    { ...common, kind: 'explain', title: `Explain ${rule}`, preferred: false, data: { kind: 'explain', rule } },
    disable('statement', `Disable ${rule} here`),
    disable('file', `Disable ${rule} for this file`),
  ];
}

/** The break undone in steps, where it is one of a field. */
function planOffers(
  world: World,
  state: ContractState,
  path: FilePath,
  { rule, span, object, compat }: ReportedFinding,
): readonly ActionOffer[] {
  if (compat !== 'breaking' && compat !== 'destructive') return [];
  const found = evolvable(world, state, { path: keyOf(state, path) ?? '', element: object });
  if (found === undefined || 'refused' in found || !found.step.changed) return [];
  return [evolveOffer('plan', path, span, found, { rule })];
}

/** Of the field under the cursor: the first step, or the last one where the first has been made. */
function evolveOffers(world: World, state: ContractState, path: FilePath, span: Span): readonly ActionOffer[] {
  const open = fieldEvolutions(world, state).find(({ place }) => place?.path === path && isWithin(span, place.span));
  if (open !== undefined) {
    const title = `Promote the removal of ${splitElement(open.element).name}`;
    return [{ kind: 'promote', title, preferred: false, span, data: { kind: 'promote', id: open.id } }];
  }
  const found = evolvable(world, state, { path: keyOf(state, path) ?? '', offset: span.start });
  if (found === undefined || 'refused' in found) return [];
  return [evolveOffer('evolve', path, span, found)];
}

function evolveOffer(
  kind: 'plan' | 'evolve',
  path: FilePath,
  span: Span,
  { title, step, proposal }: Evolvable,
  more: Pick<ActionOffer, 'rule'> = {},
): ActionOffer {
  const disabled = proposal.kind === 'refusal' ? { disabled: proposal.reason } : {};
  const data = { kind: 'evolve', path, element: step.evolution.element } as const;
  return { kind, title, preferred: false, span, data, ...more, ...disabled };
}

function isWithin({ start, end }: Span, outer: Span): boolean {
  return outer.start <= start && end <= outer.end;
}

/** Two findings about one field offer the same plan once, two of one rule one explanation. */
function withoutRepeats(offers: readonly ActionOffer[]): ActionOffer[] {
  const seen = new Set<string>();
  return offers.filter(({ kind, title }) => kind === 'fix' || (!seen.has(title) && seen.add(title)));
}

function fixOf({ format }: ContractState, id: string): ContractFix | undefined {
  return format.fixes?.find((fix) => fix.id === id);
}

/** Undefined where the file is no contract. */
export function contractResolve(
  world: World,
  data: Extract<ActionData, { kind: 'fix' | 'disable' }>,
): Proposal | Refusal {
  const state = contractAt(world, data.path);
  const content = world.snapshot.files.get(data.path);
  if (state === undefined || content === undefined) return refuse('The file has changed since: ask again.');
  if (data.kind === 'disable') {
    const reported = contractFindingsOfFile(world, state, data.path).findings.find(
      (each) => each.fingerprint === data.fingerprint && each.rule === data.rule,
    );
    if (reported === undefined) return refuse('The file has changed since: ask again.');
    const { path, root, content: settings } = state.settings;
    const config = { path, root, content: settings };
    return disableProposal({ where: data.where, finding: reported, file: content, config, mark: '//' });
  }
  const found = foundBy(state, data);
  const ref = found?.fixes.find(({ id }) => id === data.fix);
  const fix = fixOf(state, data.fix);
  if (found === undefined || ref === undefined || fix === undefined) return refuse('This fix is not offered here.');
  return proposalOf(state, fix.propose(found, requestOf(state), ref.args), fix.title(ref.args));
}

function foundBy(state: ContractState, data: Extract<ActionData, { kind: 'fix' }>): ContractFinding | undefined {
  const told = findingsByFile(state).get(data.path) ?? [];
  return told.find(({ finding }) => finding.rule === data.rule && fingerprint(finding) === data.fingerprint)?.found;
}
