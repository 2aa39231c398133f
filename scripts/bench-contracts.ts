import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generator } from './bench-project.ts';

export interface BenchContract {
  /** Path below the folder, which is its import path. */
  readonly path: string;
  readonly text: string;
}

/**
 * Generated `.proto` files as a company's repository has them: twenty to a package, importing each other within packages and across
 * them, a few of them imported by very many; messages with nested types, oneofs and maps, enums, services, comments. The same number
 * gives the same files.
 * @param changed every how many files one is changed: mostly additions, else something that breaks; undefined: none
 */
export function* benchContracts(count: number, changed?: number): Generator<BenchContract, void> {
  for (let nth = 0; nth < count; nth += 1) yield protoFile(nth, changed !== undefined && nth % changed === changed - 1);
}

/** Writes a folder of them; answers the size in bytes. */
export function writeBenchContracts(folder: string, count: number, changed?: number): number {
  let bytes = 0;
  for (const { path, text } of benchContracts(count, changed)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    bytes += text.length;
  }
  return bytes;
}

/** One record with as many fields: primitives, unions with null, logical types, enums, nested records, arrays and maps. */
export function benchAvro(fields: number): string {
  const random = generator(fields);
  const field = (nth: number) => {
    const head = { name: `field_${nth}`, doc: `${sentence(random)} (${nth}).` };
    const roll = Math.floor(random() * 10);
    if (roll < 3) return { ...head, type: pick(random, ['string', 'long', 'int', 'double', 'boolean']) };
    if (roll < 6) return { ...head, type: ['null', pick(random, ['string', 'long', 'bytes'])], default: null };
    if (roll === 6) return { ...head, type: { type: 'long', logicalType: 'timestamp-millis' }, default: 0 };
    if (roll === 7)
      return { ...head, type: { type: 'enum', name: `Enum${nth}`, symbols: ['UNKNOWN', `A${nth}`, `B${nth}`] } };
    if (roll === 8) return { ...head, type: { type: pick(random, ['array']), items: 'string' }, default: [] };
    const inner = Array.from({ length: 4 }, (_, index) => ({
      name: `inner_${index}`,
      type: ['null', 'string'],
      default: null,
    }));
    return { ...head, type: { type: 'record', name: `Record${nth}`, fields: inner } };
  };
  const wide = {
    type: 'record',
    name: 'Wide',
    namespace: 'acme.events',
    fields: Array.from({ length: fields }, (_, nth) => field(nth)),
  };
  return `${JSON.stringify(wide, null, 2)}\n`;
}

type Random = () => number;

const perPackage = 20;

function packageOf(nth: number): string {
  const area = Math.floor(nth / perPackage);
  return `acme.${domains[area % domains.length]}.area${area}.v1`;
}

export function pathOf(nth: number): string {
  return `${packageOf(nth).replaceAll('.', '/')}/${nouns[nth % nouns.length]?.toLowerCase()}_${nth}.proto`;
}

function syntaxOf(nth: number): 'proto2' | 'proto3' | '2023' {
  if (nth % 7 === 3) return 'proto2';
  return nth % 19 === 5 ? '2023' : 'proto3';
}

function protoFile(nth: number, isChanged: boolean): BenchContract {
  const random = generator(nth + 1);
  const syntax = syntaxOf(nth);
  const imports = importsOf(nth, random);
  const file: FileState = {
    nth,
    random,
    label: syntax === 'proto2' ? 'optional ' : '',
    imports,
    changes: isChanged ? generator(-nth) : undefined,
  };
  const body = [
    enumeration(file, `Status${nth}`, ''),
    ...Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => message(file, index)),
    ...(random() < 0.3 ? [service(file)] : []),
  ];
  const head = [
    '// Copyright the authors of these generated contracts. All rights reserved.',
    '',
    syntax === '2023' ? 'edition = "2023";' : `syntax = "${syntax}";`,
    '',
    `package ${packageOf(nth)};`,
    '',
    'import "google/protobuf/timestamp.proto";',
    ...imports.map((each) => `import "${pathOf(each)}";`),
    '',
    `option go_package = "acme.example/gen/${packageOf(nth).replaceAll('.', '/')}";`,
    `option java_package = "com.${packageOf(nth)}";`,
    'option java_multiple_files = true;',
  ];
  return { path: pathOf(nth), text: `${[head.join('\n'), ...body].join('\n\n')}\n` };
}

interface FileState {
  readonly nth: number;
  readonly random: Random;
  readonly label: string;
  readonly imports: readonly number[];
  /** Of its own, so that all but the changes stays as it was; undefined: unchanged. */
  readonly changes: Random | undefined;
}

/** Of earlier files: the neighbours in the package, some elsewhere, and the first ones of all, which everybody needs. */
function importsOf(nth: number, random: Random): readonly number[] {
  if (nth === 0) return [];
  const start = nth - (nth % perPackage);
  const some = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
    const roll = random();
    if (roll < 0.2) return Math.floor(random() * Math.min(nth, perPackage));
    if (roll < 0.7 && nth > start) return start + Math.floor(random() * (nth - start));
    return Math.floor(random() * nth);
  });
  return [...new Set(some)].sort((a, b) => a - b);
}

