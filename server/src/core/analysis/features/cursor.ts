import type { FilePath, Span } from '../../model/text.ts';
import type { ChangeContext, MigrationContext } from '../../rules/rule.ts';
import { type Mention, mentions, mentionsOfReads } from '../../schema/mentions.ts';
import type { ReadStatement } from '../../sql/script.ts';
import { spanToWritten, toRunning } from '../../text/mapped.ts';
import { replayUntil } from '../check.ts';
import { openScript } from '../open-script.ts';
import { readScriptOf } from '../project-state.ts';
import { catalogBefore, thaw } from '../replay.ts';
import type { Script } from '../slot.ts';
import { partnerOf } from '../undo.ts';
import type { Owned, World } from '../world.ts';

/** A file opened at its place in the replay, with the schema before and after each of its changes. */
export interface Opened extends Owned {
  readonly script: Script;
  readonly context: MigrationContext;
}

export function open(world: World, path: FilePath): Opened | undefined {
  const owned = world.byFile.get(path);
  if (owned === undefined) return undefined;
  const { state, migration } = owned;
  const script = readScriptOf(state, migration);
  const undone = partnerOf(state, migration)?.place;
  const place = undone === undefined ? state.places.get(migration.id) : undone + 1;
  if (state.replay.past !== undefined) thaw(state.replay);
  if (place !== undefined) for (const _ of replayUntil(state, place));
  const before = place === undefined ? state.empty : catalogBefore(state.replay, place, state.empty);
  return { ...owned, script, context: openScript(state.environment, script, before).context };
}

export function statementAt({ script }: Opened, offset: number): ReadStatement | undefined {
  const at = toRunning(script.mapped, offset);
  return script.statements.find(({ span }) => span.start <= at && at <= span.end);
}

export function changesOf({ context, script }: Opened, statement: ReadStatement): readonly ChangeContext[] {
  const index = script.statements.indexOf(statement);
  return context.contexts.filter(({ step }) => step.statementIndex === index);
}

export interface Mentioned {
  readonly mention: Mention;
  /** In the written text. */
  readonly span: Span;
  /** The change that names it, when one does. */
  readonly by: ChangeContext | undefined;
}

/** The smallest name under the cursor. */
export function mentionAt(opened: Opened, statement: ReadStatement, offset: number): Mentioned | undefined {
  const at = toRunning(opened.script.mapped, offset) - statement.span.start;
  const changes = changesOf(opened, statement);
  const all = [
    ...changes.flatMap((by) => mentions(by.step.change).map((mention) => ({ mention, by }))),
    ...mentionsOfReads(statement.reading.reads).map((mention) => ({ mention, by: changes[0] })),
  ].filter(({ mention }) => mention.span.start <= at && at <= mention.span.end);
  const [best] = all.sort((a, b) => length(a.mention.span) - length(b.mention.span));
  return best === undefined ? undefined : { ...best, span: writtenSpan(opened.script, statement, best.mention.span) };
}

export function writtenSpan(script: Script, statement: ReadStatement, relative: Span): Span {
  const start = statement.span.start + relative.start;
  return spanToWritten(script.mapped, { start, end: statement.span.start + relative.end });
}

function length(span: Span): number {
  return span.end - span.start;
}
