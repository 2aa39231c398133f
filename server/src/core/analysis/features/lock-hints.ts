import type { FilePath, Span } from '../../model/text.ts';
import type { LockHint } from '../../service.ts';
import { toWritten } from '../../text/mapped.ts';
import type { World } from '../world.ts';
import { changesOf, open } from './cursor.ts';
import { strongest } from './impact-of.ts';

/** The lock of each statement, before its first word. */
export function lockHintsIn(world: World, path: FilePath, span: Span): readonly LockHint[] {
  const opened = open(world, path);
  if (opened === undefined) return [];
  const { state, script } = opened;
  return script.statements.flatMap((statement) => {
    const offset = toWritten(script.mapped, statement.span.start);
    if (offset > span.end || toWritten(script.mapped, statement.span.end) < span.start) return [];
    const impact = strongest(changesOf(opened, statement));
    if (impact === undefined || impact.locks.length === 0) return [];
    const words = state.dialect.impactWords(impact);
    return [{ offset, label: words.short, tooltip: words.long.join('\n\n') }];
  });
}
