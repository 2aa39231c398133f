import type { ContractFix } from '../../../fix.ts';
import { cardinalityOf } from '../rules/fields/cardinality.ts';
import type { Edit } from './block.ts';
import { keepGroup } from './keep-group.ts';
import { type Setting, withBracketOptions } from './options.ts';
import { type ElementPair, pairOf } from './pair.ts';
import { editsIn } from './site.ts';

/** Label and type as they were; where the words are the same and mean something else, what they meant. */
export const keepType: ContractFix = {
  id: 'proto-keep-type',
  title: ({ before }) => `Make it ${before} again`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'field');
    if ('refused' in pair) return pair;
    const { before, after } = pair;
    const [old, now] = [before.placed.node, after.placed.node];
    if (old.group !== undefined || now.group !== undefined) return keepGroup(pair);
    if (old.name === undefined || now.name === undefined) return { refused: 'The field has no name.' };
    if ((before.element.oneof === undefined) !== (after.element.oneof === undefined) && old.label !== undefined)
      return { refused: 'Fields of a oneof have no label: move it first.' };
    const head = before.text.slice(old.start, old.name.start);
    const span = { start: now.start, end: now.name.start };
    const isSame = words(head) === words(after.text.slice(span.start, span.end));
    const edits = [...(isSame ? fullTypeEdit(pair) : [{ span, newText: head }]), ...optionEdits(pair)];
    return edits.length === 0
      ? { refused: 'The field says the same as before: what changed is around it.' }
      : editsIn(pair.site, edits);
  },
};

/** Without comments, and blanks are all the same. */
function words(text: string): string {
  return text
    .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The name means another type than before: the old one by its full name. */
function fullTypeEdit({ before, after }: ElementPair<'field'>): readonly Edit[] {
  const [old, now] = [before.element, after.element];
  if (old.isMap || old.typeName === undefined || old.typeName === now.typeName) return [];
  const { start, end } = now.typeSpan;
  return [{ span: { start, end }, newText: `.${old.typeName}` }];
}

/** They belong to the type. */
const ofType = ['default', 'jstype', 'ctype', 'packed'];

/** In editions presence and encoding of messages are features. */
function optionEdits({ site, before, after }: ElementPair<'field'>): readonly Edit[] {
  const [old, now] = [before.element, after.element];
  const settings: Setting[] = [];
  for (const name of ofType) {
    const value = valueText(before, name);
    if (value !== valueText(after, name)) settings.push([name, value]);
  }
  if (site.after.file.syntax === 'editions') {
    const isSame = old.label === 'repeated' || cardinalityOf(old) === cardinalityOf(now) || old.oneof !== undefined;
    if (!isSame) settings.push(['features.field_presence', old.features.fieldPresence]);
    if (now.typeName !== undefined && old.features.messageEncoding !== now.features.messageEncoding)
      settings.push(['features.message_encoding', old.features.messageEncoding]);
  }
  return withBracketOptions(site.after.syntax, after.placed.node, settings);
}

function valueText({ placed: { node }, text }: ElementPair<'field'>['before'], option: string): string | undefined {
  const value = node.options.findLast(({ name }) => name.text === option)?.value;
  return value && text.slice(value.start, value.end);
}
