import { missingSymbols } from '../compare/resolution.ts';
import type { BeyondRule } from './rule.ts';

export const enumSymbolAdded: BeyondRule = {
  id: 'avro/enum-symbol-added',
  summary: 'An enum gains a symbol, and readers of the old schema have no default to fall back to.',
  severity: 'warning',
  explanation: `In \`BACKWARD\` only new readers are asked about old data, so a new symbol passes. Readers that still use the old schema fail on
the first value that holds it, unless their enum has a \`default\`. Give the enum a \`default\`, let readers update to that, and add symbols
from then on. Under \`FORWARD\` and \`FULL\` this is \`avro/missing-enum-symbols\`.`,
  messages: {
    added:
      'Readers that still use the old schema do not know {symbols} and their enum has no default: they fail on the first value that holds it. Update them before anyone writes it.',
    before: 'The enum in {against}.',
  },
  examples: [
    {
      title: 'A new symbol; the old enum has no default',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'The old enum has a default',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"], "default": "NEW"}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  *check({ types, directions }) {
    if (directions.includes('FORWARD')) return;
    for (const { before, after } of types) {
      if (before.kind !== 'enum' || after.kind !== 'enum' || before.default !== undefined) continue;
      const added = new Set(missingSymbols(before, after));
      const first = after.symbols.find(({ name }) => added.has(name));
      if (first === undefined) continue;
      yield {
        messageId: 'added',
        args: { symbols: [...added].join(', ') },
        at: { file: after.file, span: first.span },
        was: { file: before.file, span: before.name.span },
        object: after.name.full,
        compat: 'none',
      };
    }
  },
};
