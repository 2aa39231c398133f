import type { Finding } from '../model/finding.ts';
import { costOf, type Impact } from '../model/impact.ts';
import type { StatementId } from '../model/text.ts';
import { rules } from '../rules/index.ts';
import type {
  ChangeContext,
  ChangeRule,
  Draft,
  MigrationContext,
  MigrationRule,
  ReadOption,
  Rule,
  TimelineContext,
  UndoContext,
} from '../rules/rule.ts';
import { displayed, written } from '../rules/support.ts';
import type { SchemaChange } from '../schema/change.ts';
import { waitOf } from './same-wait.ts';

/** Rule id -> option -> what the project chose. */
export type RuleOptions = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** The rules that a project runs, as the replay asks for them. */
export interface RunningRules {
  readonly ofChanges: ReadonlyMap<SchemaChange['kind'], readonly ChangeRule[]>;
  readonly ofMigrations: readonly MigrationRule[];
  readonly options: RuleOptions;
}

export function runningRules(isOn: (rule: Rule) => boolean, options: RuleOptions): RunningRules {
  const ofChanges = new Map<SchemaChange['kind'], ChangeRule[]>();
  const ofMigrations: MigrationRule[] = [];
  for (const rule of rules) {
    if (!isOn(rule)) continue;
    if (rule.scope === 'migration') ofMigrations.push(rule);
    if (rule.scope !== 'change') continue;
    for (const kind of rule.on) ofChanges.set(kind, [...(ofChanges.get(kind) ?? []), rule]);
  }
  return { ofChanges, ofMigrations, options };
}

/** What the rules say of one change. */
export function changeFindings(context: ChangeContext, { ofChanges, options }: RunningRules): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const rule of ofChanges.get(context.step.change.kind) ?? none) {
    for (const draft of rule.check(context, valuesFor(rule, options))) {
      findings ??= [];
      findings.push(finish(rule, draft, context.project.name, context.impact(), context));
    }
  }
  return findings ?? none;
}

/** What the rules say of a migration as a whole. */
export function migrationFindings(
  context: MigrationContext,
  { ofMigrations, options }: RunningRules,
): readonly Finding[] {
  const findings: Finding[] = [];
  let contexts: ReadonlyMap<StatementId, ChangeContext> | undefined;
  for (const rule of ofMigrations) {
    for (const draft of rule.check(context, valuesFor(rule, options))) {
      contexts ??= byStatement(context);
      const { statement } = draft.anchor;
      const own = statement === undefined ? undefined : contexts.get(statement);
      findings.push(finish(rule, draft, context.project.name, undefined, own));
    }
  }
  return findings;
}

/** What the rules say of an undo migration. */
export function undoRuleFindings(context: UndoContext, options: RuleOptions): readonly Finding[] {
  return rules.flatMap((rule) =>
    rule.scope === 'undo'
      ? [...rule.check(context, valuesFor(rule, options))].map((draft) => finish(rule, draft, context.project.name))
      : [],
  );
}

/** Findings about the order of one project's files. */
export function timelineFindings(context: TimelineContext, options: RuleOptions): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.scope !== 'timeline') continue;
    for (const draft of rule.check(context, valuesFor(rule, options)))
      findings.push(finish(rule, draft, context.project.name));
  }
  return findings;
}

function valuesFor(rule: Rule, options: RuleOptions): ReadOption {
  const chosen = rule.options === undefined ? undefined : options.get(rule.id);
  return chosen === undefined ? defaultOf : (option) => chosen[option.name] ?? option.default;
}

const defaultOf: ReadOption = (option) => option.default;

/** Of each statement the context of its first change: a draft about a whole migration points to a statement. */
function byStatement({ contexts }: MigrationContext): ReadonlyMap<StatementId, ChangeContext> {
  const found = new Map<StatementId, ChangeContext>();
  for (const context of contexts) {
    const { statement } = context.step;
    if (!found.has(statement)) found.set(statement, context);
  }
  return found;
}

function finish(rule: Rule, draft: Draft, project: string, impact?: Impact, context?: ChangeContext): Finding {
  const used = draft.impact ?? impact;
  return {
    rule: rule.id,
    messageId: draft.messageId,
    args: draft.args,
    // A rule of hints is not run where hints are off, so it has to stay one.
    severity: rule.severity === 'hint' ? 'hint' : (draft.severity ?? rule.severity),
    project,
    anchor: draft.anchor,
    object: draft.object,
    compat: draft.compat ?? used?.compat ?? 'none',
    rollback: draft.rollback ?? used?.rollback ?? 'none',
    evidence: draft.evidence ?? used?.evidence ?? 'derived',
    related: draft.related ?? none,
    fixes: draft.fixes ?? none,
    cost: used === undefined ? undefined : costOf(used),
    impactRow: (used ?? context?.impact())?.row,
    work: used === undefined || context === undefined ? undefined : tableWork(rule, used, context),
    wait: rule.scope === 'change' && context !== undefined && rule.id.startsWith('lock/') ? waitOf(context) : undefined,
    plan: draft.plan,
    peerRule: draft.peerRule,
    tags: draft.tags,
  };
}

/** What the impact works on, by the names that a database would use. */
function tableWork({ id }: Rule, { work }: Impact, context: ChangeContext): Finding['work'] {
  if (!(id.startsWith('lock/') || id.startsWith('data/'))) return undefined;
  const { change } = context.step;
  if (change.kind === 'WriteRows') return [{ table: tableOf(context, written(change.table)), kind: 'scan' }];
  return work.length === 0
    ? undefined
    : work.map(({ relation, kind }) => ({ table: tableOf(context, relation), kind }));
}

/** An index stands for its table. */
function tableOf(context: ChangeContext, display: string): string | undefined {
  const found = context.relation(displayed(display));
  if (found.kind !== 'known') return undefined;
  const table = found.value.kind === 'index' ? context.before.objects.get(found.value.table) : found.value;
  return table === undefined ? undefined : `${table.name.schema}.${table.name.name}`;
}

const none: readonly never[] = [];