function enumeration({ random, changes }: FileState, name: string, indent: string): string {
  const prefix = name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase();
  const count = 3 + Math.floor(random() * 6);
  const values = Array.from(
    { length: count },
    (_, index) => `${indent}  ${prefix}_${words[index] ?? index} = ${index};`,
  );
  // Of every change of a file one in four takes a value away, the others add one.
  if (changes !== undefined && changes() < 0.25) values.pop();
  else if (changes !== undefined) values.push(`${indent}  ${prefix}_ADDED = ${count};`);
  return [`${indent}// ${sentence(random)}.`, `${indent}enum ${name} {`, ...values, `${indent}}`].join('\n');
}

function message(file: FileState, index: number): string {
  const { nth, random, label, changes } = file;
  const name = index === 0 ? `Record${nth}` : `${pick(random, nouns)}${nth}${'ABCDEF'[index]}`;
  const lines: string[] = [];
  let number = 1;
  const comment = () => {
    if (random() < 0.6) lines.push(`  // ${sentence(random)}, ${sentence(random)}.`);
  };
  const scalars = 3 + Math.floor(random() * 9);
  for (let each = 0; each < scalars; each += 1) {
    comment();
    const options = random() < 0.05 ? ' [deprecated = true]' : '';
    lines.push(
      `  ${random() < 0.15 ? 'repeated ' : label}${pick(random, types)} ${pick(random, words).toLowerCase()}_${number} = ${number}${options};`,
    );
    number += 1;
  }
  comment();
  lines.push(
    `  ${label}Status${nth} status = ${number};`,
    `  ${label}google.protobuf.Timestamp created_at = ${number + 1};`,
  );
  number += 2;
  for (const target of file.imports) {
    if (random() < 0.4) continue;
    comment();
    lines.push(
      `  ${random() < 0.4 ? 'repeated ' : label}${packageOf(target)}.Record${target} record_${target} = ${number};`,
    );
    number += 1;
    // An enum of proto2 is closed, which only proto2 may use.
    if (random() < 0.4 && (label !== '' || syntaxOf(target) !== 'proto2')) {
      lines.push(`  ${label}${packageOf(target)}.Status${target} status_${target} = ${number};`);
      number += 1;
    }
  }
  if (random() < 0.3) {
    lines.push(`  map<string, ${pick(random, ['string', 'int64', `Status${nth}`])}> labels = ${number};`);
    number += 1;
  }
  if (random() < 0.25) {
    lines.push('  oneof choice {', `    string by_name = ${number};`, `    int64 by_id = ${number + 1};`, '  }');
    number += 2;
  }
  if (random() < 0.15) {
    lines.push('', enumeration({ ...file, changes: undefined }, 'Kind', '  '), '');
    lines.push(`  ${label}Kind kind = ${number};`);
    number += 1;
  }
  if (changes !== undefined) change(lines, changes, number, label);
  return [
    `// ${sentence(random)}.`,
    `// ${sentence(random)}, ${sentence(random)}.`,
    `message ${name} {`,
    ...lines,
    '}',
  ].join('\n');
}

/** Mostly a field more; else one that is gone, that has another name or another type. */
function change(lines: string[], random: Random, next: number, label: string): void {
  const roll = random();
  const at = lines.findIndex((line) => / = 2( \[.*)?;$/.test(line));
  const line = lines[at] ?? '';
  if (roll < 0.6) lines.push(`  // Added since.`, `  ${label}string added_${next} = ${next};`);
  else if (roll < 0.75) lines.splice(at, 1);
  else if (roll < 0.9) lines[at] = line.replace(/(\w+) = 2/, 'renamed_$1 = 2');
  else lines[at] = line.replace(/\w+ (\w+ = 2)/, 'float $1');
}

function service({ nth, random, changes }: FileState): string {
  const methods = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, index) => [
    `  // ${sentence(random)}.`,
    `  rpc ${['Get', 'List', 'Create', 'Update', 'Delete', 'Watch'][index]}${nth}(Record${nth}) returns (${index === 5 ? 'stream ' : ''}Record${nth});`,
  ]);
  if (changes !== undefined && changes() < 0.3) methods.pop();
  return [`// ${sentence(random)}.`, `service Service${nth} {`, ...methods.flat(), '}'].join('\n');
}

const domains = ['billing', 'catalog', 'identity', 'logistics', 'media', 'payments', 'search'];
const nouns = [
  'Account',
  'Basket',
  'Contract',
  'Delivery',
  'Event',
  'Folder',
  'Group',
  'Invoice',
  'Journal',
  'Key',
  'Ledger',
];
const words = ['UNSPECIFIED', 'ACTIVE', 'PENDING', 'CLOSED', 'AMOUNT', 'TITLE', 'OWNER', 'REGION', 'SOURCE', 'TOTAL'];
const types = ['string', 'string', 'string', 'int64', 'int32', 'bool', 'double', 'bytes', 'uint64', 'sint32'];
const phrases = [
  'What the owner of the account sees',
  'kept as long as the contract runs',
  'set by the server and never by clients',
  'empty where nothing is known',
  'in the smallest unit of the currency',
  'as the standard writes it',
  'the newest one first',
  'no longer than two hundred characters',
];

function sentence(random: Random): string {
  return pick(random, phrases);
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
