import type { ContractFix } from '../../../fix.ts';
import { defaultValidity } from '../defaults.ts';
import { fieldAround, locate, moved, sharesType } from './locate.ts';
import { addMember, insertAt, jsonAt, objectAt, replace } from './write.ts';

export const restoreDefault: ContractFix = {
  id: 'avro-restore-default',
  title: ({ field, old }) => `Restore the default of ${field}: ${old}`,
  propose(finding, request, { old }) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined || found.field.default !== undefined) return moved;
    const { field } = found;
    const json = jsonAt(String(old), { start: 0, end: String(old).length });
    const knowledge = { follow: at.set.find, isComplete: () => true };
    if (json === undefined || defaultValidity(field.type, json, knowledge) !== 'valid')
      return { refused: 'The old default is no value of the new type.' };
    if (at.file.syntax === 'idl') return [{ path: at.path, ...insertAt(field.nameSpan.end, ` = ${old}`) }];
    const object = objectAt(at.text, field.span);
    return object === undefined ? moved : [{ path: at.path, ...addMember(at.text, object, `"default": ${old}`) }];
  },
};

/** Readers and writers name a branch by its place in their own schema each: the order is free. */
export const defaultBranchFirst: ContractFix = {
  id: 'avro-default-branch-first',
  title: ({ field }) => `Put the branch of the default of ${field} first`,
  propose(finding, request) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined) return moved;
    const { type, default: value } = found.field;
    if (type.kind !== 'union' || value === undefined) return moved;
    if (sharesType(found.record, found.field))
      return { refused: 'Other fields stand behind the same type: write them apart first.' };
    const knowledge = { follow: at.set.find, isComplete: () => true };
    const index = type.branches.findIndex((branch) => defaultValidity(branch, value, knowledge) === 'valid');
    const texts = type.branches.map(({ span }) => at.text.slice(span.start, span.end));
    const [chosen] = index < 0 ? [] : texts.splice(index, 1);
    if (chosen === undefined || at.text.slice(type.span.start, type.span.end).endsWith('?')) return moved;
    const list = [chosen, ...texts].join(', ');
    const written = at.file.syntax === 'idl' ? `union { ${list} }` : `[${list}]`;
    return [{ path: at.path, ...replace(type.span, written) }];
  },
};
