import type { Severity } from '../../../../../model/finding.ts';
import type { Pair } from '../../compare/pair.ts';
import type { FieldDescriptor } from '../../descriptor.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both } from '../spots.ts';
import { type Cardinality, cardinalityNames, cardinalityOf, wireGroup, wireJsonGroup } from './cardinality.ts';
import { isInMapEntries } from './map-entries.ts';

const why = `On the wire a repeated field is the same tag several times, and for numbers a single packed block: \`0A 02 01 02\`. A reader with a single field keeps
the last string or merges messages, and does not take a packed block at all: the field looks unset. The other way round a single value is a list of one. In JSON it is
\`[1]\` against \`1\`, which is an error in both directions. A map is a repeated entry (\`key = 1\`, \`value = 2\`) on the wire and an object in JSON. \`required\` makes
readers refuse messages without the field. Between \`optional\` and no label in proto3 the bytes stay readable; a reader only stops, or starts, to tell "not set" from zero,
and accessors such as \`has_\` come and go.`;

const order = (field: string): string => `syntax = "proto3";\nmessage Order {\n  ${field}\n}\n`;

const text =
  'Field {number} ("{field}") changes from {before} to {after}: {effect}. Add a field with another number instead and deprecate this one.';

export const fieldSameCardinality = bufRule('FIELD_SAME_CARDINALITY', ['FILE', 'PACKAGE'], {
  on: 'field',
  severity: 'error',
  summary: 'A field stays single, repeated or a map, with the presence that it has.',
  messages: { changed: text },
  explanation: why,
  examples: [
    {
      title: 'A field becomes repeated',
      before: order('int32 total = 2;'),
      after: order('repeated int32 total = 2;'),
      fires: true,
    },
    {
      title: 'A field gets presence',
      before: order('int32 total = 2;'),
      after: order('optional int32 total = 2;'),
      fires: true,
    },
  ],
  *check(pair) {
    if (!isInMapEntries(pair)) yield* changed(pair, (before, after) => before !== after);
  },
});

export const fieldWireCompatibleCardinality = bufRule('FIELD_WIRE_COMPATIBLE_CARDINALITY', ['WIRE'], {
  on: 'field',
  severity: 'error',
  summary: 'The bytes of a field stay readable when its cardinality changes.',
  messages: { changed: text },
  explanation: why,
  examples: [
    {
      title: 'A field becomes repeated',
      before: order('int32 total = 2;'),
      after: order('repeated int32 total = 2;'),
      fires: true,
    },
    {
      title: 'A field gets presence',
      before: order('int32 total = 2;'),
      after: order('optional int32 total = 2;'),
      fires: false,
    },
  ],
  check: (pair) => changed(pair, (before, after) => wireGroup[before] !== wireGroup[after]),
});

export const fieldWireJsonCompatibleCardinality = bufRule(
  'FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY',
  ['WIRE_JSON', 'CSR'],
  {
    on: 'field',
    severity: 'error',
    summary: 'The bytes and the JSON of a field stay readable when its cardinality changes.',
    messages: { changed: text },
    explanation: why,
    examples: [
      {
        title: 'A list of entries becomes a map',
        before:
          'syntax = "proto3";\nmessage Order {\n  message Line { string key = 1; int32 value = 2; }\n  repeated Line lines = 2;\n}\n',
        after:
          'syntax = "proto3";\nmessage Order {\n  message Line { string key = 1; int32 value = 2; }\n  map<string, int32> lines = 2;\n}\n',
        fires: true,
      },
      {
        title: 'A field gets presence',
        before: order('int32 total = 2;'),
        after: order('optional int32 total = 2;'),
        fires: false,
      },
    ],
    check: (pair) => changed(pair, (before, after) => wireJsonGroup[before] !== wireJsonGroup[after]),
  },
);

function* changed(
  pair: Pair<FieldDescriptor>,
  differ: (before: Cardinality, after: Cardinality) => boolean,
): Iterable<Difference> {
  const [before, after] = [cardinalityOf(pair.before), cardinalityOf(pair.after)];
  if (!differ(before, after)) return;
  const { effect, severity } = effectOf(before, after);
  yield {
    ...both(pair),
    messageId: 'changed',
    args: {
      number: pair.after.number,
      field: pair.after.name,
      before: cardinalityNames[before],
      after: cardinalityNames[after],
      effect,
    },
    object: pair.before.fullName,
    severity,
  };
}

function effectOf(before: Cardinality, after: Cardinality): { readonly effect: string; readonly severity: Severity } {
  if (before === 'required' || after === 'required') {
    return { effect: 'readers that require it refuse every message without it', severity: 'error' };
  }
  if (wireGroup[before] !== wireGroup[after]) {
    return {
      effect:
        'a side with one value loses all but the last of many, or all of a packed list, and JSON has an array where the other side wants a value',
      severity: 'error',
    };
  }
  if (before === 'map' || after === 'map') {
    return {
      effect:
        'the bytes stay entries of key 1 and value 2, but JSON has an object where the other side wants an array, and a map drops repeated keys',
      severity: 'error',
    };
  }
  return after === 'implicit'
    ? {
        effect:
          'bytes and JSON stay readable, but zero can no longer be told from "not set", and code that asks for presence no longer compiles',
        severity: 'warning',
      }
    : {
        effect: 'bytes and JSON stay readable, but generated code changes, and a zero that is set travels from now on',
        severity: 'warning',
      };
}
