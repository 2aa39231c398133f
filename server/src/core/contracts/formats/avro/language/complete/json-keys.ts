import type { Item } from './items.ts';

/** What a value of a document is for. */
export type Role =
  | 'schema'
  | 'fields'
  | 'field'
  | 'symbols'
  | 'aliases'
  | 'protocol'
  | 'types'
  | 'messages'
  | 'message'
  | 'request'
  | 'parameter'
  | 'errors'
  | 'other';

interface Key extends Omit<Item, 'kind'> {
  /** The value as it is begun. */
  readonly value: string;
  /** Of a schema: the types that have it. */
  readonly of?: readonly string[];
}

const named = ['record', 'error', 'enum', 'fixed'];

const keys: Partial<Readonly<Record<Role, readonly Key[]>>> = {
  schema: [
    { label: 'type', value: '""', detail: 'What the schema is' },
    { label: 'name', value: '""', detail: 'Name of the type', of: named },
    { label: 'namespace', value: '""', detail: 'Namespace of the name, and of names inside', of: named },
    { label: 'doc', value: '""', detail: 'Documentation', of: ['record', 'error', 'enum'] },
    { label: 'aliases', value: '[]', detail: 'Older names that readers with this schema accept', of: named },
    { label: 'fields', value: '[]', detail: 'Fields of the record, in the order of the wire', of: ['record', 'error'] },
    { label: 'symbols', value: '[]', detail: 'Symbols of the enum', of: ['enum'] },
    { label: 'default', value: '""', detail: 'Symbol that readers take for those they do not know', of: ['enum'] },
    { label: 'size', value: '16', detail: 'Number of bytes', of: ['fixed'] },
    { label: 'items', value: '""', detail: 'Type of the items', of: ['array'] },
    { label: 'values', value: '""', detail: 'Type of the values', of: ['map'] },
    {
      label: 'logicalType',
      value: '""',
      detail: 'What the bytes stand for',
      of: ['int', 'long', 'string', 'bytes', 'fixed'],
    },
    { label: 'precision', value: '10', detail: 'Digits of a decimal', of: ['bytes', 'fixed'] },
    { label: 'scale', value: '2', detail: 'Digits of a decimal behind the point', of: ['bytes', 'fixed'] },
  ],
  field: [
    { label: 'name', value: '""', detail: 'Name of the field' },
    { label: 'type', value: '""', detail: 'Type of its value' },
    { label: 'default', value: 'null', detail: 'What readers take where data has no such field' },
    { label: 'doc', value: '""', detail: 'Documentation' },
    { label: 'order', value: '"ascending"', detail: 'How values are sorted by it' },
    { label: 'aliases', value: '[]', detail: 'Older names that readers with this schema look for' },
  ],
  parameter: [
    { label: 'name', value: '""', detail: 'Name of the parameter' },
    { label: 'type', value: '""', detail: 'Type of its value' },
    { label: 'default', value: 'null', detail: 'What it is where a client does not send it' },
    { label: 'doc', value: '""', detail: 'Documentation' },
  ],
  protocol: [
    { label: 'protocol', value: '""', detail: 'Name of the protocol' },
    { label: 'namespace', value: '""', detail: 'Namespace of the protocol and its types' },
    { label: 'doc', value: '""', detail: 'Documentation' },
    { label: 'types', value: '[]', detail: 'Named types that messages use' },
    { label: 'messages', value: '{}', detail: 'Messages by name' },
  ],
  message: [
    { label: 'doc', value: '""', detail: 'Documentation' },
    { label: 'request', value: '[]', detail: 'Parameters' },
    { label: 'response', value: '"null"', detail: 'Type of the answer' },
    { label: 'errors', value: '[]', detail: 'Errors that it can end with' },
    { label: 'one-way', value: 'true', detail: 'Nobody waits for an answer' },
  ],
};

/** Keys of an object that are not there yet. */
export function keysOf(role: Role, type: string | undefined, there: ReadonlySet<string>): readonly Key[] {
  return (keys[role] ?? []).filter(
    ({ label, of }) => !there.has(label) && (of === undefined || type === undefined || of.includes(type)),
  );
}

/** What stands below a key of an object. */
export function roleBelow(role: Role, key: string | undefined): Role {
  switch (role) {
    case 'schema':
      return key === undefined ? 'other' : (ofSchema[key] ?? 'other');
    case 'field':
    case 'parameter':
      return key === 'type' ? 'schema' : key === 'aliases' ? 'aliases' : 'other';
    case 'protocol':
      return key === 'types' || key === 'messages' ? key : 'other';
    case 'messages':
      return 'message';
    case 'message':
      return key === undefined ? 'other' : (ofMessage[key] ?? 'other');
    default:
      return 'other';
  }
}

/** What an item of an array is. */
export function roleOfItem(role: Role): Role {
  switch (role) {
    case 'schema':
    case 'types':
      return 'schema';
    case 'fields':
      return 'field';
    case 'request':
      return 'parameter';
    case 'errors':
      return 'errors';
    default:
      return 'other';
  }
}

const ofSchema: Partial<Readonly<Record<string, Role>>> = {
  type: 'schema',
  fields: 'fields',
  items: 'schema',
  values: 'schema',
  symbols: 'symbols',
  aliases: 'aliases',
};

const ofMessage: Partial<Readonly<Record<string, Role>>> = {
  request: 'request',
  response: 'schema',
  errors: 'errors',
};
