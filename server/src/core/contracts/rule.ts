import type { RuleId, Severity } from '../model/finding.ts';

/** An example of a rule's page: one file on both sides; a test compares it and wants exactly what it claims. */
export interface ContractExample {
  readonly title: string;
  /** Name of the file, `order.proto`; its ending says the format. */
  readonly file: string;
  /** An older version of the file than `before`, for rules that look further back. */
  readonly earlier?: string;
  readonly before: string;
  /** Undefined: the file is gone. */
  readonly after: string | undefined;
  /** Where the file is now, if it moved. */
  readonly movedTo?: string;
  readonly profile: string;
  readonly fires: boolean;
}

/** What a format's rule is; its check belongs to the format. Joins the registry of all rules for pages, severities, ignores. */
export interface ContractRule {
  readonly id: RuleId;
  readonly summary: string;
  readonly severity: Severity;
  /** Paragraphs for the page: what happens on the wire and in JSON, to readers and to writers, what to do instead. */
  readonly explanation: string;
  /** Id -> text with `{arg}`. */
  readonly messages: Readonly<Record<string, string>>;
  readonly examples: readonly ContractExample[];
  /** `buf:FIELD_NO_DELETE`. */
  readonly peers?: readonly string[];
}

/** The files of now. */
export function filesAfter({ file, after, movedTo = file }: ContractExample): Readonly<Record<string, string>> {
  return after === undefined ? {} : { [movedTo]: after };
}
