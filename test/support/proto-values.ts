import type { seeded } from './proto-sets.ts';

type Random = ReturnType<typeof seeded>;

/** Names of services and members that stand in the way of types; statements of a file of its own. */
const statements: readonly string[] = [
  'service S { rpc Foo(Foo) returns (Foo); }',
  'service S { rpc Foo(Foo.Bar) returns (Foo); }',
  'service S { rpc E(Foo) returns (Foo); rpc G(E.Bar) returns (Foo); }',
  'service S { rpc In(In) returns (Foo); }',
  'service S { rpc A(A) returns (Foo); }',
  'service S { rpc A(A.B) returns (Foo); }',
  'service Foo2 { rpc A(Foo2) returns (Foo); }',
  'service S { rpc A(S.A) returns (Foo); }',
  'service S { rpc A(S.Foo) returns (Foo); rpc Foo(Foo) returns (Foo); }',
  'service S { rpc Foo(S.Foo) returns (Foo); }',
  'service S { rpc A(Foo) returns (Foo); } message M { optional S.A x = 1; }',
  'service S { rpc A(Foo) returns (Foo); } message M { optional S x = 1; }',
  'service S { rpc A(Foo) returns (Foo); } message M { message S {} optional S.A x = 1; }',
  'service S { rpc M(M.N) returns (M); } message M { message N {} }',
  'message M { optional int32 Foo = 1; extend Foo { optional int32 q = 130; } }',
  'message M { oneof Foo { int32 z = 1; } extend Foo { optional int32 q = 131; } }',
  'message M { enum Q { Foo = 0; } extend Foo { optional int32 q = 132; } }',
  'enum Q { V = 0; } message M { extend V { optional int32 q = 133; } }',
  'message M { extend Foo { optional int32 q = 130; } message Foo { extensions 130; } }',
  'message M { message N { extend M { optional int32 M = 3; } } extensions 3; }',
  'message M { optional int32 Foo = 1; extend Foo.Bar { optional int32 q = 130; } }',
  'message M { oneof Foo { Foo a = 1; } }',
  'message M { oneof Foo { Foo.Bar a = 1; } }',
  'message M { optional Foo.Bar Foo = 1; }',
  'message M { optional Foo Foo = 1; }',
  'enum Q { Foo2 = 0; } message M { optional Foo2 a = 1; }',
  'message M { enum Q { Foo = 0; } optional Foo a = 1; }',
  'message M { enum Q { Foo = 0; } optional Foo.Bar a = 1; }',
  'message M { extend Foo { optional int32 Foo = 120; } optional Foo a = 1; optional Foo.Bar b = 2; }',
];

