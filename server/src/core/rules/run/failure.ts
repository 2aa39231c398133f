import type { MessageArgs } from '../../model/finding.ts';
import type { Span } from '../../model/text.ts';
import { at, type ChangeContext, type Draft } from '../rule.ts';
import { severity } from '../support.ts';

/** What a rule found that the server would say. */
export interface Problem {
  readonly messageId: string;
  readonly args: MessageArgs;
}

/** The statement fails: nothing is changed, so nobody is locked out and nothing needs to be taken back. */
export function failure(context: ChangeContext, { messageId, args }: Problem, object: string, span: Span): Draft {
  return {
    messageId,
    args,
    anchor: at(context.step, span),
    object,
    severity: severity(context, 'error'),
    compat: 'none',
    rollback: 'none',
  };
}
