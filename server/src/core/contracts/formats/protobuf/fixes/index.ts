import type { FixRef, MessageArgs } from '../../../../model/finding.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import { fileAgain } from '../../../restore-file.ts';
import { checked } from './checked.ts';
import { keepBoth } from './free-number.ts';
import { keepHeading } from './keep-file.ts';
import { keepAlias, keepFieldName, keepJsonName, keepValueName } from './keep-name.ts';
import { keepOneof } from './keep-oneof.ts';
import { keepOption } from './keep-option.ts';
import { keepRpcType } from './keep-rpc.ts';
import { keepType } from './keep-type.ts';
import { notRequired } from './not-required.ts';
import { nextNumber, numberOfName, ownJsonName } from './own.ts';
import { openAgain, reserveAgain, reserveDeleted } from './reserve.ts';
import { restore, restoreDeprecated } from './restore.ts';
import { restoreGone } from './restore-gone.ts';

export const protoFixes: readonly ContractFix[] = [
  restoreGone,
  restore,
  restoreDeprecated,
  reserveDeleted,
  reserveAgain,
  openAgain,
  keepFieldName,
  keepJsonName,
  keepValueName,
  keepAlias,
  keepType,
  keepOneof,
  keepOption,
  keepHeading,
  keepRpcType,
  keepBoth,
  notRequired,
  ...[nextNumber, numberOfName, ownJsonName],
].map(checked);

export function withFixes(finding: ContractFinding): ContractFinding {
  const known = fixed.get(finding);
  if (known !== undefined) return known;
  const isGone = finding.place.side === 'before';
  const made = { ...finding, fixes: isGone ? [fileAgain(restoreGone, finding)] : fixesFor(finding) };
  fixed.set(finding, made);
  return made;
}

const fixed = new WeakMap<ContractFinding, ContractFinding>();

type Maker = (args: MessageArgs) => readonly FixRef[];

function ref({ id }: ContractFix, args: MessageArgs = {}): FixRef {
  return { id, args };
}

const deletedField: Maker = ({ field, number }) => {
  const what = { what: `field ${number} ("${field}")` };
  return [ref(restoreDeprecated, what), ref(restore, what), reservation(number, [`${field}`], true)];
};

const deletedValue: Maker = ({ value, number }) => {
  const what = { what: `${value} = ${number}` };
  return [ref(restoreDeprecated, what), ref(restore, what), reservation(number, [`${value}`], false)];
};

/** Where reserving is all that the rule asks for, it comes first. */
const reservedFirst =
  (maker: Maker): Maker =>
  (args) => {
    const refs = maker(args);
    return [...refs.filter(({ id }) => id === reserveDeleted.id), ...refs.filter(({ id }) => id !== reserveDeleted.id)];
  };

function reservation(number: MessageArgs[string] | undefined, names: readonly string[], quoted: boolean): FixRef {
  const named = names.map((name) => (quoted ? `"${name}"` : name)).join(', ');
  return ref(reserveDeleted, { reserved: `${number} and ${named}`, number: number ?? 0 });
}

const deleted =
  (kind: string): Maker =>
  ({ name }) => {
    const what = { what: `${kind} ${name}` };
    return kind === 'oneof' ? [ref(restore, what)] : [ref(restoreDeprecated, what), ref(restore, what)];
  };

const changedType: Maker = ({ before }) => [ref(keepType, { before: before ?? '' })];
const changedOption =
  (option: string): Maker =>
  ({ before }) => [ref(keepOption, before === undefined ? { option } : { option, before })];
const changedRpc =
  (side: string): Maker =>
  ({ before }) => [ref(keepRpcType, { side, before: before ?? '' })];
const reservedAgain: Maker = ({ numbers, reserved }) => [
  reserved === undefined
    ? ref(reserveAgain, { reserved: numbers ?? '' })
    : ref(reserveAgain, { reserved: `"${reserved}"`, name: reserved }),
];

