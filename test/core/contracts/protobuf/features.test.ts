import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeatureSet } from '#core/contracts/formats/protobuf/descriptor.ts';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';

/** Features of every element by its name, as far as they differ from the file's. */
function features(text: string): Record<string, Partial<FeatureSet>> {
  const set = linkProtos(new Map([['a.proto', readProto({ path: '/a.proto', text })]]));
  assert.deepEqual(set.problems, []);
  const file = set.files.get('a.proto')!;
  const found: Record<string, Partial<FeatureSet>> = { file: file.features };
  const add = (name: string, own: FeatureSet) => {
    const other = Object.entries(own).filter(([key, value]) => file.features[key as keyof FeatureSet] !== value);
    found[name] = Object.fromEntries(other);
  };
  for (const message of set.messages.values()) {
    if (message.file !== file) continue;
    add(message.fullName, message.features);
    for (const it of [...message.fields, ...message.oneofs, ...message.extensions]) add(it.fullName, it.features);
  }
  for (const it of set.enums.values()) if (it.file === file) add(it.fullName, it.features);
  for (const it of file.extensions) add(it.fullName, it.features);
  return found;
}

const proto2: FeatureSet = {
  fieldPresence: 'EXPLICIT',
  enumType: 'CLOSED',
  repeatedFieldEncoding: 'EXPANDED',
  utf8Validation: 'NONE',
  messageEncoding: 'LENGTH_PREFIXED',
  jsonFormat: 'LEGACY_BEST_EFFORT',
  enforceNamingStyle: 'STYLE_LEGACY',
  cppStringType: 'STRING',
  javaUtf8Validation: 'DEFAULT',
};
const proto3: FeatureSet = {
  ...proto2,
  fieldPresence: 'IMPLICIT',
  enumType: 'OPEN',
  repeatedFieldEncoding: 'PACKED',
  utf8Validation: 'VERIFY',
  jsonFormat: 'ALLOW',
};

test('what proto2 writes as labels and options', () => {
  assert.deepEqual(
    features(`syntax = "proto2";
option java_string_check_utf8 = true;
message A {
  required int32 a = 1;
  repeated int32 b = 2 [packed = true];
  repeated int32 c = 3;
  optional string d = 4 [ctype = CORD];
  optional group G = 5 {}
  extensions 10;
}
extend A { repeated int32 x = 10 [packed = true]; }`),
    {
      file: { ...proto2, javaUtf8Validation: 'VERIFY' },
      A: {},
      'A.a': { fieldPresence: 'LEGACY_REQUIRED' },
      'A.b': { repeatedFieldEncoding: 'PACKED' },
      'A.c': {},
      'A.d': { cppStringType: 'CORD' },
      'A.g': { messageEncoding: 'DELIMITED' },
      'A.G': {},
      x: { repeatedFieldEncoding: 'PACKED' },
    },
  );
});

test('what proto3 has without a word', () => {
  assert.deepEqual(
    features(`syntax = "proto3";
message A {
  int32 a = 1;
  optional int32 b = 2;
  repeated int32 c = 3 [packed = false];
  A d = 4;
  oneof o { int32 e = 5; }
  map<int32, A> f = 6;
}
enum E { Z = 0; }`),
    {
      file: proto3,
      A: {},
      'A.a': {},
      'A.b': { fieldPresence: 'EXPLICIT' },
      'A.c': { repeatedFieldEncoding: 'EXPANDED' },
      'A.d': { fieldPresence: 'EXPLICIT' },
      'A.e': { fieldPresence: 'EXPLICIT' },
      'A.o': {},
      'A.f': {},
      'A.FEntry': {},
      'A.FEntry.key': {},
      'A.FEntry.value': { fieldPresence: 'EXPLICIT' },
      E: {},
    },
  );
});

test('what editions set, and who inherits it', () => {
  assert.deepEqual(
    features(`edition = "2023";
import "google/protobuf/cpp_features.proto";
import "google/protobuf/java_features.proto";
option features.field_presence = IMPLICIT;
option features = { enum_type: CLOSED [pb.cpp] { string_type: VIEW } };
option features.(pb.java).utf8_validation = VERIFY;
message A {
  option features.json_format = LEGACY_BEST_EFFORT;
  int32 a = 1 [features.field_presence = EXPLICIT];
  string b = 2 [features = { utf8_validation: NONE [pb.cpp]: { string_type: CORD } }];
  A c = 3 [features.message_encoding = DELIMITED];
  map<string, string> d = 4 [features.utf8_validation = NONE];
  enum E { option features.enum_type = OPEN; option features.json_format = ALLOW; Z = 0; }
  enum F { Y = 1; }
  message B { repeated int32 e = 1 [features.repeated_field_encoding = EXPANDED]; }
  extensions 10;
  extend A { string x = 10; }
}`),
    {
      file: {
        ...proto3,
        enumType: 'CLOSED',
        cppStringType: 'VIEW',
        javaUtf8Validation: 'VERIFY',
      },
      A: { jsonFormat: 'LEGACY_BEST_EFFORT' },
      'A.a': { jsonFormat: 'LEGACY_BEST_EFFORT', fieldPresence: 'EXPLICIT' },
      'A.b': { jsonFormat: 'LEGACY_BEST_EFFORT', utf8Validation: 'NONE', cppStringType: 'CORD' },
      'A.c': { jsonFormat: 'LEGACY_BEST_EFFORT', fieldPresence: 'EXPLICIT', messageEncoding: 'DELIMITED' },
      'A.d': { jsonFormat: 'LEGACY_BEST_EFFORT', utf8Validation: 'NONE' },
      'A.DEntry': { jsonFormat: 'LEGACY_BEST_EFFORT' },
      'A.DEntry.key': { jsonFormat: 'LEGACY_BEST_EFFORT', utf8Validation: 'NONE' },
      'A.DEntry.value': { jsonFormat: 'LEGACY_BEST_EFFORT', utf8Validation: 'NONE' },
      'A.E': { enumType: 'OPEN' },
      'A.F': { jsonFormat: 'LEGACY_BEST_EFFORT' },
      'A.B': { jsonFormat: 'LEGACY_BEST_EFFORT' },
      'A.B.e': { jsonFormat: 'LEGACY_BEST_EFFORT', repeatedFieldEncoding: 'EXPANDED' },
      'A.x': { jsonFormat: 'LEGACY_BEST_EFFORT', fieldPresence: 'EXPLICIT' },
    },
  );
});
