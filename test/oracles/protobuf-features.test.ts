import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FeatureSet, FieldDescriptor, ProtoSet } from '#core/contracts/formats/protobuf/descriptor.ts';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';
import { pythonWith } from '../../scripts/noise/packages.ts';
import { run } from '../../scripts/oracles/tools.ts';
import { protoText } from '../support/proto-model.ts';
import { protoSet, seeded } from '../support/proto-sets.ts';
import { bufDescriptors } from './support/buf.ts';

type Facts = Readonly<Record<string, readonly (string | boolean)[]>>;

const seed = Number(process.env.SEED ?? 1);

async function theirs(files: ReadonlyMap<string, string>): Promise<Facts> {
  const folder = await mkdtemp(join(tmpdir(), 'schemaward-features-'));
  try {
    await writeFile(join(folder, 'set.binpb'), await bufDescriptors(files));
    const script = join(import.meta.dirname, 'support', 'protobuf_features.py');
    const python = await pythonWith({ packages: ['protobuf==6.33.0'] });
    const { stdout } = await run(python, [script, join(folder, 'set.binpb')], { maxBuffer: 1 << 28 });
    return JSON.parse(stdout) as Facts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function list(it: FeatureSet): readonly string[] {
  const { fieldPresence, enumType, repeatedFieldEncoding, utf8Validation, messageEncoding, jsonFormat } = it;
  return [fieldPresence, enumType, repeatedFieldEncoding, utf8Validation, messageEncoding, jsonFormat];
}

function fieldFacts({ features, kind, label }: FieldDescriptor): readonly (string | boolean)[] {
  const packable = kind !== 'string' && kind !== 'bytes' && kind !== 'message' && kind !== 'group';
  const hasPresence = label !== 'repeated' && features.fieldPresence !== 'IMPLICIT';
  const isPacked = label === 'repeated' && packable && features.repeatedFieldEncoding === 'PACKED';
  return [...list(features), hasPresence, isPacked, kind === 'group'];
}

function ours(set: ProtoSet): Facts {
  const facts: Record<string, readonly (string | boolean)[]> = {};
  for (const message of set.messages.values()) {
    facts[`message ${message.fullName}`] = list(message.features);
    for (const field of message.fields) facts[`field ${field.fullName}`] = fieldFacts(field);
    for (const oneof of message.oneofs) facts[`oneof ${oneof.fullName}`] = list(oneof.features);
  }
  for (const it of set.enums.values()) {
    facts[`enum ${it.fullName}`] = list(it.features);
    for (const value of it.values) facts[`value ${it.fullName} ${value.name}`] = list(value.features);
  }
  for (const extension of set.extensions.values()) facts[`field ${extension.fullName}`] = fieldFacts(extension);
  return facts;
}

test("features are resolved as protobuf's own runtime does", async () => {
  const files = new Map<string, string>();
  for (let index = 0; index < 100; index++)
    for (const file of protoSet(seeded(seed * 1000 + index), `p${index}`)) files.set(file.path, protoText(file));
  const set = linkProtos(new Map([...files].map(([path, text]) => [path, readProto({ path: `/${path}`, text })])));
  const [own, other] = [ours(set), await theirs(files)];
  let compared = 0;
  for (const [element, facts] of Object.entries(other)) {
    const mine = own[element];
    // The oneof behind `optional` of proto3.
    if (mine === undefined && element.startsWith('oneof ')) continue;
    // What always tells whether it is set is explicit here, whatever the file says; the runtime says so apart.
    const [presence, ...rest] = facts;
    const expected = presence === 'IMPLICIT' && rest[5] === true ? ['EXPLICIT', ...rest] : facts;
    assert.deepEqual(mine, expected, element);
    compared++;
  }
  assert.ok(compared > 10_000, `${compared}`);
});
