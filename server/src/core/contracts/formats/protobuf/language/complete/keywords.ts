import type { ContractCompletion } from '../../../../language.ts';
import type { FileDescriptor } from '../../descriptor.ts';
import type { Context } from './context.ts';
import { item } from './item.ts';

const said: Readonly<Record<string, string>> = {
  syntax: 'syntax = "proto3";',
  edition: 'edition = "2023";',
  package: 'The package of all names in this file',
  import: 'Makes the declarations of another file visible',
  option: 'An option of what it stands in',
  message: 'A message',
  enum: 'An enum',
  service: 'A service',
  extend: 'Fields for a message that is declared elsewhere',
  export: 'Visible to other files',
  local: 'Visible in this file only',
  optional: 'A field that can tell whether it is set',
  required: 'A field without which readers refuse the message',
  repeated: 'A list',
  map: 'map<key, value>',
  oneof: 'Fields of which at most one is set',
  extensions: 'Numbers for fields of other files',
  reserved: 'Numbers and names that are never used again',
  group: 'A field and its message in one',
  rpc: 'A method',
  returns: 'The response of the method',
  stream: 'Any number of messages',
  public: 'Visible to whoever imports this file, too',
  weak: 'May be missing at run time',
  to: 'A range',
  max: 'Up to the last number',
};

export function keywords(context: Context, words: readonly string[]): readonly ContractCompletion[] {
  return words.map((word) => item(context, 'keyword', word, said[word] ?? ''));
}

export function fileWords({ syntaxSpan, packageSpan, syntax, edition }: FileDescriptor): readonly string[] {
  return [
    ...(syntaxSpan === undefined ? ['syntax', 'edition'] : []),
    ...(packageSpan === undefined ? ['package'] : []),
    'import',
    'option',
    'message',
    'enum',
    'service',
    'extend',
    ...(hasVisibility(syntax, edition) ? ['export', 'local'] : []),
  ];
}

export function messageWords(file: FileDescriptor): readonly string[] {
  return [
    ...labels(file),
    'map',
    'oneof',
    'message',
    'enum',
    'extend',
    ...(file.syntax === 'proto3' ? [] : ['extensions']),
    'reserved',
    'option',
    ...(hasVisibility(file.syntax, file.edition) ? ['export', 'local'] : []),
  ];
}

export function labels({ syntax }: FileDescriptor): readonly string[] {
  if (syntax === 'editions') return ['repeated'];
  return syntax === 'proto3' ? ['optional', 'repeated'] : ['optional', 'required', 'repeated'];
}

function hasVisibility(syntax: FileDescriptor['syntax'], edition: string | undefined): boolean {
  return syntax === 'editions' && edition !== '2023';
}
