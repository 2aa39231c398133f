import type { MessageArgs, RuleId, Severity } from '../../../../model/finding.ts';
import type { Compat } from '../../../../model/impact.ts';
import type { Span } from '../../../../model/text.ts';
import type { ContractExample, ContractRule } from '../../../rule.ts';
import type { Side } from '../../../tree.ts';
import type { Pair, SetPair } from '../compare/pair.ts';
import type {
  EnumDescriptor,
  EnumValueDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  MethodDescriptor,
  ServiceDescriptor,
} from '../descriptor.ts';

/** Where something is said; without a span of the file as a whole. */
export interface Spot {
  readonly side: Side;
  readonly file: FileDescriptor;
  readonly span: Span | undefined;
}

/** What a rule yields. */
export interface Difference {
  /** One of the rule's messages. */
  readonly messageId: string;
  readonly args: MessageArgs;
  readonly at: Spot;
  /** What stood there before; its text becomes the related information. */
  readonly was: Spot | undefined;
  /** Full name of the element that is meant. */
  readonly object: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly compat?: Compat;
}

type Differences = Iterable<Difference>;

/** Values of one enum with one number: more than one where aliases are allowed. */
export type EnumNumber = readonly [EnumValueDescriptor, ...EnumValueDescriptor[]];

/** What is paired by its key and handed to a rule. */
export interface Pairs {
  /** Files of one path. */
  readonly file: Pair<FileDescriptor>;
  /** By full name, wherever they stand. */
  readonly message: Pair<MessageDescriptor>;
  readonly enum: Pair<EnumDescriptor>;
  readonly 'enum-number': Pair<EnumNumber>;
  /** By number in messages of one name; extensions by extended message and number. */
  readonly field: Pair<FieldDescriptor>;
  readonly service: Pair<ServiceDescriptor>;
  readonly method: Pair<MethodDescriptor>;
  /** Every file of the older side, whether or not the newer one has it. */
  readonly 'old-file': { readonly before: FileDescriptor; readonly after: FileDescriptor | undefined };
  /** Every file of the newer side. */
  readonly 'new-file': { readonly before: FileDescriptor | undefined; readonly after: FileDescriptor };
}

export type Subject = keyof Pairs;

export type Check = { readonly [S in Subject]: { on: S; check(pair: Pairs[S], sides: SetPair): Differences } }[Subject];

/** Categories of `buf.yaml`, the strictest first. `CSR`: what matters to a Confluent Schema Registry. */
export const categories = ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'] as const;
export type Category = (typeof categories)[number];

/** A rule without its check. */
export interface RuleHead extends ContractRule {
  /** Of version 2 of `buf.yaml`; empty: a check of our own. */
  readonly categories: readonly Category[];
  /** buf's id of the rule. */
  readonly peer: string | undefined;
  /** Unknown to older versions of `buf.yaml`. */
  readonly onlyV2?: true;
}

export type ProtoRule = RuleHead & Check;

/** Without what follows from the rest. */
type Written = Check & {
  readonly summary: string;
  readonly severity: Severity;
  readonly explanation: string;
  readonly messages: ContractRule['messages'];
  readonly examples: readonly Omit<ContractExample, 'file' | 'profile'>[];
};

/** A rule that buf has, under buf's own id. */
export function bufRule(
  peer: string,
  categories: readonly [Category, ...Category[]],
  rule: Written & { readonly onlyV2?: true },
): ProtoRule {
  return {
    ...complete(rule, `buf:${categories[0]}`),
    id: ruleId(peer),
    peer,
    peers: [`buf:${peer}`],
    categories,
  };
}

/** A check of our own: asked for by the editor and by `check`, never under a peer's profile. */
export function ownRule(name: string, rule: Written): ProtoRule {
  return { ...complete(rule, 'buf'), id: `proto/${name}`, peer: undefined, categories: [] };
}

function complete(rule: Written, profile: string) {
  return {
    ...rule,
    messages: { ...rule.messages, was: 'Before: {text}' },
    examples: rule.examples.map((example) => ({ ...example, file: 'shop.proto', profile })),
  };
}

export function ruleId(peer: string): RuleId {
  return `proto/${peer.toLowerCase().replaceAll('_', '-')}`;
}
