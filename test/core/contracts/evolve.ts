import assert from 'node:assert/strict';
import type { EvolveTarget, ExpandStep, FieldEvolution } from '#core/contracts/evolution.ts';
import type { CompareRequest, ContractFormat } from '#core/contracts/format.ts';
import type { TreeEdit } from '#core/contracts/language.ts';
import type { Tree } from '#core/contracts/tree.ts';

export type Texts = Readonly<Record<string, string>>;

export const day = '2027-02-26';

export function treeOf(texts: Texts): Tree {
  return new Map(Object.entries(texts).map(([path, text]) => [path, { path: `/${path}`, text }]));
}

export function edited(texts: Texts, edits: readonly TreeEdit[]): Texts {
  const files = { ...texts };
  for (const { path, span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const text = files[path] ?? '';
    files[path] = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  return files;
}

/** What editors do with a field, step by step, over a format. */
export function evolving(format: ContractFormat) {
  const { evolution } = format;
  if (evolution === undefined) throw new Error(`${format.id} evolves nothing`);
  const request = (before: Texts | undefined, after: Texts): CompareRequest => ({
    before: before === undefined ? [] : [{ name: 'main', tree: treeOf(before) }],
    after: treeOf(after),
    beyond: true,
  });
  const expand = (before: Texts | undefined, after: Texts, target: EvolveTarget) =>
    evolution.expand(request(before, after), target, day);
  return {
    expand,
    /** The step and the files after it. */
    expanded(before: Texts | undefined, after: Texts, target: EvolveTarget): { step: ExpandStep; files: Texts } {
      const step = expand(before, after, target);
      assert.ok(step !== undefined && 'edits' in step, JSON.stringify(step));
      return { step, files: edited(after, step.edits) };
    },
    refused(before: Texts | undefined, after: Texts, target: EvolveTarget): string {
      const step = expand(before, after, target);
      assert.ok(step !== undefined && 'refused' in step, JSON.stringify(step));
      return step.refused;
    },
    standing: (files: Texts, draft: FieldEvolution) => evolution.standing(treeOf(files), draft),
    contracted(files: Texts, draft: FieldEvolution): Texts {
      const step = evolution.contract(treeOf(files), draft);
      assert.ok('edits' in step, JSON.stringify(step));
      return edited(files, step.edits);
    },
    /** Rules of what breaks, and of what cannot be read. */
    told(before: Texts, after: Texts, profile: string): readonly string[] {
      const { findings, notices } = format.compare({ ...request(before, after), profile });
      return [
        ...findings.filter(({ compat }) => compat !== 'none').map(({ rule }) => rule),
        ...notices.map(({ message }) => message),
      ];
    },
  };
}
