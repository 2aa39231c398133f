import { takenNames } from '../parse/avdl/declarations.ts';

/** Words of Avro IDL that are no types. */
export const idlKeywords: ReadonlySet<string> = new Set([
  'enum',
  'error',
  'false',
  'fixed',
  'idl',
  'import',
  'namespace',
  'null',
  'oneway',
  'protocol',
  'record',
  'schema',
  'throws',
  'true',
  'void',
]);

/** Types that IDL has words for, besides the primitive ones. */
export const idlTypes: ReadonlySet<string> = new Set([
  'array',
  'date',
  'decimal',
  'local_timestamp_ms',
  'map',
  'time_ms',
  'timestamp_ms',
  'union',
  'uuid',
]);

/** What IDL reads as a keyword unless it stands between backticks. */
export const idlWords: ReadonlySet<string> = new Set([...takenNames, ...idlKeywords, ...idlTypes]);
