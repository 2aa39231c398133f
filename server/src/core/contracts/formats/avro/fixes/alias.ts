import type { Span } from '../../../../model/text.ts';
import type { ContractFix } from '../../../fix.ts';
import { fieldAround, type Located, locate, moved, typeAround } from './locate.ts';
import { addItem, arrayAt, type Edit, insertAt } from './write.ts';

export const aliasType: ContractFix = {
  id: 'avro-alias-type',
  title: ({ old }) => `Keep ${old} as an alias`,
  propose(finding, request, { old }) {
    const at = locate(finding, request);
    const type = at === undefined ? undefined : typeAround(at.file, at.span);
    if (at === undefined || type === undefined) return moved;
    const name = String(old);
    if (!name.includes('.') && type.name.space !== '')
      return {
        refused: `Apache Avro never matches an alias without a namespace for a type that has one: ${type.name.full}.`,
      };
    const edit = aliasEdit(at, name, {
      owner: type.span,
      listed: type.aliasesSpan,
      behind: type.name.span.end,
      infront: type.wordSpan.start,
    });
    return edit === undefined ? moved : [{ path: at.path, ...edit }];
  },
};

export const aliasField: ContractFix = {
  id: 'avro-alias-field',
  title: ({ field, old }) => `Keep ${old} as an alias of ${field}`,
  propose(finding, request, { old }) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined) return moved;
    const { field } = found;
    const edit = aliasEdit(at, String(old), {
      owner: field.span,
      listed: field.aliasesSpan,
      behind: field.nameSpan.end,
      infront: field.nameSpan.start,
    });
    return edit === undefined ? moved : [{ path: at.path, ...edit }];
  },
};

interface Owner {
  readonly owner: Span;
  /** The list that is there. */
  readonly listed: Span | undefined;
  /** Behind the name, for JSON; in front of the word, for an annotation of IDL. */
  readonly behind: number;
  readonly infront: number;
}

function aliasEdit({ file, text }: Located, name: string, { owner, listed, behind, infront }: Owner): Edit | undefined {
  const alias = JSON.stringify(name);
  if (file.syntax === 'idl') {
    if (listed === undefined) return insertAt(infront, `@aliases([${alias}]) `);
    const end = text.slice(0, listed.end).lastIndexOf(']');
    const isEmpty = /\[\s*$/.test(text.slice(listed.start, end));
    return insertAt(end, isEmpty ? alias : `, ${alias}`);
  }
  if (listed === undefined) return insertAt(behind, `, "aliases": [${alias}]`);
  const list = arrayAt(text, owner, 'aliases');
  return list === undefined ? undefined : addItem(text, list, alias, list.items.length);
}
