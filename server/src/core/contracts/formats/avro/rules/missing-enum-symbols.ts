import type { ContractRule } from '../../../rule.ts';

export const missingEnumSymbols: ContractRule = {
  id: 'avro/missing-enum-symbols',
  summary: 'An enum lacks symbols that the writer may write, and has no default.',
  severity: 'error',
  explanation: `The number of a symbol is written, and the reader finds its name in the writer's schema. When its own enum has no such
symbol it takes the \`default\` of the enum (not of the field); without one it fails on that value.

Removing a symbol breaks the new schema's readers on old data (\`BACKWARD\`): keep it, or give the enum a \`default\`. Adding one breaks
readers that still use the old schema (\`FORWARD\`) unless *their* enum has a \`default\`: add it one release before the symbol.`,
  messages: {
    backward:
      'Data written before may hold {symbols}, which the new enum neither knows nor has a default for: reading it fails. Keep the symbol, or give the enum a "default".',
    forward:
      'Readers that still use the old schema do not know {symbols} and their enum has no default: they fail on data that holds it. Give the enum a "default" and update readers before adding symbols.',
    'backward-call':
      'In calls of {call}, {writers} may send {symbols}, which {readers} neither know nor have a default for. Keep the symbol, or give the enum a "default".',
    'forward-call':
      'In calls of {call}, {writers} may send {symbols}, which {readers} neither know nor have a default for. Give the enum a "default" and update those before adding symbols.',
    before: 'The enum in {against}.',
  },
  examples: [
    {
      title: 'A symbol is gone',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"]}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'A symbol is gone; the enum has a default',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"]}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'A symbol is new, for readers of the old schema',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"]}\n',
      profile: 'avro:FORWARD',
      fires: true,
    },
  ],
  peers: ['apache-avro:MISSING_ENUM_SYMBOLS'],
};
