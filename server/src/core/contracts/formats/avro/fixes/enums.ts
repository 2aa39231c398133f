import type { ContractFix } from '../../../fix.ts';
import { locate, moved, typeAround } from './locate.ts';
import { addItem, addMember, arrayAt, insertAt, objectAt } from './write.ts';

export const restoreSymbols: ContractFix = {
  id: 'avro-restore-symbols',
  title: ({ symbols }) => `Restore ${symbols}`,
  propose(finding, request, { symbols }) {
    const at = locate(finding, request);
    const type = at === undefined ? undefined : typeAround(at.file, at.span);
    if (at === undefined || type?.kind !== 'enum') return moved;
    const missing = String(symbols).split(', ');
    if (at.file.syntax === 'idl') {
      const last = type.symbols.at(-1);
      const from = last?.span.end ?? at.text.indexOf('{', type.name.span.end) + 1;
      return [{ path: at.path, ...insertAt(from, `${last === undefined ? ' ' : ', '}${missing.join(', ')}`) }];
    }
    const list = arrayAt(at.text, type.span, 'symbols');
    if (list === undefined) return moved;
    const written = missing.map((symbol) => JSON.stringify(symbol)).join(', ');
    return [{ path: at.path, ...addItem(at.text, list, written, list.items.length) }];
  },
};

export const addEnumDefault: ContractFix = {
  id: 'avro-enum-default',
  title: ({ first }) => `Give the enum a default: ${first}`,
  propose(finding, request) {
    const at = locate(finding, request);
    const type = at === undefined ? undefined : typeAround(at.file, at.span);
    if (at === undefined || type?.kind !== 'enum' || type.default !== undefined) return moved;
    const [first] = type.symbols;
    if (first === undefined) return { refused: 'The enum has no symbol that could be its default.' };
    if (at.file.syntax === 'idl') return [{ path: at.path, ...insertAt(type.span.end, ` = ${first.name};`) }];
    const object = objectAt(at.text, type.span);
    if (object === undefined) return moved;
    return [{ path: at.path, ...addMember(at.text, object, `"default": ${JSON.stringify(first.name)}`) }];
  },
};
