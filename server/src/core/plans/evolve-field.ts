import { type ExpandStep, type FieldEvolution, type Standing, splitElement } from '../contracts/evolution.ts';
import { evolutionId } from './id.ts';
import { planField } from './plan-file.ts';

/** The operation of a contract's field; its plan file holds what the removal is made from, not the removal itself. */
export const evolveField = 'evolve-field';

export interface FieldPlan {
  /** Id of the contract's format. */
  readonly format: string;
  /** Its path is relative to the folder that the evolutions lie in. */
  readonly evolution: FieldEvolution;
  /** `YYYY-MM-DD`. */
  readonly removeAfter: string;
}

export type FieldPhase = 'both' | 'due' | 'removed' | 'done' | 'broken';

export function fieldPlanId({ evolution: { path, element } }: FieldPlan): string {
  return evolutionId(evolveField, path, splitElement(element).name, element);
}

/** What the lightbulb says: `Evolve total: keep it, add total_v2 as string beside it`. */
export function evolveTitle({ evolution: { element, replacement }, added }: ExpandStep, removeAfter: string): string {
  const { name } = splitElement(element);
  if (replacement === undefined) return `Evolve ${name}: keep it, deprecated, until ${removeAfter}`;
  if (added === undefined) return `Evolve ${name}: keep it beside ${replacement}`;
  return `Evolve ${name}: keep it, add ${replacement} as ${added} beside it`;
}

export function fieldPlanText(plan: FieldPlan, notes: readonly string[], eol: string): string {
  const { format, removeAfter, evolution } = plan;
  const { path, element, number, replacement } = evolution;
  const { parent, name } = splitElement(element);
  const fate = replacement === undefined ? 'goes' : `gives way to ${replacement}`;
  return [
    `# ${name} of ${parent} ${fate}; what stands here may change while both stand.`,
    'version: 1',
    `id: ${fieldPlanId(plan)}`,
    `operation: ${evolveField}`,
    `format: ${format}`,
    `file: ${JSON.stringify(path)}`,
    `element: ${JSON.stringify(element)}`,
    ...(number === undefined ? [] : [`number: ${number}`]),
    ...(replacement === undefined ? [] : [`replacement: ${JSON.stringify(replacement)}`]),
    `removeAfter: ${removeAfter}`,
    "owner: ''",
    "ticket: ''",
    ...(notes.length === 0 ? [] : ['notes:', ...notes.map((note) => `  - ${JSON.stringify(note)}`)]),
    '',
  ].join(eol);
}

/** Undefined where the file is of another operation, or says too little. */
export function readFieldPlan(text: string): FieldPlan | undefined {
  const field = (key: string) => planField(text, key);
  const element = field('element');
  if (field('operation') !== evolveField || element === '') return undefined;
  const [number, replacement] = [Number(field('number')), field('replacement')];
  return {
    format: field('format'),
    evolution: {
      path: field('file'),
      element,
      ...(number > 0 ? { number } : {}),
      ...(replacement === '' ? {} : { replacement }),
    },
    removeAfter: field('removeAfter'),
  };
}

/** @param today `YYYY-MM-DD` */
export function fieldProgress(
  { evolution: { element, replacement }, removeAfter }: FieldPlan,
  standing: Standing | { readonly kind: 'removed' },
  today: string,
): { readonly phase: FieldPhase; readonly next: string } {
  const { name } = splitElement(element);
  switch (standing.kind) {
    case 'broken':
      return { phase: 'broken', next: standing.why };
    case 'removed':
      return {
        phase: 'removed',
        next: `nothing: its plan answers for the removal${today > removeAfter ? '' : ` after ${removeAfter}`}, until the baseline has it`,
      };
    case 'gone':
      return { phase: 'done', next: 'nothing: its folder can go' };
    case 'both': {
      const used = replacement === undefined ? `nobody uses ${name}` : `everybody uses ${replacement}`;
      return today > removeAfter
        ? { phase: 'due', next: `promote the removal of ${name} when ${used}` }
        : { phase: 'both', next: `see that ${used} by ${removeAfter}` };
    }
    default: {
      const never: never = standing;
      return never;
    }
  }
}
