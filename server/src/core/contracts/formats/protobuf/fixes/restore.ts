import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import { innermost } from '../language/elements.ts';
import { openedIn } from '../language/opened.ts';
import { type Declared, qualified } from '../link/outline.ts';
import type { EnumValueNode, FieldNode, MessageNode, OneofNode } from '../syntax/tree.ts';
import { type Block, blockOf, type Edit, insertAfter, remove } from './block.ts';
import { deprecated } from './deprecated.ts';
import { bodyOf, type Holder, identity, isHolder, type Node, nodeAt, type Placed } from './nodes.ts';
import { unreserve } from './reserved.ts';
import { editsIn, type Site, siteOf } from './site.ts';
import { indented, indentUnit, spanOf, statementText } from './text.ts';

/** What was deleted comes back with its old text and its comments, where it stood among what is still there. */
export const restore: ContractFix = {
  id: 'proto-restore',
  title: ({ what }) => `Restore ${what}`,
  propose: (finding, request) => proposeRestored(finding, request, asItWas),
};

export const restoreDeprecated: ContractFix = {
  id: 'proto-restore-deprecated',
  title: ({ what }) => `Restore ${what}, deprecated`,
  propose: (finding, request) => proposeRestored(finding, request, deprecated),
};

type Rewrite = (text: string, node: Node) => string;

const asItWas: Rewrite = (text) => text;

function proposeRestored(
  finding: ContractFinding,
  request: CompareRequest,
  rewrite: Rewrite,
): readonly TreeEdit[] | Refused {
  const site = siteOf(finding, request);
  if ('refused' in site) return site;
  const span = finding.related.find(({ place }) => place.side === 'before')?.place.span;
  const placed = span && nodeAt(site.before.syntax, span);
  if (placed === undefined) return { refused: 'It belongs to a map field: make that a map again.' };
  const home = movedTo(site, placed);
  if (home !== undefined) return rewrite === asItWas ? broughtBack(site, placed, home) : notGone(home);
  const edits = renamedGroup(site, placed) ?? restored(site, placed, rewrite);
  return 'refused' in edits ? edits : editsIn(site, edits);
}

/** What now stands in another file. */
function movedTo({ after: { lookup, file } }: Site, { node, holders }: Placed): Declared | undefined {
  if (holders.length > 0 || (node.kind !== 'message' && node.kind !== 'enum' && node.kind !== 'service'))
    return undefined;
  const declared = lookup.declared(qualified(file.package, node.name?.text ?? ''));
  return declared === undefined || declared.outline.path === file.path ? undefined : declared;
}

function elsewhere({ name, outline }: Declared): Refused {
  return { refused: `\`${name}\` is in ${outline.path} now.` };
}

/** A type has one home: what is deprecated there is deprecated for those, too, who moved with it. */
function notGone({ name, outline }: Declared): Refused {
  return {
    refused: `\`${name}\` is still in use, in ${outline.path}: deprecated it would be for everybody. Bring it back as it is.`,
  };
}

/** As it is now, from the file that it went to; whoever imported that one sees it still. */
function broughtBack(site: Site, placed: Placed, home: Declared): readonly TreeEdit[] | Refused {
  const { before, after } = site;
  const other = openedIn(after.linked, home.outline.path);
  const path = after.linked.places.get(home.outline.path);
  const now = other && nodeAt(other.syntax, home.node)?.node;
  const block = other && blockOf(other.syntax, undefined);
  const own = blockOf(after.syntax, undefined);
  if (path === undefined || now === undefined || block === undefined || own === undefined || !block.nodes.includes(now))
    return elsewhere(home);
  const back = into(site, undefined, before.syntax.body, placed.node, statementText(block.text, now), []);
  if ('refused' in back) return back;
  const wasImported = before.file.imports.some((each) => each.path === home.outline.path);
  const imported = wasImported ? undefined : importOf(after.syntax.body, home.outline.path);
  const sees = wasImported || importOf(block.nodes, after.path) !== undefined;
  const last = block.nodes.findLast(({ kind }) => kind === 'import') ?? block.nodes.findLast(isHeading);
  return [
    ...editsIn({ path }, [
      remove(block, now),
      ...(sees ? [] : [insertAfter(block, last, `import public "${after.path}";`)]),
    ]),
    ...editsIn(site, [...back, ...(imported === undefined ? [] : [remove(own, imported)])]),
  ];
}

function importOf(nodes: readonly Node[], path: string): Node | undefined {
  return nodes.find((node) => node.kind === 'import' && node.path?.text === path);
}