/** Values of `(opt)`; `$` is the package. */
const values: readonly string[] = [
  '{ foo {} foo {} }',
  '{ foos {} foos {} }',
  '{ foos: [] }',
  '{ any { } any { } }',
  '{ any {} }',
  '{ a: 1; a: 2 }',
  '{ [$.xs]: 1 [$.xs]: [2] }',
  '{ one: 1 two: 2 }',
  '{ one: 1 one: 1 }',
  '{ m { key: 1 value: 2 } m { key: 1 value: 3 } }',
  '{ m: [{ key: 1 }, { value: 1 }] }',
  '{ m { key: 1 key: 2 } }',
  '{ m { nope: 2 } }',
  '{ foo { one: 1 two: 2 } }',
  '{ [$.y] { one: 1 two: 2 } }',
  '{ grp { g: 1 } }',
  '{ [$.x]: 1.5 }',
  '{ [$.x]: -1 }',
  '{ [$.e]: -E0 }',
  '{ a: 0x10 }',
  '{ a: 99999999999 }',
  '{ [$.x]: 99999999999 }',
  '{ a: inf }',
  '{ a: true }',
  '{ any { [type.googleapis.com/$.Foo] { a: 1 } }, anys { } }',
  '{ [$.x] 1 }',
  '{ any [] }',
  '{ anys [ {}, {} ] }',
  '{ anys: [ 1 ] }',
  '{ any { [TYPE.googleapis.com/$.Foo] { a: 1 } } }',
  '{ any { [/$.Foo] { a: 1 } } }',
  '{ any { [type.googleapis.com/] { a: 1 } } }',
  '{ any { [type.googleapis.com/.$.Foo] { a: 1 } } }',
  '{ any { [$.x]: 1 } }',
  '{ any { type_url: "a" type_url: "b" } }',
  '{ any { value: 1 } }',
  '{ [$.In.w]: 1 }',
  '{ [E0]: 1 }',
  '{ [Foo.a]: 1 }',
  '{ [a]: 1 }',
  '{ [google.protobuf.Any]: 1 }',

  '{ [x]: 1 }',
  '{ [$.x]: 1 }',
  '{ [.$.x]: 1 }',
  '{ [$.x]: "a" }',
  '{ [$.y] { a: 1 } }',
  '{ [$.y]: { b: 1 } }',
  '{ [$.xs]: [1, 2] }',
  '{ [$.xs]: 1 }',
  '{ [$.xs]: 1, [$.xs]: 2 }',
  '{ [$.x]: 1, [$.x]: 2 }',
  '{ a: 1, a: 2 }',
  '{ [$.nope]: 1 }',
  '{ [$.ox]: 1 }',
  '{ [$.In.w]: "a" }',
  '{ [In.w]: "a" }',
  '{ [$.e]: E0 }',
  '{ [$.e]: E9 }',
  '{ [$.e]: 0 }',
  '{ [$.G]: {} }',
  '{ [$.g]: { g: 1 } }',
  '{ [$.g] { g: "a" } }',
  '{ [$.Foo]: {} }',
  '{ foo { [$.x]: 1 } }',
  '{ foo { [$.x]: true } }',
  '{ foos: [{ [$.x]: 1 }, { a: 1 }] }',
  '{ foos: { [$.nope]: 1 } }',
  '{ any { [type.googleapis.com/$.Foo] { a: 1 } } }',
  '{ any { [type.googleapis.com/$.Foo]: { a: "x" } } }',
  '{ any { [type.googleapis.com/$.Nope] {} } }',
  '{ any { [example.org/$.Foo] { a: 1 } } }',
  '{ any { [type.googleprod.com/$.Foo] { a: 1 } } }',
  '{ any { [type.googleapis.com/$.Foo] { b: 1 } } }',
  '{ any { type_url: "x" value: "y" } }',
  '{ any { [type.googleapis.com/$.Foo] {} type_url: "x" } }',
  '{ any { [type.googleapis.com/$.Foo] {} [type.googleapis.com/$.Foo] {} } }',
  '{ any { [type.googleapis.com/$.E] {} } }',
  '{ any { [type.googleapis.com/$.Foo]: 1 } }',
  '{ any { [$.Foo] {} } }',
  '{ foo { [type.googleapis.com/$.Foo] {} } }',
  '{ anys: [{ [type.googleapis.com/$.Foo] {} }] }',
  '{ anys { [type.googleapis.com/$.Foo] { any { [type.googleapis.com/$.Other] { o: "x" } } } } }',
  '{ any { [type.googleapis.com/$.Foo] < a: 1 > } }',
  '{ any { [type.googleapis.com/$.Foo] [] } }',
  '{ [type.googleapis.com/$.x]: 1 }',
  '{ [$.z] { [type.googleapis.com/$.Foo] { a: 1 } } }',
  '{ any { [type.googleapis.com/Foo] { a: 1 } } }',
  '{ any { [type.googleapis.com/google.protobuf.Any] { } } }',
  '{ any: { [type.googleapis.com/google.protobuf.FileOptions] { java_package: "x" } } }',
  '{ any { [ type.googleapis.com / $.Foo ] { a: 1 } } }',
  '{ [ $ . x ]: 1 }',
  '{ any { [a/b/$.Foo] {} } }',
];

