import type { ContractFix } from '../../../fix.ts';
import { splitName } from '../names.ts';
import {
  definedTwice,
  fieldAround,
  locate,
  messageNamed,
  moved,
  schemaOfWord,
  sharesType,
  typeAround,
  unionAround,
} from './locate.ts';
import { restoreError } from './messages.ts';
import { addItem, jsonAt, replace } from './write.ts';

/** The whole type as it stood, in place of the one of now. */
export const restoreType: ContractFix = {
  id: 'avro-restore-type',
  title: () => 'Restore the type as it was',
  propose(finding, request) {
    const at = locate(finding, request);
    const now = at === undefined ? undefined : schemaOfWord(at.file, at.span);
    const word = at?.old === undefined ? undefined : schemaOfWord(at.old.file, at.old.span);
    if (at?.old === undefined || now === undefined || word === undefined) return moved;
    if (at.file.syntax !== at.old.file.syntax) return { refused: 'The old text is of another kind of file.' };
    // Of a union that became one of its branches, all of it.
    const was = unionAround(at.file, now) === undefined ? (unionAround(at.old.file, word) ?? word) : word;
    const owner = fieldAround(at.file, at.span);
    if (owner !== undefined && at.file.syntax === 'idl' && sharesType(owner.record, owner.field))
      return { refused: 'Other fields stand behind the same type: write them apart first.' };
    if (owner?.field.default !== undefined)
      return { refused: 'The default is one of the new type: take it away first.' };
    if (at.file.types.has('name' in now && typeof now.name === 'object' ? now.name.full : ''))
      return { refused: 'The type is defined here, and may be used elsewhere.' };
    const twice = definedTwice(was, at, now.span);
    if (twice !== undefined) return { refused: `The old text would define ${twice} a second time.` };
    return [{ path: at.path, ...replace(now.span, at.old.text.slice(was.span.start, was.span.end)) }];
  },
};

/** What was written before and what is written now, side by side. */
export const readBoth: ContractFix = {
  id: 'avro-read-both',
  title: ({ old, new: now }) => `Read both: a union of ${now} and ${old}`,
  propose(finding, request) {
    const at = locate(finding, request);
    const now = at === undefined ? undefined : schemaOfWord(at.file, at.span);
    const was = at?.old === undefined ? undefined : schemaOfWord(at.old.file, at.old.span);
    if (at?.old === undefined || now === undefined || was === undefined) return moved;
    if (at.file.syntax !== at.old.file.syntax) return { refused: 'The old text is of another kind of file.' };
    if (now.kind === 'union' || was.kind === 'union' || unionAround(at.file, now) !== undefined)
      return { refused: 'A union may not hold another union.' };
    const owner = fieldAround(at.file, at.span);
    if (owner !== undefined && at.file.syntax === 'idl' && sharesType(owner.record, owner.field))
      return { refused: 'Other fields stand behind the same type: write them apart first.' };
    const twice = definedTwice(was, at, undefined);
    if (twice !== undefined) return { refused: `The old text would define ${twice} a second time.` };
    const both = [at.text.slice(now.span.start, now.span.end), at.old.text.slice(was.span.start, was.span.end)].join(
      ', ',
    );
    return [{ path: at.path, ...replace(now.span, at.file.syntax === 'idl' ? `union { ${both} }` : `[${both}]`) }];
  },
};

/** The last part of the name, which is what readers compare. */
export const restoreName: ContractFix = {
  id: 'avro-restore-name',
  title: ({ old }) => `Restore the name ${old}`,
  propose(finding, request, { old }) {
    const at = locate(finding, request);
    const type = at === undefined ? undefined : typeAround(at.file, at.span);
    if (at === undefined || type === undefined) return moved;
    const { simple } = splitName(String(old), '');
    const written = at.text.slice(type.name.span.start, type.name.span.end).replaceAll(/["`]/g, '');
    const space = written.includes('.') ? `${type.name.space}.` : '';
    const full = type.name.space === '' ? simple : `${type.name.space}.${simple}`;
    if (at.file.types.has(full)) return { refused: `${full} is another type now.` };
    if (at.file.references.some(({ name }) => name === type.name.full))
      return { refused: `${type.name.full} is used by its name elsewhere: rename it.` };
    const name = `${space}${simple}`;
    return [{ path: at.path, ...replace(type.name.span, at.file.syntax === 'idl' ? name : JSON.stringify(name)) }];
  },
};

export const restoreSize: ContractFix = {
  id: 'avro-restore-size',
  title: ({ old }) => `Restore the size ${old}`,
  propose(finding, request, { old }) {
    const at = locate(finding, request);
    return at === undefined ? moved : [{ path: at.path, ...replace(at.span, String(old)) }];
  },
};

export const restoreBranch: ContractFix = {
  id: 'avro-restore-branch',
  title: ({ old }) => `Restore the branch ${old}`,
  propose(finding, request) {
    const at = locate(finding, request);
    const union = at === undefined ? undefined : schemaOfWord(at.file, at.span);
    const was = at?.old === undefined ? undefined : schemaOfWord(at.old.file, at.old.span);
    const message = at === undefined ? undefined : messageNamed(at.file, at.span);
    if (at?.old !== undefined && message !== undefined && was !== undefined && at.file.syntax === at.old.file.syntax) {
      const edits = restoreError(at, message, was);
      return 'refused' in edits ? edits : edits.map((edit) => ({ path: at.path, ...edit }));
    }
    if (at?.old === undefined || union?.kind !== 'union' || was === undefined) return moved;
    if (at.file.syntax !== at.old.file.syntax) return { refused: 'The old text is of another kind of file.' };
    if (was.kind === 'union') return { refused: 'A union may not hold another union.' };
    if (union.branches.some(({ kind }) => kind === was.kind && kind !== 'reference'))
      return { refused: `The union has another ${was.kind} already.` };
    const twice = definedTwice(was, at, undefined);
    if (twice !== undefined) return { refused: `The old text would define ${twice} a second time.` };
    const written = at.old.text.slice(was.span.start, was.span.end);
    if (at.file.syntax === 'idl') {
      const last = union.branches.at(-1);
      if (last === undefined || at.text[union.span.end - 1] !== '}')
        return { refused: 'Write the union with its braces first.' };
      return [{ path: at.path, ...replace({ start: last.span.end, end: last.span.end }, `, ${written}`) }];
    }
    const array = jsonAt(at.text, union.span);
    if (array?.kind !== 'array') return moved;
    return [{ path: at.path, ...addItem(at.text, array, written, array.items.length) }];
  },
};
