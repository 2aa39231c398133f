import type { ContractFix } from '../../../fix.ts';
import { describe } from '../describe.ts';
import { definedAbove } from './defined-above.ts';
import { fieldAround, locate, moved } from './locate.ts';
import { leastValue } from './values.ts';
import { addMember, insertAt, objectAt } from './write.ts';

export const addDefault: ContractFix = {
  id: 'avro-add-default',
  title: ({ field }) => `Give ${field} a default`,
  propose(finding, request) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined || found.field.default !== undefined) return moved;
    const { field } = found;
    const value = leastValue(field.type, at.set);
    if (value === undefined) return { refused: `No value of ${describe(field.type)} suggests itself.` };
    if (!definedAbove(field.type, at.set))
      return {
        refused: 'Apache Avro reads no default of a type that is defined further down: move its definition up.',
      };
    if (at.file.syntax === 'idl') return [{ path: at.path, ...insertAt(field.nameSpan.end, ` = ${value}`) }];
    const object = objectAt(at.text, field.span);
    return object === undefined ? moved : [{ path: at.path, ...addMember(at.text, object, `"default": ${value}`) }];
  },
};