function isHeading({ kind }: Node): boolean {
  return kind === 'package' || kind === 'syntax' || kind === 'edition';
}

/** The statement goes into what it stood in; of that the outermost that is gone comes back with it. */
export function restored(site: Site, placed: Placed, rewrite: Rewrite, moving?: Node): readonly Edit[] | Refused {
  const { before, after } = site;
  const text = before.file.content.text;
  let holder: Holder | undefined;
  let siblings: readonly Node[] = before.syntax.body;
  for (const [index, old] of placed.holders.entries()) {
    const nodes: readonly Node[] = holder === undefined ? after.syntax.body : bodyOf(holder);
    const found: Node | undefined = nodes
      .map((node) => (node.kind === 'field' && node.group !== undefined ? node.group : node))
      .find((node) => isHolder(node) && identity(node) === identity(old));
    if (found === undefined || !isHolder(found)) {
      const missing = { node: old, holders: placed.holders.slice(0, index) };
      if (old.kind !== 'oneof' && old.kind !== 'extend') return restored(site, missing, rewrite);
      const inner = indented(rewrite(statementText(text, placed.node), placed.node), indentUnit(text), '\n');
      return into(site, holder, siblings, old, `${old.kind} ${headOf(old)} {\n${inner}\n}`);
    }
    holder = found;
    siblings = bodyOf(old);
  }
  if (placed.node.kind === 'oneof' && holder?.kind === 'message')
    return restoredOneof(site, holder, siblings, placed.node, rewrite);
  const clash = moving === undefined ? clashWith(site, holder, siblings, placed) : undefined;
  if (clash !== undefined) return clash;
  const nodes = placed.node.kind === 'value' ? aliases(siblings, placed.node) : [placed.node];
  const statements = nodes.map((node) => rewrite(statementText(text, node), node)).join('\n');
  return into(site, holder, siblings, placed.node, statements, nodes);
}

/** Under its name, if it has only been renamed; else with its fields, which leave where they went to. */
function restoredOneof(
  site: Site,
  message: MessageNode,
  siblings: readonly Node[],
  old: OneofNode,
  rewrite: Rewrite,
): readonly Edit[] | Refused {
  const numbers = new Set(old.body.flatMap((node) => (node.kind === 'field' ? [node.number?.value] : [])));
  const isOurs = (node: Node) => node.kind === 'field' && numbers.has(node.number?.value);
  const known = new Set(siblings.map(identity));
  const renamed = message.body.find(
    (node) => node.kind === 'oneof' && !known.has(identity(node)) && node.body.some(isOurs),
  );
  if (renamed?.kind === 'oneof' && renamed.name !== undefined && old.name !== undefined) {
    const { start, end } = renamed.name;
    return [{ span: { start, end }, newText: old.name.text }];
  }
  const elsewhere = message.body.some((node) => node.kind === 'oneof' && node.body.some(isOurs));
  if (elsewhere) return { refused: 'Its fields are in another oneof now.' };
  const { before, after } = site;
  const text = rewrite(statementText(before.file.content.text, old), old);
  const inserted = into(site, message, siblings, old, text, [old, ...old.body]);
  const block = blockOf(after.syntax, message);
  if ('refused' in inserted || block === undefined) return inserted;
  const removed = message.body.filter(isOurs).map((node) => remove(block, node));
  return apart([...removed, ...inserted]);
}

/** An insertion in the middle of what is taken out goes before it. */
function apart(edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) => {
    const around = edits.find(
      ({ span }) => span !== edit.span && span.start < edit.span.start && edit.span.start < span.end,
    );
    return around === undefined ? edit : { ...edit, span: { start: around.span.start, end: around.span.start } };
  });
}

function headOf(node: Holder): string {
  return (node.kind === 'extend' ? node.extendee?.text : node.name?.text) ?? '';
}

/** All names of one number. */
function aliases(siblings: readonly Node[], { number }: EnumValueNode): readonly EnumValueNode[] {
  return siblings.filter(
    (node): node is EnumValueNode => node.kind === 'value' && node.number?.value === number?.value,
  );
}