/** Options beside each other. */
const settings: readonly string[] = [
  'option (opt) = {a: 1}; option (opt).a = 2;',
  'option (opt) = {foo {a: 1}}; option (opt).foo.a = 2;',
  'option (opt) = {foo {a: 1}}; option (opt).foo.one = 2;',
  'option (opt) = {foo {}}; option (opt).foo = {};',
  'option (opt) = {one: 1}; option (opt).two = 2;',
  'option (opt).foo.one = 1; option (opt).foo.two = 2;',
  'option (opts) = {a:1}; option (opts) = {a: 1};',
  'option (opt).foos = {}; option (opt).foos = {};',
  'option (opt) = { foos {} }; option (opt).foos = {};',
  'option (opt) = { [$.x]: 1 }; option (opt).($.x) = 1;',
  'option (opt) = { foo { a: 1 } foo { a: 2 } };',
  'option (opt) = { foo { one: 1 } foo { two: 2 } };',
  'option (opt) = { xs2 [1, 2] };',
  'option (opt) = { xs2 [] };',
  'option (opt) = { foos [] };',
  'option (opt) = { foos [1] };',
  'option (opt) = { [$.xs] [1] };',
  'option (opt) = { foo [{}] };',
  'option (opt) = { mo {} mo {} };',
  'option (opt) = { mo {} mp {} };',
  'option (opt).mo.a = 1; option (opt).mp.a = 2;',
  'option (opt).mo.a = 1; option (opt).mo.one = 2;',
  'option (opt) = { any { [type.googleapis.com/$.Foo] { a: 1 a: 2 } } };',
  'option (opt).a = 1;',
  'option (opt).($.x) = 1;',
  'option (opt).($.x) = true;',
  'option (opt).($.nope) = 1;',
  'option (opt).($.ox) = 1;',
  'option (opt).($.y).a = 1;',
  'option (opt).($.y).b = 1;',
  'option (opt).($.y).($.x) = 1;',
  'option (opt).(x) = 1;',
  'option (opt).(.$.x) = 1;',
  'option (opt).a = 1; option (opt).a = 2;',
  'option (opt).a = 1; option (opt).foo.a = 2;',
  'option (opt) = { a: 1 }; option (opt).foo.a = 2;',
  'option (opt).a = 1; option (opt) = { };',
  'option (opt) = {}; option (opt) = {};',
  'option (opts) = {}; option (opts) = {};',
  'option (opts).a = 1;',
  'option (opt).foos = {};',
  'option (opt).foos.a = 1;',
  'option (opt).one = 1; option (opt).two = 1;',
  'option (opt).any.type_url = "x";',
  'option (opt).any = { [type.googleapis.com/$.Foo] {} };',
  'option (opt).grp.g = 1;',
  'option (opt).Grp.g = 1;',
  'option (opt).m.key = 1;',
  'option (opt).m = { key: 1 };',
  'option (opt).($.xs) = 1; option (opt).($.xs) = 2;',
  'option (opt).($.e) = E0;',
  'option (opt).($.g).g = 1;',
  'option (opt).a.b = 1;',
  'option (opt).($.x).b = 1;',
  'option (opt).foo = { a: 1 }; option (opt).foo.one = 1;',
  'option (opt).foo.one = 1; option (opt).foo = { a: 1 };',
];

/** Files that differ in one thing each, of which compilers refuse many. */
export function valueCases(random: Random, generated: number): ReadonlyMap<string, string> {
  const bodies = [
    ...statements,
    ...values.map((value) => `option (opt) = ${value};`),
    ...settings,
    ...Array.from({ length: generated }, () => `option (opt) = ${message(random, 3)};`),
  ];
  return new Map([
    ...bodies.map((body, at): [string, string] => [
      `v${at}.proto`,
      `${head(`v${at}`)}${declarations(50000 + at * 4)}${body.replaceAll('$', `v${at}`)}\n`,
    ]),
    ...seeing(),
  ]);
}

function head(name: string): string {
  return `syntax = "proto2";
package ${name};
import "google/protobuf/any.proto";
import "google/protobuf/descriptor.proto";
`;
}

