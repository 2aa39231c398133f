import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { Tree } from '#core/contracts/tree.ts';
import { treeOf } from './support.ts';

/** What no peer looks at, in cases as reviews have them: states of one file, oldest first, and what is said of the last one. */
interface Case {
  readonly title: string;
  readonly states: readonly string[];
  /** Rule, and words of its message. */
  readonly told: readonly (readonly [string, RegExp])[];
}

const proto2 = (body: string) => `syntax = "proto2";\npackage shop.v1;\n${body}\n`;
const proto3 = (body: string) => proto2(body).replace('proto2', 'proto3');
const edition = (body: string) => proto2(body).replace('syntax = "proto2"', 'edition = "2023"');
const order = (body: string) => proto3(`message Order {\n  string id = 1;\n  ${body}\n}`);
const state = (values: string) => `enum State {\n  STATE_NONE = 0;\n  ${values}\n}`;

const cases: readonly Case[] = [
  {
    title: 'a number is given away again two releases after its field went',
    states: [
      order('string email = 5;'),
      order(''),
      order('int64 total = 2;'),
      order('int64 total = 2; string phone = 5;'),
    ],
    told: [['proto/number-reused', /^5 was "email" in /]],
  },
  {
    title: 'a field comes back as it was',
    states: [order('string email = 5;'), order(''), order('string email = 5;')],
    told: [],
  },
  {
    title: 'a field comes back under its number with another type',
    states: [order('string total = 5;'), order(''), order('int64 total = 5;')],
    told: [
      [
        'proto/number-reused',
        /^"total" comes back under its number 5, which was string in .* and is int64 now: the wire type changes from LEN to VARINT/,
      ],
    ],
  },
  {
    title: 'a field comes back wider, which reads the same bytes',
    states: [order('int32 total = 5;'), order(''), order('int64 total = 5;')],
    told: [],
  },
  {
    title: 'a field comes back as a list',
    states: [order('int64 total = 5;'), order(''), order('repeated int64 total = 5;')],
    told: [['proto/number-reused', /was optional with implicit presence in .* and is repeated now/]],
  },
  {
    title: 'a field comes back with a message of another file, which nobody knows of then',
    states: [order('Money total = 5;'), order(''), order('Money total = 5;')],
    told: [],
  },
  {
    title: 'a name is given away again under another number, in text and in JSON',
    states: [order('string reply_to = 5;'), order('reserved 5;'), order('reserved 5; string replyTo = 6;')],
    told: [['proto/name-reused', /^"replyTo" was number 5 in /]],
  },
  {
    title: 'a number of an enum means something else',
    states: [proto3(state('STATE_PAID = 1;')), proto3(state('')), proto3(state('STATE_LOST = 1;'))],
    told: [
      ['proto/enum-value-added', /do not know STATE_LOST = 1: the open enum/],
      ['proto/number-reused', /^1 was "STATE_PAID"/],
    ],
  },
  {
    title: 'one of two names of a number comes back',
    states: [
      proto3(state('option allow_alias = true; STATE_PAID = 1; STATE_DONE = 1;')),
      proto3(state('')),
      proto3(state('STATE_DONE = 1;')),
    ],
    told: [['proto/enum-value-added', /STATE_DONE = 1/]],
  },
  {
    title: 'a number is moved between two fields that never left',
    states: [
      order('string a = 2; string b = 3;'),
      order('string a = 2; string b = 3;'),
      order('string a = 2; string b = 3; string c = 4;'),
    ],
    told: [],
  },
  {
    title: 'a number that belongs to implementations, in a message and in an extension',
    states: [
      proto2('message Order {\n  extensions 100 to 30000;\n}'),
      proto2(
        'message Order {\n  extensions 100 to 30000;\n  optional string id = 19000;\n}\nextend Order {\n  optional string x = 19999;\n}',
      ),
    ],
    told: [
      ['proto/number-in-implementation-range', /^19000 lies between/],
      ['proto/number-in-implementation-range', /^19999 lies between/],
    ],
  },
  {
    title: 'the numbers around that range',
    states: [order(''), order('string a = 18999; string b = 20000;')],
    told: [],
  },
  {
    title: 'a number of that range which stands there already',
    states: [order('string a = 19500;'), order('string a = 19500; string b = 2;')],
    told: [],
  },
  {
    title: 'a value of an enum may have such a number',
    states: [proto3(state('')), proto3(state('STATE_PAID = 19500;'))],
    told: [['proto/enum-value-added', /STATE_PAID = 19500/]],
  },
  {
    title: 'a field of a oneof may not',
    states: [order('oneof pay { string card = 2; }'), order('oneof pay { string card = 2; string bank = 19001; }')],
    told: [['proto/number-in-implementation-range', /^19001 /]],
  },
  {
    title: 'a name that is another one in JSON, where a json_name takes it',
    states: [order('string zip = 2;'), order('string zip = 2; string code = 3 [json_name = "zip"];')],
    told: [['proto/json-name-collision', /^"code" and "zip" of shop\.v1\.Order are both "zip" in JSON/]],
  },
  {
    title: 'a new spelling of a name of proto2',
    states: [
      proto2('message Order {\n  optional string order_id = 1;\n}'),
      proto2('message Order {\n  optional string order_id = 1;\n  optional string orderId = 2;\n}'),
    ],
    told: [['proto/json-name-collision', /are both "orderId" in JSON/]],
  },
  {
    title: 'two spellings that were there before',
    states: [
      proto2('message Order {\n  optional string order_id = 1;\n  optional string orderId = 2;\n}'),
      proto2(
        'message Order {\n  optional string order_id = 1;\n  optional string orderId = 2;\n  optional string x = 3;\n}',
      ),
    ],
    told: [],
  },
  {
    title: 'spellings of one name in two messages',
    states: [
      order(''),
      proto3('message Order {\n  string id = 1;\n  message Line { string order_id = 1; }\n  string order_id = 2;\n}'),
    ],
    told: [],
  },
  {
    title: 'a name of JSON that a json_name keeps apart',
    states: [order('string zip_code = 2;'), order('string zip_code = 2; string zipCode = 3 [json_name = "zip"];')],
    told: [],
  },
  {
    title: 'a value that an enum of proto2 gets',
    states: [proto2(state('')), proto2(state('STATE_PAID = 1;'))],
    told: [['proto/enum-value-added', /the enum is closed, so the field looks unset to them/]],
  },
  {
    title: 'a value that an enum of an edition gets, open as it is there',
    states: [edition(state('')), edition(state('STATE_PAID = 1;'))],
    told: [['proto/enum-value-added', /the open enum hands them the bare number/]],
  },
  {
    title: 'a value that an enum gets which an edition closes',
    states: [
      edition(state('').replace('{', '{\n  option features.enum_type = CLOSED;')),
      edition(state('STATE_PAID = 1;').replace('{', '{\n  option features.enum_type = CLOSED;')),
    ],
    told: [['proto/enum-value-added', /the enum is closed/]],
  },
  {
    title: 'an enum that is new itself',
    states: [order(''), `${order('')}${state('STATE_PAID = 1;')}\n`],
    told: [],
  },
  {
    title: 'another name for a value',
    states: [
      proto3(state('STATE_PAID = 1;')),
      proto3(state('option allow_alias = true; STATE_PAID = 1; STATE_DONE = 1;')),
    ],
    told: [],
  },
];

const tree = (text: string): Tree => treeOf({ 'shop/v1/shop.proto': text });

for (const { title, states, told } of cases)
  test(title, () => {
    const [after = '', ...older] = states.toReversed();
    const before = older.map((text, index) => ({ name: `v${older.length - index}`, tree: tree(text) }));
    const { findings } = protobuf.compare({ before, after: tree(after), beyond: true });
    const own = findings.filter(({ peerRule }) => peerRule === undefined);
    const words = own.map(({ rule, messageId, args }) => {
      const message = protobuf.rules.find(({ id }) => id === rule)?.messages[messageId] ?? '';
      return [rule, message.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name]))] as const;
    });
    assert.deepEqual(
      words.map(([rule]) => rule),
      told.map(([rule]) => rule),
      JSON.stringify(words),
    );
    for (const [index, [, message]] of words.entries()) assert.match(message, told[index]?.[1] ?? /^$/);
  });
