import type { Refused, TreeEdit } from '../../../language.ts';
import type { FieldNode, MessageNode } from '../syntax/tree.ts';
import { blockOf, type Edit, remove } from './block.ts';
import { bodyOf, type Node } from './nodes.ts';
import type { ElementPair } from './pair.ts';
import { editsIn } from './site.ts';
import { spanOf } from './text.ts';

/** A group is a field and its message in one statement: label and name as they were, or one statement again, or two. */
export function keepGroup(pair: ElementPair<'field'>): readonly TreeEdit[] | Refused {
  const [old, now] = [pair.before.placed.node, pair.after.placed.node];
  if (old.group !== undefined && now.group !== undefined) {
    const edits = [...labelEdit(old, now, pair.before.text), ...nameEdit(old.group, now.group)];
    return edits.length === 0 ? { refused: 'What changed is within the group.' } : editsIn(pair.site, edits);
  }
  if (pair.site.after.file.syntax !== 'proto2') return { refused: 'Only proto2 has groups.' };
  return old.group === undefined ? apart(pair) : together(pair);
}

function labelEdit(old: FieldNode, now: FieldNode, text: string): readonly Edit[] {
  const [was, is] = [old.label, now.label];
  if (was?.text === is?.text || was === undefined || is === undefined) return [];
  return [{ span: spanOf(is), newText: text.slice(was.start, was.end) }];
}

function nameEdit({ name: old }: MessageNode, { name: now }: MessageNode): readonly Edit[] {
  return old === undefined || now === undefined || old.text === now.text
    ? []
    : [{ span: spanOf(now), newText: old.text }];
}

/** The message that stands beside the field goes into it, as it is now. */
function together({ site, before, after }: ElementPair<'field'>): readonly TreeEdit[] | Refused {
  const [old, now] = [before.placed.node, after.placed.node];
  const holder = after.placed.holders.findLast(({ kind }) => kind !== 'oneof');
  const siblings: readonly Node[] = holder === undefined ? site.after.syntax.body : bodyOf(holder);
  const message = siblings.find((node) => node.kind === 'message' && node.name?.text === old.group?.name?.text);
  const block = blockOf(site.after.syntax, holder);
  if (message?.kind !== 'message' || message.bodySpan === undefined || block === undefined || now.name === undefined)
    return { refused: `The message ${old.group?.name?.text} is not beside the field: restore the group by hand.` };
  const { start, end } = message.bodySpan;
  const name = message.name?.text ?? '';
  const head = `${now.label === undefined ? '' : `${now.label.text} `}group ${name}`;
  const tail = after.text.slice(now.name.end, now.end).replace(/;$/, '');
  const newText = `${head}${tail} ${after.text.slice(start, end)}`;
  return editsIn(site, [remove(block, message), { span: spanOf(now), newText }]);
}

/** The field keeps its options, the message becomes one of its own in front of it. */
function apart({ site, before, after }: ElementPair<'field'>): readonly TreeEdit[] | Refused {
  const [old, now] = [before.placed.node, after.placed.node];
  const { group } = now;
  if (group?.bodySpan === undefined || group.name === undefined || now.name === undefined || old.name === undefined)
    return { refused: 'The group is not complete.' };
  if (after.placed.holders.at(-1)?.kind === 'oneof') return { refused: 'A oneof holds no messages: write it by hand.' };
  const { start, end } = group.bodySpan;
  const head = before.text.slice(old.start, old.name.end);
  const tail = after.text.slice(group.name.end, start).trimEnd();
  const gap = `\n${/[ \t]*$/.exec(after.text.slice(0, now.start))?.[0] ?? ''}`;
  const newText = `message ${group.name.text} ${after.text.slice(start, end)}${gap}${head}${tail};`;
  return editsIn(site, [{ span: spanOf(now), newText }]);
}
