import type { ContractFix } from '../../../fix.ts';
import type { EnumNode } from '../syntax/tree.ts';
import { blockOf, insertAfter } from './block.ts';
import { keepGroup } from './keep-group.ts';
import { bodyOf, type Holder } from './nodes.ts';
import { withBracketOption, withStatementOption } from './options.ts';
import { type ElementPair, pairOf } from './pair.ts';
import { editsIn } from './site.ts';

export const keepFieldName: ContractFix = {
  id: 'proto-keep-name',
  title: ({ before }) => `Rename it back to "${before}"`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'field');
    if ('refused' in pair) return pair;
    const { site, before, after } = pair;
    const [{ name: old }, { nameSpan, parent, oneof }] = [before.element, after.element];
    const members = [...(parent?.fields ?? []), ...(parent?.oneofs ?? []), ...(parent?.messages ?? [])];
    if (after.element.name === old) return { refused: 'The message that it is declared in has another name.' };
    if (members.some(({ name }) => name === old) || oneof?.name === old)
      return { refused: `There is another "${old}" now.` };
    if (after.placed.node.group !== undefined) return keepGroup(pair);
    return editsIn(site, [{ span: { start: nameSpan.start, end: nameSpan.end }, newText: old }]);
  },
};

export const keepJsonName: ContractFix = {
  id: 'proto-keep-json-name',
  title: ({ before }) => `Keep "${before}" in JSON`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'field');
    if ('refused' in pair) return pair;
    const { site, before, after } = pair;
    const { jsonName } = before.element;
    if (after.element.parent?.fields.some((field) => field.jsonName === jsonName))
      return { refused: `Another field is "${jsonName}" in JSON now.` };
    const value = JSON.stringify(jsonName);
    return editsIn(site, withBracketOption(site.after.syntax, after.placed.node, 'json_name', value));
  },
};

export const keepValueName: ContractFix = {
  id: 'proto-keep-value-name',
  title: ({ before }) => `Rename it back to ${before}`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'value');
    if ('refused' in pair) return pair;
    const { site, after } = pair;
    const [missing, ...more] = missingNames(pair);
    const isOld = pair.before.element.parent.values.some(
      ({ name, number }) => name === after.element.name && number === after.element.number,
    );
    if (missing === undefined || more.length > 0 || isOld)
      return { refused: 'It has several names: keep them as aliases.' };
    if (isTaken(pair, missing)) return { refused: `There is another ${missing} now.` };
    const { start, end } = after.element.nameSpan;
    return editsIn(site, [{ span: { start, end }, newText: missing }]);
  },
};

export const keepAlias: ContractFix = {
  id: 'proto-keep-alias',
  title: ({ before }) => `Keep ${before} as an alias`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'value');
    if ('refused' in pair) return pair;
    const { site, after } = pair;
    const holder = after.placed.holders.at(-1);
    const missing = missingNames(pair);
    const taken = missing.find((name) => isTaken(pair, name));
    if (taken !== undefined) return { refused: `There is another ${taken} now.` };
    const block = blockOf(site.after.syntax, holder);
    if (holder?.kind !== 'enum' || block === undefined) return { refused: 'The enum is not closed.' };
    const statements = missing.map((name) => `${name} = ${after.element.number};`);
    const isOneLine = !after.text.slice(block.start, block.end).includes('\n');
    const inserted = insertAfter(block, after.placed.node, statements.join(isOneLine ? ' ' : '\n'));
    return editsIn(site, [...aliasOption(pair, holder), inserted]);
  },
};

function aliasOption({ site }: ElementPair<'value'>, holder: EnumNode) {
  return withStatementOption(site.after.syntax, holder, 'allow_alias', 'true');
}

/** Names of the number that it has not any more. */
function missingNames({ before, after }: ElementPair<'value'>): readonly string[] {
  const { number } = after.element;
  const names = ({ parent }: ElementPair<'value'>['before']['element']) =>
    parent.values.filter((value) => value.number === number).map(({ name }) => name);
  const left = names(after.element);
  return names(before.element).filter((name) => !left.includes(name));
}

/** Values are siblings of their enum: their names are unique around it. */
function isTaken({ site, after }: ElementPair<'value'>, name: string): boolean {
  const around: Holder | undefined = after.placed.holders.at(-2);
  const nodes = around === undefined ? site.after.syntax.body : bodyOf(around);
  const isNamed = nodes.some((node) => 'name' in node && node.kind !== 'option' && node.name?.text === name);
  return (
    isNamed ||
    nodes.some(
      (node) => node.kind === 'enum' && node.body.some((each) => each.kind === 'value' && each.name?.text === name),
    )
  );
}
