import { enumSameType } from './enums/same-type.ts';
import {
  enumValueNoDelete,
  enumValueNoDeleteUnlessNameReserved,
  enumValueNoDeleteUnlessNumberReserved,
} from './enums/value-no-delete.ts';
import { enumValueSameName } from './enums/value-same-name.ts';
import {
  fieldSameCppStringType,
  fieldSameJavaUtf8Validation,
  fieldSameJstype,
  fieldSameUtf8Validation,
} from './fields/language-options.ts';
import {
  fieldNoDelete,
  fieldNoDeleteUnlessNameReserved,
  fieldNoDeleteUnlessNumberReserved,
} from './fields/no-delete.ts';
import {
  fieldSameCardinality,
  fieldWireCompatibleCardinality,
  fieldWireJsonCompatibleCardinality,
} from './fields/same-cardinality.ts';
import { fieldSameDefault } from './fields/same-default.ts';
import { fieldSameJsonName, fieldSameName } from './fields/same-name.ts';
import { fieldSameOneof } from './fields/same-oneof.ts';
import { fieldSameType, fieldWireCompatibleType, fieldWireJsonCompatibleType } from './fields/same-type.ts';
import { enumNoDelete, extensionNoDelete, messageNoDelete, serviceNoDelete } from './files/elements-no-delete.ts';
import { fileNoDelete } from './files/file-no-delete.ts';
import { fileOptionRules } from './files/file-options.ts';
import { fileSamePackage } from './files/file-same-package.ts';
import { fileSameSyntax } from './files/file-same-syntax.ts';
import {
  packageEnumNoDelete,
  packageExtensionNoDelete,
  packageMessageNoDelete,
  packageNoDelete,
  packageServiceNoDelete,
} from './files/package-no-delete.ts';
import { messageNoRemoveStandardDescriptorAccessor } from './messages/descriptor-accessor.ts';
import { enumSameJsonFormat, messageSameJsonFormat } from './messages/json-format.ts';
import { oneofNoDelete } from './messages/oneof-no-delete.ts';
import { messageSameRequiredFields } from './messages/required-fields.ts';
import {
  extensionMessageNoDelete,
  reservedEnumNoDelete,
  reservedMessageNoDelete,
} from './messages/reserved-no-delete.ts';
import { enumValueAdded } from './own/enum-value-added.ts';
import { numberInImplementationRange } from './own/implementation-range.ts';
import { jsonNameCollision } from './own/json-name-collision.ts';
import { nameReused, numberReused } from './own/reused.ts';
import type { ProtoRule } from './rule.ts';
import {
  rpcNoDelete,
  rpcSameClientStreaming,
  rpcSameIdempotencyLevel,
  rpcSameRequestType,
  rpcSameResponseType,
  rpcSameServerStreaming,
} from './services/methods.ts';

/** Every check of protobuf contracts. A rule is a file (or a few in one) beside this one, and a line here. */
export const protoRules: readonly ProtoRule[] = [
  fileNoDelete,
  packageNoDelete,
  messageNoDelete,
  enumNoDelete,
  serviceNoDelete,
  extensionNoDelete,
  packageMessageNoDelete,
  packageEnumNoDelete,
  packageServiceNoDelete,
  packageExtensionNoDelete,
  fileSamePackage,
  fileSameSyntax,
  ...fileOptionRules,
  messageSameRequiredFields,
  messageSameJsonFormat,
  messageNoRemoveStandardDescriptorAccessor,
  oneofNoDelete,
  reservedMessageNoDelete,
  extensionMessageNoDelete,
  fieldNoDelete,
  fieldNoDeleteUnlessNumberReserved,
  fieldNoDeleteUnlessNameReserved,
  fieldSameName,
  fieldSameJsonName,
  fieldSameType,
  fieldWireCompatibleType,
  fieldWireJsonCompatibleType,
  fieldSameCardinality,
  fieldWireCompatibleCardinality,
  fieldWireJsonCompatibleCardinality,
  fieldSameOneof,
  fieldSameDefault,
  fieldSameJstype,
  fieldSameCppStringType,
  fieldSameUtf8Validation,
  fieldSameJavaUtf8Validation,
  enumSameType,
  enumSameJsonFormat,
  enumValueNoDelete,
  enumValueNoDeleteUnlessNumberReserved,
  enumValueNoDeleteUnlessNameReserved,
  enumValueSameName,
  reservedEnumNoDelete,
  rpcNoDelete,
  rpcSameRequestType,
  rpcSameResponseType,
  rpcSameClientStreaming,
  rpcSameServerStreaming,
  rpcSameIdempotencyLevel,
  numberReused,
  nameReused,
  numberInImplementationRange,
  jsonNameCollision,
  enumValueAdded,
];
