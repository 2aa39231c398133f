import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { FieldEvolution } from '#core/contracts/evolution.ts';
import type { FieldDescriptor } from '#core/contracts/formats/protobuf/descriptor.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { entriesOf } from '#core/contracts/formats/protobuf/language/elements.ts';
import { linkedSides } from '#core/contracts/formats/protobuf/language/opened.ts';
import { bufProgram } from '../../scripts/oracles/buf.ts';
import { edited, evolving, treeOf } from '../core/contracts/evolve.ts';
import { randomOf } from '../support/proto/random.ts';
import { caseOf, compiling, generatedCases } from './support/buf/cases.ts';
import { type BufFinding, bufBreaking, bufProblems, type Files, inFolders } from './support/buf/run.ts';

/**
 * buf's own program on fields of generated proto sets that are evolved as they are, or after each kind of break: the first step breaks
 * nothing for it in its strictest category, and the last one only what a removal must.
 */
const CASES = Number(process.env.CASES ?? 300);
const SEED = Number(process.env.SEED ?? 1);
const { expand } = evolving(protobuf);

interface Case {
  readonly name: string;
  readonly before: Files;
  readonly field: FieldDescriptor;
  readonly path: string;
}

function casesOf(files: Files): readonly Case[] {
  const random = randomOf(SEED + 77);
  const groups = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(files)) {
    const name = caseOf(path);
    groups.set(name, { ...groups.get(name), [path]: text });
  }
  return [...groups].flatMap(([name, own]): readonly Case[] => {
    const fields = linkedSides('before', treeOf(own)).flatMap(({ set }) =>
      [...set.files.values()].flatMap((file) =>
        entriesOf(file).all.flatMap(({ kind, element }) => (kind === 'field' ? [element] : [])),
      ),
    );
    const field = fields[random.below(fields.length)];
    return field === undefined ? [] : [{ name, before: own, field, path: field.file.path }];
  });
}

type Break = (text: string, field: FieldDescriptor) => string;

const put =
  (span: (field: FieldDescriptor) => { readonly start: number; readonly end: number }, words: string): Break =>
  (text, field) => {
    const { start, end } = span(field);
    return text.slice(0, start) + words + text.slice(end);
  };

const breaks: Readonly<Record<string, Break>> = {
  'as it is': (text) => text,
  'another type': (text, field) =>
    put(({ typeSpan }) => typeSpan, field.kind === 'string' ? 'bytes' : 'string')(text, field),
  'another name': put(({ nameSpan }) => nameSpan, 'renamed_here'),
  'another number': put(({ numberSpan }) => numberSpan, '71234'),
  removed: put(({ span }) => span, ''),
};

/** What generated code loses with a field: the last one of a oneof takes that along, and a map its entries. */
const ofRemovals = /^\S+ (FIELD_NO_DELETE|ONEOF_NO_DELETE|MESSAGE_NO_DELETE .*Entry")/;

const config = (category: string) => ['--config', JSON.stringify({ version: 'v2', breaking: { use: [category] } })];
const said = ({ path, type, message }: BufFinding) => `${path} ${type} ${message}`;
const merged = (all: readonly Files[]): Files => Object.assign({}, ...all);

interface Evolved {
  readonly how: string;
  readonly before: Files;
  readonly draft: FieldEvolution;
  readonly files: Files;
}

/** Each case is broken in one of the ways; those that buf does not compile then are left out. */
function evolved(program: string, cases: readonly Case[]): readonly Evolved[] {
  const ways = Object.entries(breaks);
  const planned = cases.map((each, nth) => {
    const [how, breaking] = ways[nth % ways.length] ?? ['', (text: string) => text];
    return { ...each, how, after: { ...each.before, [each.path]: breaking(each.before[each.path] ?? '', each.field) } };
  });
  const { after } = compiling(program, {
    before: merged(planned.map(({ before: files }) => files)),
    after: merged(planned.map((each) => each.after)),
  });
  return planned.flatMap((each) => {
    if (after[each.path] === undefined) return [];
    const step = expand(each.before, each.after, { path: each.path, element: each.field.fullName });
    if (step === undefined || 'refused' in step) return [];
    const files = edited(each.after, step.edits);
    return [{ how: each.how, before: each.before, draft: step.evolution, files }];
  });
}

describe('buf on fields that are evolved', () => {
  let program = '';
  let made: readonly Evolved[] = [];
  before(async () => {
    program = await bufProgram();
    made = evolved(program, casesOf(generatedCases(program, SEED, CASES).before));
  });

  test('every kind of break was met', () => {
    for (const how of Object.keys(breaks))
      assert.ok(made.filter((each) => each.how === how).length > CASES / 20, `${how} of ${made.length}`);
  });

  test('the first step breaks nothing', () => {
    inFolders(
      { before: merged(made.map((each) => each.before)), after: merged(made.map(({ files }) => files)) },
      (folders) => {
        assert.deepEqual(bufProblems(program, folders.after).map(said), []);
        assert.deepEqual(bufBreaking(program, folders, config('FILE')).map(said), []);
      },
    );
  });

  test('the last step breaks nothing but generated code', () => {
    const done = merged(made.map(({ files, draft }) => removed(files, draft)));
    inFolders({ before: merged(made.map(({ files }) => files)), after: done }, (folders) => {
      assert.deepEqual(bufProblems(program, folders.after).map(said), []);
      assert.deepEqual(bufBreaking(program, folders, config('WIRE_JSON')).map(said), []);
      const strict = bufBreaking(program, folders, config('FILE'));
      assert.deepEqual(
        strict.map(said).filter((line) => !ofRemovals.test(line)),
        [],
      );
      assert.equal(strict.filter(({ type }) => type === 'FIELD_NO_DELETE').length, made.length);
    });
  });

  test('of what buf says of the last step nothing is left when the plan answers', () => {
    const count = { said: 0, answered: 0 };
    for (const { files, draft } of made) {
      const request = {
        before: [{ name: 'main', tree: treeOf(files) }],
        after: treeOf(removed(files, draft)),
        profile: 'buf:FILE',
      };
      const { findings } = protobuf.compare(request);
      const answers = protobuf.evolution?.announced(request, draft);
      count.said += findings.length;
      count.answered += findings.filter((finding) => answers?.(finding)).length;
    }
    const done = merged(made.map(({ files, draft }) => removed(files, draft)));
    inFolders({ before: merged(made.map(({ files }) => files)), after: done }, (folders) => {
      assert.equal(count.said, bufBreaking(program, folders, config('FILE')).length);
    });
    assert.equal(count.answered, count.said);
  });
});

function removed(files: Files, draft: FieldEvolution): Files {
  const step = protobuf.evolution?.contract(treeOf(files), draft);
  assert.ok(step !== undefined && 'edits' in step, JSON.stringify(step));
  return edited(files, step.edits);
}
