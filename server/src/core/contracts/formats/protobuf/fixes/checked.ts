import type { ContractFix } from '../../../fix.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import { edited } from '../language/edited.ts';
import { open } from '../language/opened.ts';
import { type Block, blockOf, type Edit, insertAfter } from './block.ts';
import { editsIn, type Site, siteOf } from './site.ts';

/** The fix, where the files compile with it as far as they did before; what a text of the older file needs is imported again. */
export function checked(fix: ContractFix): ContractFix {
  return {
    ...fix,
    propose(finding, request, args) {
      const edits = fix.propose(finding, request, args);
      if ('refused' in edits) return edits;
      const site = siteOf(finding, request);
      if (!('refused' in site)) return withImports(site, edits);
      const after = open({ tree: request.after, path: finding.place.path });
      const [problem] = after === undefined ? [] : newProblems({ after }, edits);
      return problem === undefined ? edits : { refused: `The file would not compile: ${problem}` };
    },
  };
}

function withImports(site: Site, edits: readonly TreeEdit[]): readonly TreeEdit[] | Refused {
  if (newProblems(site, edits).length === 0) return edits;
  const { before, after } = site;
  const known = new Set(after.file.imports.map(({ path }) => path));
  const missing = before.file.imports.filter(({ path }) => !known.has(path) && after.lookup.file(path) !== undefined);
  const imports = missing.map(({ span }) => before.file.content.text.slice(span.start, span.end));
  const block = blockOf(after.syntax, undefined);
  const all =
    imports.length === 0 || block === undefined ? edits : [...edits, ...editsIn(site, importEdits(block, imports))];
  const [problem] = newProblems(site, all);
  return problem === undefined ? all : { refused: `The file would not compile: ${problem}` };
}

function importEdits(block: Block, imports: readonly string[]): readonly Edit[] {
  const place =
    block.nodes.findLast(({ kind }) => kind === 'import') ??
    block.nodes.findLast(({ kind }) => kind === 'package' || kind === 'syntax' || kind === 'edition');
  return [insertAfter(block, place, imports.join('\n'))];
}

/** A problem that the files had already may come once more. */
function newProblems({ after: { linked } }: Pick<Site, 'after'>, edits: readonly TreeEdit[]): readonly string[] {
  const left = new Map<string, number>();
  for (const { message } of linked.set.problems) left.set(message, (left.get(message) ?? 0) + 1);
  return edited(linked, edits).set.problems.flatMap(({ message }) => {
    const count = left.get(message) ?? 0;
    left.set(message, count - 1);
    return count > 0 ? [] : [message];
  });
}