/** By buf's ids: what answers each, the most careful one first. */
const makers: Readonly<Record<string, Maker>> = {
  FIELD_NO_DELETE: deletedField,
  FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED: reservedFirst(deletedField),
  FIELD_NO_DELETE_UNLESS_NAME_RESERVED: reservedFirst(deletedField),
  ENUM_VALUE_NO_DELETE: deletedValue,
  ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED: reservedFirst(deletedValue),
  ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED: reservedFirst(deletedValue),
  MESSAGE_NO_DELETE: deleted('message'),
  ENUM_NO_DELETE: deleted('enum'),
  SERVICE_NO_DELETE: deleted('service'),
  EXTENSION_NO_DELETE: deleted('extension'),
  PACKAGE_MESSAGE_NO_DELETE: deleted('message'),
  PACKAGE_ENUM_NO_DELETE: deleted('enum'),
  PACKAGE_SERVICE_NO_DELETE: deleted('service'),
  PACKAGE_EXTENSION_NO_DELETE: deleted('extension'),
  ONEOF_NO_DELETE: deleted('oneof'),
  RPC_NO_DELETE: deleted('method'),
  FIELD_SAME_NAME: ({ before, after }) => [
    ref(keepFieldName, { before: before ?? '' }),
    ref(keepBoth, { before: before ?? '', after: after ?? '' }),
  ],
  FIELD_SAME_JSON_NAME: ({ before }) => [ref(keepJsonName, { before: before ?? '' })],
  ENUM_VALUE_SAME_NAME: ({ before }) => [
    ref(keepAlias, { before: before ?? '' }),
    ref(keepValueName, { before: before ?? '' }),
  ],
  FIELD_SAME_TYPE: changedType,
  FIELD_WIRE_COMPATIBLE_TYPE: changedType,
  FIELD_WIRE_JSON_COMPATIBLE_TYPE: changedType,
  FIELD_SAME_CARDINALITY: changedType,
  FIELD_WIRE_COMPATIBLE_CARDINALITY: changedType,
  FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY: changedType,
  FIELD_SAME_ONEOF: ({ before, field }) => [ref(keepOneof, { before: before ?? '', field: field ?? '' })],
  FIELD_SAME_DEFAULT: changedOption('the default'),
  FIELD_SAME_JSTYPE: changedOption('jstype'),
  FIELD_SAME_CPP_STRING_TYPE: changedOption('the string type of C++'),
  FIELD_SAME_UTF8_VALIDATION: changedOption('utf8_validation'),
  FIELD_SAME_JAVA_UTF8_VALIDATION: changedOption('utf8_validation of Java'),
  MESSAGE_SAME_JSON_FORMAT: changedOption('json_format'),
  ENUM_SAME_JSON_FORMAT: changedOption('json_format'),
  ENUM_SAME_TYPE: changedOption('enum_type'),
  MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR: () => [ref(keepOption, { option: 'the descriptor accessor' })],
  RPC_SAME_IDEMPOTENCY_LEVEL: changedOption('idempotency_level'),
  RPC_SAME_REQUEST_TYPE: changedRpc('request'),
  RPC_SAME_CLIENT_STREAMING: changedRpc('request'),
  RPC_SAME_RESPONSE_TYPE: changedRpc('response'),
  RPC_SAME_SERVER_STREAMING: changedRpc('response'),
  FILE_SAME_PACKAGE: ({ before }) => [ref(keepHeading, { what: 'package', before: before ?? '' })],
  FILE_SAME_SYNTAX: ({ before }) => [ref(keepHeading, { what: 'syntax', before: before ?? '' })],
  RESERVED_MESSAGE_NO_DELETE: reservedAgain,
  RESERVED_ENUM_NO_DELETE: reservedAgain,
  EXTENSION_MESSAGE_NO_DELETE: ({ numbers }) => [ref(openAgain, { reserved: numbers ?? '' })],
};

/** By our own ids. */
const ownMakers: Readonly<Record<string, Maker>> = {
  'proto/number-reused': ({ name }) => [ref(nextNumber, { name: name ?? '' })],
  'proto/name-reused': ({ name, old }) => [ref(numberOfName, { name: name ?? '', old: old ?? 0 })],
  'proto/number-in-implementation-range': ({ name }) => [ref(nextNumber, { name: name ?? '' })],
  'proto/json-name-collision': ({ field }) => [ref(ownJsonName, { name: `"${field}"` })],
};

function fixesFor({ rule, peerRule, args, messageId, object }: ContractFinding): readonly FixRef[] {
  if (peerRule === undefined) return ownMakers[rule]?.({ name: object, ...args }) ?? [];
  if (peerRule === 'MESSAGE_SAME_REQUIRED_FIELDS') return requiredFixes(args, messageId);
  const maker = makers[peerRule];
  if (maker !== undefined) return maker({ name: object, ...args });
  return peerRule.startsWith('FILE_SAME_')
    ? changedOption(peerRule.slice('FILE_SAME_'.length).toLowerCase())(args)
    : [];
}

function requiredFixes(args: MessageArgs, messageId: string): readonly FixRef[] {
  return messageId === 'deleted'
    ? [ref(restore, { what: `required field ${args.number} ("${args.field}")` })]
    : [ref(notRequired, { field: args.field ?? '' })];
}
