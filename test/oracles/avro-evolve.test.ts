import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FieldEvolution } from '#core/contracts/evolution.ts';
import { json } from '#core/contracts/formats/avro/evolve/json.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import type { Field } from '#core/contracts/formats/avro/schema.ts';
import { edited, evolving, treeOf } from '../core/contracts/evolve.ts';
import { type Apache, startApache } from './support/avro/apache.ts';
import { type Random, randomOf, schema } from './support/avro/generate.ts';
import { readAlone } from './support/avro/ours.ts';

/**
 * Apache Avro Java on fields of generated schemas that are evolved as they are, or after each kind of break: after the first step old
 * and new read each other, after the last one new readers read what was written before.
 */
const CASES = Number(process.env.CASES ?? 3000);
const SEED = Number(process.env.SEED ?? 1);
const path = 'a.avsc';
const { expand } = evolving(avro);

let apache: Apache;
before(async () => {
  apache = await startApache();
});
after(() => apache.stop());

const put = (text: string, { start, end }: { readonly start: number; readonly end: number }, words: string) =>
  text.slice(0, start) + words + text.slice(end);

const breaks: Readonly<Record<string, (text: string, field: Field) => string>> = {
  'as it is': (text) => text,
  'another type': (text, { type }) => put(text, type.span, type.kind === 'string' ? '"int"' : '"string"'),
  'another name': (text, { name, nameSpan }) => put(text, nameSpan, `"${name}_renamed"`),
  'renamed with an alias': (text, { name, nameSpan }) =>
    put(text, nameSpan, `"${name}_renamed", "aliases": ["${name}"]`),
  removed: (text, field) => put(text, json.remove(text, field).span, ''),
};

interface Evolved {
  readonly how: string;
  readonly old: string;
  readonly both: string;
  readonly done: string;
}

function evolved(random: Random): Evolved | undefined {
  const old = JSON.stringify(schema(random), null, random.chance(0.5) ? 2 : 0);
  const { file, problems } = readAlone(old);
  const fields = [...file.types.values()].flatMap((type) =>
    type.kind === 'record' ? type.fields.map((field) => ({ record: type.name.full, field })) : [],
  );
  if (problems.length > 0 || fields.length === 0) return undefined;
  const { record, field } = random.pick(fields);
  const [how, breaking] = random.pick(Object.entries(breaks));
  const now = breaking(old, field);
  if (readAlone(now).problems.length > 0) return undefined;
  const step = expand({ [path]: old }, { [path]: now }, { path, element: `${record}.${field.name}` });
  if (step === undefined || 'refused' in step) return undefined;
  const files = edited({ [path]: now }, step.edits);
  const both = files[path] ?? '';
  return { how, old, both, done: removed(both, step.evolution) ?? both };
}

/** Undefined where it is refused, because what the field defines is needed where it cannot go. */
function removed(text: string, draft: FieldEvolution): string | undefined {
  const step = avro.evolution?.contract(treeOf({ [path]: text }), draft);
  return step === undefined || 'refused' in step ? undefined : edited({ [path]: text }, step.edits)[path];
}

test('the first step breaks nobody, the last one no new reader', async () => {
  const random = randomOf(SEED);
  const cases = Array.from({ length: CASES }, () => evolved(random)).filter((each) => each !== undefined);
  for (const how of Object.keys(breaks))
    assert.ok(cases.filter((each) => each.how === how).length > CASES / 50, `${how} of ${cases.length}`);
  assert.ok(cases.filter(({ both, done }) => both !== done).length > cases.length * 0.8);
  const ask = (pick: (each: Evolved) => readonly [reader: string, writer: string]) =>
    apache.ask(cases.map((each) => ({ ask: 'compatibility', reader: pick(each)[0], writer: pick(each)[1] })));
  const itself = await ask(({ old }) => [old, old]);
  const answers = [
    ['new reads old', await ask(({ old, both }) => [both, old])],
    ['old reads new', await ask(({ old, both }) => [old, both])],
    ['without reads with', await ask(({ both, done }) => [done, both])],
  ] as const;
  for (const [what, all] of answers)
    for (const [at, { how, ...texts }] of cases.entries()) {
      // An alias of the schema as it was may stand in its own way.
      if (itself[at]?.refused !== undefined) continue;
      assert.deepEqual(all[at], itself[at], `${what}, ${how}\n${JSON.stringify(texts, null, 2)}`);
    }
});
