import type { CompareRequest, Comparison } from '../../../format.ts';
import type { ContractHover, Cursor } from '../../../language.ts';
import type { Element } from '../descriptor.ts';
import { contains, type Entry, elementNamed } from './elements.ts';
import { open } from './opened.ts';
import { meantAt } from './places.ts';
import { describe, signature } from './signature.ts';
import { verdictOn } from './verdict.ts';

export function hoverAt(
  at: Cursor,
  request: CompareRequest,
  compare: (request: CompareRequest) => Comparison,
): ContractHover | undefined {
  const opened = open(at);
  if (opened === undefined) return undefined;
  const imported = opened.file.imports.find(({ pathSpan }) => contains(pathSpan, at.offset));
  if (imported !== undefined) {
    const { start, end } = imported.pathSpan;
    const what = imported.found ? (opened.lookup.file(imported.path)?.package ?? '') : 'There is no such file.';
    return {
      span: { start, end },
      markdown: imported.found && what !== '' ? `package \`${what}\`` : what,
      verdict: '',
    };
  }
  const meant = meantAt(opened, at.offset);
  const entry = meant && elementNamed(opened.lookup, meant.target);
  if (meant === undefined || entry === undefined) return undefined;
  const path = opened.linked.places.get(entry.element.file.path);
  const parts = [
    `\`\`\`proto\n${signature(entry)}\n\`\`\``,
    describe(entry),
    isDeprecated(entry) ? '**Deprecated.**' : '',
    commentOf(entry.element),
  ];
  return {
    span: { start: meant.start, end: meant.end },
    markdown: parts.filter((part) => part !== '').join('\n\n'),
    verdict: path === undefined ? '' : verdictOn(entry, path, request, compare),
  };
}

function isDeprecated({ element: { options } }: Entry): boolean {
  const value = options.get('deprecated')?.value;
  return value?.kind === 'identifier' && value.value === 'true';
}

/** Without its slashes and stars. */
function commentOf({ comments, file }: Element): string {
  return comments
    .map(({ start, end }) => file.content.text.slice(start, end))
    .map((text) =>
      text
        .replace(/^\/\*+|\*+\/$/g, '')
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*(?:\/\/+|\*)? ?/, '').trimEnd())
        .join('\n')
        .trim(),
    )
    .join('\n');
}