function declarations(number: number): string {
  return `message Foo {
  message Bar {}
  extensions 100 to max;
  optional int32 a = 1;
  optional Foo foo = 2;
  repeated Foo foos = 3;
  optional google.protobuf.Any any = 4;
  repeated google.protobuf.Any anys = 5;
  oneof u { int32 one = 20; int32 two = 21; }
  map<int32, int32> m = 22;
  optional group Grp = 23 { optional int32 g = 1; }
  repeated int32 xs2 = 30;
  oneof w { Foo mo = 31; Foo mp = 32; }
}
enum E { E0 = 0; }
extend Foo {
  optional int32 x = 100;
  optional Foo y = 101;
  repeated int32 xs = 102;
  optional E e = 103;
  optional google.protobuf.Any z = 104;
  optional group G = 105 { optional int32 g = 1; }
}
message In { extend Foo { optional string w = 110; } }
message Other { extensions 100 to 200; optional int32 o = 1; }
extend Other { optional int32 ox = 100; }
extend google.protobuf.FileOptions {
  optional Foo opt = ${number};
  optional google.protobuf.Any anyopt = ${number + 1};
  repeated Foo opts = ${number + 2};
}
`;
}

/** What an import brings, and what stands in files that are not imported. */
function seeing(): readonly (readonly [string, string])[] {
  const using = (name: string, imports: string, value: string): readonly [string, string] => [
    `${name}.proto`,
    `${head(name)}import "base.proto";\n${imports}\noption (base.opt) = ${value};\n`,
  ];
  const any = '{ any { [type.googleapis.com/other.Foo] { a: 1 } } }';
  return [
    ['base.proto', `${head('base')}${declarations(40000)}`],
    ['other.proto', `${head('other')}${declarations(40010)}`],
    ['more.proto', 'syntax = "proto2"; package more; import "base.proto"; extend base.Foo { optional int32 q = 500; }'],
    ['between.proto', 'syntax = "proto2"; package between; import "other.proto";'],
    ['open.proto', 'syntax = "proto2"; package open; import public "other.proto";'],
    using('s0', 'import "other.proto";', any),
    using('s1', '', any),
    using('s2', 'import "between.proto";', any),
    using('s3', 'import "open.proto";', any),
    using('s4', 'import "more.proto";', '{ [more.q]: 1 }'),
    using('s5', '', '{ [more.q]: 1 }'),
  ];
}

/** A value of `Foo` in text format, with a slip now and then. */
function message(random: Random, depth: number): string {
  const fields = Array.from({ length: Math.floor(random() * 4) }, () => field(random, depth));
  return `{ ${fields.join(pick(random, [' ', ', ', '; ']))} }`;
}

function field(random: Random, depth: number): string {
  const inner = (): string => (depth > 0 ? message(random, depth - 1) : '{}');
  const name = pick(random, ['a', 'one', 'two', 'xs2', '[$.x]', '[$.xs]', '[x]', '[$.e]', 'b', '[$.ox]', '[$.In.w]']);
  const number = pick(random, ['1', '-7', '0x1f', '2147483648', '1.5', 'true', 'E0', '"s"', '[1, 2]', '[]']);
  const holder = pick(random, ['foo', 'foos', '[$.y]', 'mo', 'mp', 'grp', 'm', 'any', '[$.g]']);
  const url = pick(random, ['type.googleapis.com/$.Foo', 'type.googleapis.com/$.Other', 'example.org/$.Foo', '$.Foo']);
  const whole = pick(random, [inner(), `: ${inner()}`, `[${inner()}]`, `: [${inner()}, ${inner()}]`]);
  return pick(random, [
    `${name}: ${number}`,
    `${name}: ${pick(random, ['1', '2'])}`,
    `${holder} ${whole}`,
    `any { [${url}] ${inner()} }`,
    `${pick(random, ['foo', 'foos', '[$.y]'])} ${inner()}`,
  ]);
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}
