import type { ContractCompletion } from '../../../../language.ts';
import type { Opened } from '../opened.ts';
import type { Context } from './context.ts';
import { ending, item } from './item.ts';
import { keywords } from './keywords.ts';

const most = 1000;

/** Paths of all files that are not imported yet; the modifiers too, before the quotes. */
export function importPaths(context: Context, { lookup, path, file }: Opened): readonly ContractCompletion[] {
  const { statement, string } = context;
  if (statement.at(-1)?.startsWith('"')) return [];
  const known = new Set([path, ...file.imports.filter(({ found }) => found).map((each) => each.path)]);
  const paths = lookup
    .outlines()
    .filter((outline) => !known.has(outline.path))
    .slice(0, most);
  const modifiers = string === undefined && statement.length === 1 ? keywords(context, ['public', 'weak']) : [];
  return [
    ...modifiers,
    ...paths.map((outline) =>
      string === undefined
        ? item(context, 'file', `"${outline.path}"`, outline.package, `"${outline.path}"${ending(context)}`)
        : item(context, 'file', outline.path, outline.package),
    ),
  ];
}

const known = { syntax: ['proto2', 'proto3'], edition: ['2023', '2024'] };

export function versions(context: Context, kind: 'syntax' | 'edition'): readonly ContractCompletion[] {
  if (context.string !== undefined) return known[kind].map((value) => item(context, 'value', value, kind));
  if (context.statement.length === 1)
    return known[kind].map((value) => item(context, 'value', `= "${value}"`, kind, `= "${value}"${ending(context)}`));
  if (context.statement.at(-1) !== '=') return [];
  return known[kind].map((value) => item(context, 'value', `"${value}"`, kind, `"${value}"${ending(context)}`));
}
