import type { Files, Sides } from './run.ts';

interface Shaped {
  /** `$` stands for the case's package and folder. A text is the file `$/a.proto`. */
  readonly before: string | Files;
  readonly after: string | Files;
}

const p2 = (body: string): string => `syntax = "proto2";\npackage $;\n${body}`;
const p3 = (body: string): string => `syntax = "proto3";\npackage $;\n${body}`;
const e23 = (body: string): string => `edition = "2023";\npackage $;\n${body}`;
const e24 = (body: string): string => `edition = "2024";\npackage $;\n${body}`;

/** Every option of files that buf compares, with a value of its own on each side. */
const fileOptions = (text: string, flag: boolean, optimize: string): string =>
  [
    ...[
      'csharp_namespace',
      'go_package',
      'java_outer_classname',
      'java_package',
      'objc_class_prefix',
      'php_class_prefix',
      'php_metadata_namespace',
      'php_namespace',
      'ruby_package',
      'swift_prefix',
    ].map((name) => `option ${name} = "${text}";`),
    ...[
      'cc_enable_arenas',
      'cc_generic_services',
      'java_generic_services',
      'java_multiple_files',
      'py_generic_services',
    ].map((name) => `option ${name} = ${flag};`),
    `option optimize_for = ${optimize};`,
  ].join('\n');

