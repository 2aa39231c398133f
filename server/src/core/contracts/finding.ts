import type { FixRef, MessageArgs, RuleId, Severity } from '../model/finding.ts';
import type { Compat } from '../model/impact.ts';
import type { ContractPlace } from './tree.ts';

/** What a comparison yields; severity overrides, ignores and words come later (`analysis`). */
export interface ContractFinding {
  readonly rule: RuleId;
  readonly messageId: string;
  readonly args: MessageArgs;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** Where the peer puts it: the words that changed; of what is gone the nearest surviving parent, else the old file. */
  readonly place: ContractPlace;
  /** Full name of the element that is meant (`shop.v1.Order.total`); part of the fingerprint. */
  readonly object: string;
  readonly compat: Compat;
  /** The old text of what was removed or changed, mostly. */
  readonly related: readonly {
    readonly place: ContractPlace;
    readonly messageId: string;
    readonly args: MessageArgs;
  }[];
  /** The first one is preferred. */
  readonly fixes: readonly FixRef[];
  /** The peer's own id: `FIELD_NO_DELETE`, `READER_FIELD_MISSING_DEFAULT_VALUE`. */
  readonly peerRule?: string;
  /** Version that the finding is against, where several are compared (transitive modes). */
  readonly against?: string;
}

/** What kept a comparison from an answer, or is worth saying once: a file that does not parse, an import not found. */
export interface ContractNotice {
  readonly id: string;
  readonly message: string;
  readonly place?: ContractPlace;
  /** The text is wrong at the place, and what stands there was not compared: told there, and nothing is called compatible. */
  readonly unread?: 'error' | 'warning';
}