/** A name that is in use: by the same element under another number, or by something else. */
function clashWith(
  { before, after }: Site,
  holder: Holder | undefined,
  siblings: readonly Node[],
  { node }: Placed,
): readonly Edit[] | Refused | undefined {
  if (!('name' in node) || node.name === undefined) return undefined;
  const name = 'text' in node.name ? node.name.text : '';
  const nodes = membersOf(holder === undefined ? after.syntax.body : bodyOf(holder));
  const same = nodes.find((each) => 'name' in each && each.name?.text === name && each.kind !== 'option');
  if (same === undefined) return undefined;
  if ((same.kind === 'field' || same.kind === 'value') && same.kind === node.kind && same.number !== undefined) {
    const { start, end, value } = same.number;
    if (value === node.number?.value) return relabelled(before.file.content.text, same, node);
    const isOld = membersOf(siblings).some((each) => each.kind === same.kind && each.number?.value === value);
    if (isOld) return { refused: `\`${name}\` is number ${value} now, which was something else.` };
    if (node.kind === 'field' && same.kind === 'field' && node.type?.text !== same.type?.text)
      return { refused: `\`${name}\` is field ${value}, a ${same.type?.text}, now.` };
    return node.number === undefined ? undefined : [{ span: { start, end }, newText: `${node.number.value}` }];
  }
  return { refused: `\`${name}\` is something else now.` };
}

/** It is still there: what it has lost is its label. */
function relabelled(text: string, now: FieldNode | EnumValueNode, old: Node): readonly Edit[] | Refused {
  if (now.kind !== 'field' || old.kind !== 'field' || old.label === undefined)
    return { refused: 'It is still there: look at its options.' };
  const label = text.slice(old.label.start, old.label.end);
  const span = now.label ?? { start: now.start, end: now.start };
  const newText = now.label === undefined ? `${label} ` : label;
  return [{ span: { start: span.start, end: span.end }, newText }];
}

/** With the fields of oneofs, which share the names of their message. */
function membersOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node): readonly Node[] => (node.kind === 'oneof' ? [node, ...node.body] : [node]));
}

/** A group under another name: with its old one it is the old message again. */
function renamedGroup({ after }: Site, { node: old, holders }: Placed): readonly Edit[] | undefined {
  if (old.kind !== 'field' || old.group === undefined || old.name === undefined) return undefined;
  let nodes: readonly Node[] = after.syntax.body;
  for (const holder of holders) {
    const found = nodes.find((node) => identity(node) === identity(holder));
    nodes = found === undefined ? [] : bodyOf(found);
  }
  const now = nodes.find((node) => identity(node) === identity(old));
  return now?.kind === 'field' && now.group?.name !== undefined && now.group.name.text !== old.name.text
    ? [{ span: spanOf(now.group.name), newText: old.name.text }]
    : undefined;
}

function into(
  { after }: Site,
  holder: Holder | undefined,
  siblings: readonly Node[],
  old: Node,
  statements: string,
  nodes: readonly Node[] = [old],
): readonly Edit[] | Refused {
  const block = blockOf(after.syntax, holder);
  if (block === undefined) return { refused: 'The braces that it belongs in are not closed.' };
  const insertion = insertAfter(block, predecessor(block, siblings, old), statements);
  const home = holder?.kind === 'oneof' ? surrounding(after, holder) : holder;
  if (home?.kind !== 'message' && home?.kind !== 'enum') return [insertion];
  const homeBlock = blockOf(after.syntax, home) ?? block;
  const numbers = nodes.flatMap((node) =>
    (node.kind === 'field' || node.kind === 'value') && node.number !== undefined ? [node.number.value] : [],
  );
  const names = nodes.flatMap((node) => ('name' in node && node.name !== undefined ? [node.name.text] : []));
  return [...unreserve(homeBlock, home, numbers, names), insertion];
}

function surrounding({ syntax, file }: Site['after'], holder: Holder) {
  const message = innermost(file, holder, 'message');
  const node = message && nodeAt(syntax, message.element.span, 'message')?.node;
  return node?.kind === 'message' ? node : undefined;
}

/** What it stood behind, as far as that is still there; in a file at least what comes before all declarations. */
export function predecessor(block: Block, siblings: readonly Node[], old: Node): Node | undefined {
  const known = new Map(block.nodes.map((node) => [identity(node), node]));
  const index = siblings.indexOf(old);
  for (let at = index - 1; at >= 0; at--) {
    const before = siblings[at];
    const found = before && known.get(identity(before));
    if (found !== undefined) return found;
  }
  for (const next of siblings.slice(index + 1)) {
    const found = known.get(identity(next));
    if (found !== undefined) return block.nodes[block.nodes.indexOf(found) - 1];
  }
  return block.isFile ? block.nodes.at(-1) : undefined;
}
