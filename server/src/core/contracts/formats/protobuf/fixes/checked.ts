import { editedTree } from '../../../edited-tree.ts';
import type { ContractFix } from '../../../fix.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import { edited } from '../language/edited.ts';
import { linkedSides, openedIn } from '../language/opened.ts';
import { usesOf } from '../language/uses.ts';
import { missingType } from '../link/types.ts';
import { type Block, blockOf, type Edit, insertAfter } from './block.ts';
import { nodeAt } from './nodes.ts';
import { restored } from './restore.ts';
import { editsIn, type Site, siteOf } from './site.ts';

/** The fix, where the files compile with it as far as they did before; types and imports that an old text needs come back with it. */
export function checked(fix: ContractFix): ContractFix {
  return {
    ...fix,
    propose(finding, request, args) {
      const edits = fix.propose(finding, request, args);
      if ('refused' in edits) return edits;
      const site = siteOf(finding, request);
      if (!('refused' in site)) return withNeeded(site, edits);
      const then = linkedSides('after', editedTree(request.after, edits));
      const [problem] = newProblems(linkedSides('after', request.after), then);
      return problem === undefined ? edits : refusal(problem);
    },
  };
}

function refusal({ message }: Problem): Refused {
  return { refused: `The file would not compile: ${message}` };
}

function withNeeded(site: Site, edits: readonly TreeEdit[]): readonly TreeEdit[] | Refused {
  const done = new Set<string>();
  let all = edits;
  for (;;) {
    const problems = newProblems([site.after.linked], [edited(site.after.linked, all)]);
    const [problem] = problems;
    if (problem === undefined) return all;
    const more = [...new Set(problems.map(({ path }) => path))].flatMap((path) => {
      const there = siteAt(site, path);
      if (there === undefined) return [];
      const names = problems.flatMap((each) => (each.path === path ? (missingType(each.message) ?? []) : []));
      return [...types(there, names, done), ...imports(there, all, done)];
    });
    if (more.length === 0) return refusal(problem);
    all = [...all, ...more];
  }
}

/** Another file of the same two sides. */
function siteAt({ before, after, path }: Site, importPath: string): Site | undefined {
  if (importPath === after.path) return { before, after, path };
  const old = openedIn(before.linked, importPath);
  const now = openedIn(after.linked, importPath);
  const place = after.linked.places.get(importPath);
  return old === undefined || now === undefined || place === undefined
    ? undefined
    : { before: old, after: now, path: place };
}

/** What names meant in the older file and nothing declares any more. */
function types(site: Site, names: readonly string[], done: Set<string>): readonly TreeEdit[] {
  const { text } = site.before.file.content;
  const uses = usesOf(site.before);
  return names.flatMap((name) => {
    const target = uses.find(({ start, end }) => text.slice(start, end) === name)?.target;
    if (target === undefined || done.has(target) || site.after.lookup.declared(target) !== undefined) return [];
    done.add(target);
    return typeAgain(site, target);
  });
}

function typeAgain({ before: { linked, lookup }, after }: Site, target: string): readonly TreeEdit[] {
  const declared = lookup.declared(target);
  const path = declared?.outline.path ?? '';
  const [old, now, place] = [openedIn(linked, path), openedIn(after.linked, path), linked.places.get(path)];
  if (declared === undefined || old === undefined || place === undefined) return [];
  if (now === undefined) return [{ path: place, span: { start: 0, end: 0 }, newText: old.file.content.text }];
  const placed = nodeAt(old.syntax, declared.node);
  const site: Site = { before: old, after: now, path: after.linked.places.get(path) ?? place };
  const edits = placed && restored(site, placed, (text) => text);
  return edits === undefined || 'refused' in edits ? [] : editsIn(site, edits);
}

/** Imports that the older file had, as far as they lead somewhere. */
function imports(site: Site, edits: readonly TreeEdit[], done: Set<string>): readonly TreeEdit[] {
  const { before, after, path } = site;
  const known = new Set(after.file.imports.map((each) => each.path));
  const made = new Set(edits.map((edit) => edit.path));
  const missing = before.file.imports.filter((each) => {
    const leads = after.lookup.file(each.path) !== undefined || made.has(before.linked.places.get(each.path) ?? '');
    return leads && !known.has(each.path) && !done.has(`${path} ${each.path}`);
  });
  for (const each of missing) done.add(`${path} ${each.path}`);
  const block = missing.length === 0 ? undefined : blockOf(after.syntax, undefined);
  const lines = missing.map(({ span }) => before.file.content.text.slice(span.start, span.end));
  return block === undefined ? [] : editsIn(site, importEdits(block, lines));
}

function importEdits(block: Block, imports: readonly string[]): readonly Edit[] {
  const place =
    block.nodes.findLast(({ kind }) => kind === 'import') ??
    block.nodes.findLast(({ kind }) => kind === 'package' || kind === 'syntax' || kind === 'edition');
  return [insertAfter(block, place, imports.join('\n'))];
}

interface Problem {
  /** Import path. */
  readonly path: string;
  readonly message: string;
}

/** A problem that the files had already may come once more. */
function newProblems(now: readonly LinkedSide[], then: readonly LinkedSide[]): readonly Problem[] {
  const left = new Map<string, number>();
  for (const { message } of now.flatMap(({ set }) => set.problems)) left.set(message, (left.get(message) ?? 0) + 1);
  return then.flatMap(({ set }) =>
    set.problems.flatMap(({ path, message }) => {
      const count = left.get(message) ?? 0;
      left.set(message, count - 1);
      return count > 0 ? [] : [{ path, message }];
    }),
  );
}