/** Cases that random changes do not find, or not often. */
const shaped: readonly Shaped[] = [
  // Deletions at every depth, with and without what surrounded them.
  {
    before: p3(
      'message A { message B { message C { enum D { D_NONE = 0; } message E {} } } }\nmessage F { enum G { G_NONE = 0; } }',
    ),
    after: p3('message A { message B {} }'),
  },
  {
    before: p3('message A { message B { message C { enum D { D_NONE = 0; } } } }'),
    after: p3('message A { }'),
  },
  {
    before: p3('message A { map<string, int32> m = 1; message B { map<int32, A> n = 1; } }'),
    after: p3('message A { message B {} }'),
  },
  { before: p3('message A { map<string, int32> m = 1; }'), after: p3('message A { map<string, int64> m = 1; }') },
  { before: p3('message A { map<string, int32> m = 1; }'), after: p3('message A { map<\n int32\n, int32> m = 1; }') },
  { before: p3('message A { map<string, A> m = 1; }'), after: p3('message A { map<string, B> m = 1; } message B {}') },
  { before: p3('message A { map<string, int32> m = 1; }'), after: p3('message A { map<string, int32> n = 1; }') },
  {
    before: p3('message A { map<string, int32> m = 1; }'),
    after: p3('message A { repeated MEntry m = 1; message MEntry { string key = 1; int32 value = 2; } }'),
  },
  {
    before: p3('message A { map<string, string> m = 1; }'),
    after: e23('message A { map<string, string> m = 1 [features.utf8_validation = NONE]; }'),
  },
  { before: p2('message A { map<string, string> m = 1; }'), after: p3('message A { map<string, string> m = 1; }') },
  // Moves: to another file of the package, to another package, behind an import.
  {
    before: {
      '$/a.proto': p3(
        'message A { string x = 1; message B {} enum C { C_NONE = 0; } }\nservice S { rpc R(A) returns (A); }',
      ),
      '$/b.proto': p3('message Z {}'),
    },
    after: {
      '$/a.proto': p3('message Y {}'),
      '$/b.proto': p3('message Z {}\nmessage A { int32 x = 1; message B {} }\nservice S {}'),
    },
  },
  {
    before: { '$/a.proto': p3('message A { message B {} }'), '$/b.proto': p3('message Z {}') },
    after: { '$/a.proto': p3('message Y {}'), '$/b.proto': p3('message Z {}\nmessage A { }') },
  },
  {
    before: {
      '$/a.proto': p3('message A { string x = 1; }\nenum E { E_NONE = 0; }\nservice S {}'),
      '$/b.proto': p3('message B {}\nenum F { F_NONE = 0; }\nservice T {}'),
    },
    after: { '$/b.proto': p3('message B {}\nenum F { F_NONE = 0; }\nservice T {}') },
  },
  {
    before: {
      '$/a.proto': 'syntax = "proto3";\npackage $.x;\nmessage A {}',
      '$/b.proto': 'syntax = "proto3";\npackage $.x;\nmessage B {}',
    },
    after: { '$/b.proto': 'syntax = "proto3";\npackage $.y;\nmessage B {}' },
  },
  {
    before: {
      '$/a.proto': 'syntax = "proto3";\npackage $.x;\nmessage A {}',
      '$/b.proto': 'syntax = "proto3";\npackage $.x;\nenum B { B_NONE = 0; }',
    },
    after: { '$/a.proto': 'syntax = "proto3";\npackage $.x;\nenum C { C_NONE = 0; }' },
  },
  {
    before: {
      '$/a.proto': p2(
        'message A { extensions 1 to 9; }\nextend A { optional int32 x = 1; }\nmessage B { extend A { optional int32 y = 2; } }',
      ),
    },
    after: { '$/a.proto': p2('message A { extensions 1 to 9; }\nmessage B { }') },
  },
  {
    before: {
      '$/a.proto': p2('message A { extensions 1 to 9; }\nextend A { optional int32 x = 1; optional int32 z = 3; }'),
      '$/b.proto': p2('message Z {}'),
    },
    after: {
      '$/a.proto': p2('message A { extensions 1 to 9; }'),
      '$/b.proto': p2(
        'import "$/a.proto";\nmessage Z { extend A { optional int64 x = 1; } }\nextend A { optional int32 z = 3; }',
      ),
    },
  },
  {
    before: p2(
      'message A { extensions 1 to 9; }\nextend A { optional int32 x = 1; repeated A y = 2; optional string s = 3; }',
    ),
    after: p2(
      'message A { extensions 1 to 9; }\nextend A { optional string x2 = 1; optional A y = 2; optional string s = 3 [ctype = CORD]; }',
    ),
  },
  {
    before: p2('message A { extensions 1 to 9; }\nextend A { optional group Grp = 1 { optional int32 x = 1; } }'),
    after: p2('message A { extensions 1 to 9; }\nextend A { optional group Grp = 1 { optional int64 x = 1; } }'),
  },
  // The order of an enum's values, aliases, and what is reserved of them.
  {
    before: p3('enum A { option allow_alias = true; A_NONE = 0; A_ONE = 1; A_UN = 1; A_TWO = 2; A_DEUX = 2; }'),
    after: p3('enum A { option allow_alias = true; A_NONE = 0; A_ONE = 1; A_EINS = 1; }'),
  },
  {
    before: p3('enum A { option allow_alias = true; A_NONE = 0; A_TWO = 2; A_DEUX = 2; }'),
    after: p3('enum A { A_NONE = 0; reserved 2; reserved "A_TWO"; }'),
  },
  {
    before: p3('enum A { option allow_alias = true; A_NONE = 0; A_TWO = 2; A_DEUX = 2; }'),
    after: p3('enum A { A_NONE = 0; reserved "A_TWO", "A_DEUX"; }'),
  },
  {
    before: p2('enum A { A_NONE = -5; A_X = 3; reserved -20 to -10, 5, 7 to 9, 100 to max; }'),
    after: p2('enum A { A_NONE = -5; A_X = 3; reserved -20 to -15, -13 to -10, 7, 8 to 9, 100 to 200, 202 to max; }'),
  },
  {
    before: p2('message A { reserved 5, 7 to 9, 100 to max; extensions 20 to 30, 40 to 50; }'),
    after: p2('message A { reserved 7, 9, 5, 100 to 200, 201 to max; extensions 20 to 25, 26 to 29, 41 to 50; }'),
  },
  { before: p2('message A { extensions 20 to max; }'), after: p2('message A { extensions 20 to 1000; }') },
  {
    before: p2(
      'message A { optional int32 a = 1 [default = 10]; optional float b = 2 [default = 0.1]; optional string c = 3 [default = "a\\n"]; optional bytes d = 4 [default = "\\001"]; optional bool e = 5 [default = false]; optional double f = 6 [default = inf]; optional double g = 7 [default = nan]; optional int64 h = 8 [default = 9007199254740993]; optional uint64 i = 9 [default = 18446744073709551615]; optional float j = 10 [default = 16777217]; optional double k = 11 [default = 1e3]; }',
    ),
    after: p2(
      'message A { optional int32 a = 1 [default = 0xa]; optional double b = 2 [default = 0.1]; optional string c = 3 [default = "a\\x0a"]; optional bytes d = 4 [default = "\\x01"]; optional bool e = 5; optional double f = 6 [default = -inf]; optional double g = 7 [default = -nan]; optional int64 h = 8 [default = 9007199254740992]; optional uint64 i = 9 [default = 0xFFFFFFFFFFFFFFFF]; optional float j = 10 [default = 16777216]; optional double k = 11 [default = 1000.0]; }',
    ),
  },
  {
    before: p2(
      'message A { optional int32 a = 1 [default = 1]; optional int32 b = 2 [default = 1]; optional string c = 3 [default = "a"]; optional bytes d = 4 [default = "a"]; optional int32 e = 5 [default = 1]; optional float f = 6 [default = 1.5]; optional string g = 7; optional E h = 8 [default = TWO]; optional int32 i = 9 [default = 2]; optional E j = 10; } enum E { ONE = 1; TWO = 2; }',
    ),
    after: p2(
      'message A { optional bool a = 1 [default = true]; optional int64 b = 2 [default = 1]; optional bytes c = 3 [default = "a"]; optional string d = 4 [default = "b"]; repeated int32 e = 5; optional int32 f = 6 [default = 1]; optional int32 g = 7; optional E h = 8; optional E i = 9 [default = TWO]; optional E j = 10; } enum E { TWO = 2; ONE = 1; }',
    ),
  },
  {
    before: p2(
      'message A { optional double a = 1 [default = -0.0]; optional double b = 2; optional bytes c = 3 [default = "é"]; optional string d = 4 [default = "\\303\\251"]; }',
    ),
    after: p2(
      'message A { optional double a = 1; optional double b = 2 [default = -0]; optional string c = 3 [default = "é"]; optional string d = 4 [default = "é"]; }',
    ),
  },
  // Enums of other names: WIRE and WIRE_JSON take one that has grown.
  {
    before: p3(
      'message A { X.E a = 1; X.E b = 2; X.F c = 3; } message X { enum E { E_NONE = 0; E_ONE = 1; } enum F { F_NONE = 0; } } message Y { enum E { G_NONE = 0; } enum H { H_NONE = 0; } }',
    ),
    after: p3(
      'message A { Y.E a = 1; Z.E b = 2; Y.H c = 3; } message X { enum E { E_NONE = 0; E_ONE = 1; } enum F { F_NONE = 0; } } message Y { enum E { G_NONE = 0; } enum H { H_NONE = 0; } } message Z { enum E { E_NONE = 0; E_TWO = 2; E_ONE = 1; } }',
    ),
  },
  // Oneofs, real and synthetic.
  {
    before: p3(
      'message A { oneof x { int32 a = 1; int32 b = 2; } optional int32 c = 3; int32 d = 4; oneof y { int32 e = 5; } }',
    ),
    after: p3(
      'message A { oneof x { int32 a = 1; int32 c = 3; } optional int32 b = 2; oneof z { int32 d = 4; int32 e = 5; } }',
    ),
  },
  {
    before: p2('message A { oneof x { group G = 1 { optional int32 y = 1; } int32 b = 2; } }'),
    after: p2('message A { optional group G = 1 { optional int32 y = 1; } optional int32 b = 2; }'),
  },
  // Groups and delimited messages.
  {
    before: p2('message A { optional group Grp = 1 { optional int32 x = 1; } }'),
    after: p2('message A { optional Grp grp = 1; message Grp { optional int32 x = 1; } }'),
  },
  {
    before: p2('message A { optional group Grp = 1 { optional int32 x = 1; } }'),
    after: e23('message A { Grp grp = 1 [features.message_encoding = DELIMITED]; message Grp { int32 x = 1; } }'),
  },
  {
    before: e23('message A { A a = 1; }'),
    after: e23('option features.message_encoding = DELIMITED;\nmessage A { A a = 1; }'),
  },
  {
    before: p2('message A { repeated group Grp = 1 { optional int32 x = 1; } optional int32 y = 2; }'),
    after: p2('message A { optional int32 grp = 1; optional group Y = 2 { } }'),
  },
  // Features: of a file, of a message, in an aggregate, of their languages.
  {
    before: e23('enum E { E_NONE = 0; } message A { string a = 1; int32 b = 2; }'),
    after: e23(
      'option features.enum_type = CLOSED;\noption features.json_format = LEGACY_BEST_EFFORT;\noption features.utf8_validation = NONE;\noption features.field_presence = IMPLICIT;\nenum E { E_NONE = 0; } message A { string a = 1; int32 b = 2; }',
    ),
  },
  {
    before: e23('enum E { E_NONE = 0; } message A { string a = 1; }'),
    after: e23(
      'enum E { option features = { enum_type: CLOSED json_format: LEGACY_BEST_EFFORT }; E_NONE = 0; } message A { option features = { json_format: LEGACY_BEST_EFFORT }; string a = 1 [features = { utf8_validation: NONE }]; }',
    ),
  },
  {
    before: e23(
      'import "google/protobuf/java_features.proto";\nimport "google/protobuf/cpp_features.proto";\nmessage A { string a = 1; string b = 2; }',
    ),
    after: e23(
      'import "google/protobuf/java_features.proto";\nimport "google/protobuf/cpp_features.proto";\noption features.utf8_validation = NONE;\nmessage A { string a = 1 [features.(pb.java).utf8_validation = VERIFY]; string b = 2 [features.(pb.cpp).string_type = CORD]; }',
    ),
  },
  { before: e23('message A { string a = 1; bytes b = 2; }'), after: e24('message A { string a = 1; bytes b = 2; }') },
  {
    before: p2(
      'message A { optional string a = 1; optional bytes b = 2 [ctype = STRING_PIECE]; optional string c = 3 [ctype = STRING_PIECE]; }',
    ),
    after: p2(
      'option java_string_check_utf8 = true;\nmessage A { optional string a = 1 [ctype = STRING_PIECE]; optional bytes b = 2; optional string c = 3 [ctype = CORD]; }',
    ),
  },
  {
    before: p2('message A { required int32 a = 1; optional int32 b = 2; repeated int32 c = 3; }'),
    after: p2('message A { optional int32 a = 1; required int32 b = 2; required int32 c = 3; required int32 d = 4; }'),
  },
  {
    before: e23('message A { int32 a = 1; int32 b = 2 [features.field_presence = LEGACY_REQUIRED]; int32 c = 3; }'),
    after: e23(
      'message A { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 b = 2; int32 c = 3 [features.field_presence = IMPLICIT]; }',
    ),
  },
  {
    before: p2('message A { required int32 a = 1; optional int32 b = 2; }'),
    after: e23('message A { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 b = 2; }'),
  },
  // Texts as they come: CRLF, tabs, a BOM, characters of two units, statements that share lines.
  {
    before: p3('message A { string a = 1; }').replaceAll('\n', '\r\n'),
    after: p3('message A {\r\n\tint32 a = 1;\r\n}\r\n').replaceAll('package $;\n', 'package $;\r\n'),
  },
  {
    before: p3('/* 𝒳 */ message A { /* é */ string a = 1; string b = 2; }'),
    after: p3('/* 𝒳 */ message A { /* é𝒳 */ int32 a = 1; \t/* é */\t  int32 b = 2; }'),
  },
  { before: `﻿${p3('message A { string a = 1; }')}`, after: `﻿${p3('message A { int32 a = 1; }')}` },
  {
    before: '\n\n// first\nsyntax = "proto3"; package $; message A { string a = 1; }',
    after: '\n\n// first\npackage $; message A { optional string a = 1; }',
  },
  // Services.
  {
    before: p3(
      'message A {} service S { rpc X(A) returns (A); rpc Y(stream A) returns (A) { option idempotency_level = IDEMPOTENT; } rpc Z(A) returns (A) { } }',
    ),
    after: p3(
      'message A { message A {} } service S { rpc X(.$.A) returns (stream .$.A.A) ; rpc Y(A) returns (A) { } rpc Z(\nA.A\n) returns (A) { option deprecated = true; option idempotency_level = NO_SIDE_EFFECTS; } }',
    ),
  },
  // Options of files.
  {
    before: p3(`${fileOptions('One', true, 'SPEED')}\nmessage A {}`),
    after: p3(`${fileOptions('Two', false, 'CODE_SIZE')}\nmessage A {}`),
  },
  { before: p3(`${fileOptions('One', true, 'SPEED')}\nmessage A {}`), after: p3('message A {}') },
  {
    before: p3(
      'option cc_enable_arenas = false;\noption optimize_for = LITE_RUNTIME;\noption php_generic_services = true;\nmessage A {}',
    ).replace('option php_generic_services = true;\n', ''),
    after: p3('option optimize_for = SPEED;\nmessage A {}'),
  },
  {
    before: p3('option go_package = "a" "b";\noption ruby_package = "x";\nmessage A {}'),
    after: p3('option go_package = "ab";\noption ruby_package = "";\nmessage A {}'),
  },
  {
    before: p3('message A { string a_b = 1; string c = 2 [json_name = "c"]; }'),
    after: p3('message A { string a_b = 1 [json_name = "a_b"]; string c = 2; }'),
  },
  {
    before: p3('message A { int64 a = 1; fixed64 b = 2 [jstype = JS_STRING]; int32 c = 3; }'),
    after: p3('message A { int64 a = 1 [jstype = JS_NORMAL]; sint64 b = 2; int64 c = 3 [jstype = JS_STRING]; }'),
  },
  {
    before: p3('message A {} message B { option no_standard_descriptor_accessor = true; }'),
    after: p3('message A { option no_standard_descriptor_accessor = true; } message B { }'),
  },
  // Names: of no package, with a dot in front, of what is built in, of what another file shows.
  {
    before:
      'syntax = "proto3";\nmessage NoPackage { message Inner { enum E { NO_E = 0; } } string a = 1; }\nenum NoPackageEnum { NO_X = 0; NO_Y = 1; }\nservice NoPackageApi { rpc R(NoPackage) returns (NoPackage); }',
    after: 'syntax = "proto3";\nmessage NoPackage { int32 a = 1; }\nenum NoPackageEnum { NO_X = 0; }',
  },
  {
    before: p3(
      'import "google/protobuf/timestamp.proto";\nmessage A { google.protobuf.Timestamp a = 1; .google.protobuf.Timestamp b = 2; map<string, google.protobuf.Timestamp> c = 3; repeated google.protobuf.Timestamp d = 4; }',
    ),
    after: p3(
      'import "google/protobuf/duration.proto";\nimport "google/protobuf/timestamp.proto";\nmessage A { google.protobuf.Duration a = 1; google.protobuf.Timestamp b = 2; map<string, google.protobuf.Duration> c = 3; google.protobuf.Timestamp d = 4; }',
    ),
  },
  {
    before: p3(
      'import "google/protobuf/descriptor.proto";\nextend google.protobuf.FieldOptions { string note = 50001; int32 level = 50002; }\nmessage A { string a = 1 [(note) = "x"]; }',
    ),
    after: p3(
      'import "google/protobuf/descriptor.proto";\nextend google.protobuf.FieldOptions { repeated string note = 50001; }\nextend google.protobuf.MessageOptions { int32 level = 50002; }\nmessage A { string a = 1 [(note) = "x"]; }',
    ),
  },
  {
    before: {
      '$/a.proto': p3('import "$/b.proto";\nmessage A { B b = 1; B.E e = 2; }'),
      '$/b.proto': p3('message B { enum E { E_NONE = 0; } }'),
    },
    after: {
      '$/a.proto': p3('import "$/b.proto";\nmessage A { B b = 1; C.E e = 2; }'),
      '$/b.proto': p3('import public "$/c.proto";\nmessage C { enum E { F_NONE = 0; } }'),
      '$/c.proto': p3('message B { enum E { E_NONE = 0; E_ONE = 1; } }'),
    },
  },
  {
    before: {
      '$/a.proto': p3('import "$/b.proto";\nmessage A { E e = 1; }'),
      '$/b.proto': 'syntax = "proto3";\npackage $;\nenum E { E_NONE = 0; E_ONE = 1; }',
    },
    after: {
      '$/a.proto': p3('import "$/b.proto";\nmessage A { $.x.E e = 1; }'),
      '$/b.proto': 'syntax = "proto3";\npackage $.x;\nenum E { E_NONE = 0; E_ONE = 1; E_TWO = 2; }',
    },
  },
  { before: p3('message A { message B {} B b = 1; } message B {}'), after: p3('message A { B b = 1; } message B {}') },
  {
    before: e24('export message A { local message B {} B b = 1; }'),
    after: e24('local message A { message B {} B b = 1 [features.message_encoding = DELIMITED]; }'),
  },
  // Names that protoc derives.
  {
    before: p3(
      'message A { string foo_bar = 1; string fooBaz = 2; string _x_ = 3; string a__b = 4; string f1_2 = 5; }',
    ),
    after: p3('message A { string fooBar = 1; string foo_baz = 2; string X = 3; string a_B = 4; string f12 = 5; }'),
  },
  {
    before: p2('message A { optional group FooBar = 1 { } }'),
    after: p2('message A { optional group Foo_Bar = 1 { } }'),
  },
  // What fixes bring back: types that went with what used them, what moved to another file, groups.
  {
    before:
      'syntax = "proto2"; package $; message T { optional U u = 1; } enum U { A = 0; } message M { optional T t = 1; }',
    after: 'syntax = "proto2"; package $; message M { }',
  },
  {
    before: {
      '$/a.proto': 'syntax = "proto3"; package $; import "$/t.proto"; message M { T t = 1; }',
      '$/t.proto': 'syntax = "proto3"; package $; message T { }',
    },
    after: { '$/a.proto': 'syntax = "proto3"; package $; message M { }' },
  },
  {
    before:
      'syntax = "proto3"; package $; message T { } message V { } service S { rpc A(T) returns (V); rpc B(V) returns (T); }',
    after: 'syntax = "proto3"; package $; message V { } service S { rpc A(V) returns (V); }',
  },
  {
    before: {
      '$/a.proto': 'syntax = "proto3";\npackage $;\n\nenum E {\n  E0 = 0;\n}\n\nmessage A {\n  E e = 1;\n}\n',
      '$/b.proto': 'syntax = "proto3";\npackage $;\n\nmessage B {}\n',
    },
    after: {
      '$/a.proto': 'syntax = "proto3";\npackage $;\n\nimport "$/b.proto";\n\nmessage A {\n  E e = 1;\n}\n',
      '$/b.proto': 'syntax = "proto3";\npackage $;\n\nmessage B {}\n\nenum E {\n  E0 = 0;\n}\n',
      '$/c.proto': 'syntax = "proto3";\npackage $;\n\nimport "$/b.proto";\n\nmessage C {\n  E e = 1;\n}\n',
    },
  },
  {
    before: 'syntax = "proto2"; package $; message M { optional group G = 1 { optional int32 x = 1; } }',
    after: 'syntax = "proto2"; package $; message M { message G { optional int32 x = 1; } optional G g = 1; }',
  },
  {
    before: 'syntax = "proto2"; package $; message M { message G { optional int32 x = 1; } optional G g = 1; }',
    after: 'syntax = "proto2"; package $; message M { optional group G = 1 { optional int32 x = 1; } }',
  },
  {
    before: 'syntax = "proto2"; package $; message M { optional group G = 1 { optional int32 x = 1; } }',
    after: 'syntax = "proto2"; package $; message M { repeated group G = 1 { optional int32 x = 1; } }',
  },
  {
    before: 'syntax = "proto2"; package $; message M { optional group G = 1 { optional int32 x = 1; } }',
    after: 'syntax = "proto2"; package $; message M { optional group H = 1 { optional int32 x = 1; } }',
  },
];

/** All of them as packages of one module. */
export function shapedCases(): Sides {
  const sides = { before: {} as Record<string, string>, after: {} as Record<string, string> };
  for (const [nth, each] of shaped.entries()) {
    for (const side of ['before', 'after'] as const) {
      const files = each[side];
      for (const [path, text] of Object.entries(typeof files === 'string' ? { '$/a.proto': files } : files)) {
        sides[side][path.replaceAll('$', `h${nth}`)] = text.replaceAll('$', `h${nth}`);
      }
    }
  }
  return sides;
}
