import type { FixRef, MessageArgs, Severity } from '../../../../model/finding.ts';
import type { Compat } from '../../../../model/impact.ts';
import type { FileContent, Span } from '../../../../model/text.ts';
import type { ContractRule } from '../../../rule.ts';
import type { AvroSet } from '../link.ts';
import type { Direction } from '../profiles.ts';
import type { Walked } from './walk.ts';

/** What a check sees: what belongs together, and what it may ask about it. */
export interface BeyondContext extends Walked {
  readonly before: AvroSet;
  readonly after: AvroSet;
  /** What the profile compares anyway. */
  readonly directions: readonly Direction[];
}

export interface Words {
  readonly file: FileContent;
  readonly span: Span;
}

/** What a check yields; `beyond/index.ts` makes a finding of it. */
export interface Observation {
  readonly messageId: string;
  readonly args: MessageArgs;
  readonly at: Words;
  /** The place in the old text. */
  readonly was?: Words;
  readonly object: string;
  readonly compat?: Compat;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fixes?: readonly FixRef[];
}

/** A check that Apache's resolution has no word for. */
export interface BeyondRule extends ContractRule {
  readonly check: (context: BeyondContext) => Iterable<Observation>;
}
