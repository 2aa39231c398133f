import type { ContractCompletion } from '../../../../language.ts';
import { blockOf, insertAfter } from '../../fixes/block.ts';
import type { Declared } from '../../link/outline.ts';
import type { Scope } from '../../link/scope.ts';
import type { Opened } from '../opened.ts';
import type { Context } from './context.ts';
import { item } from './item.ts';

const scalars =
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes'.split(' ');
const keys = scalars.filter((name) => !['double', 'float', 'bytes'].includes(name));

/** Nobody reads more; what is typed next makes it fewer. */
const most = 500;

export function scalarTypes(context: Context, onlyKeys = false): readonly ContractCompletion[] {
  if (context.typed.includes('.')) return [];
  return (onlyKeys ? keys : scalars).map((name) => item(context, 'keyword', name, 'built in'));
}

/** Messages and enums, or messages alone: first those that the file sees, then others with their import. */
export function typeNames(
  context: Context,
  opened: Opened,
  within: string,
  wanted: 'message' | 'type',
): readonly ContractCompletion[] {
  const { lookup, path } = opened;
  const scope = lookup.scope(path);
  const sees = lookup.sees(path);
  const typed = context.typed.toLowerCase();
  const simple = typed.slice(typed.lastIndexOf('.') + 1);
  const here: ContractCompletion[] = [];
  const elsewhere: ContractCompletion[] = [];
  for (const outline of lookup.outlines()) {
    const isVisible = sees.has(outline.path);
    if ((isVisible ? here : elsewhere).length >= most) continue;
    for (const declared of outline.declared) {
      if (declared.kind !== 'message' && (declared.kind !== 'enum' || wanted === 'message')) continue;
      const { name } = declared;
      const isMeant = typed.includes('.') ? name.toLowerCase().includes(typed) : name.toLowerCase().includes(simple);
      if (!isMeant) continue;
      const written = isVisible ? shortest(scope, declared, within) : relative(name, within);
      if (isVisible)
        here.push(item(context, declared.kind, written, `${declared.kind} ${name}`, written, { whole: true }));
      else elsewhere.push(imported(context, opened, declared, written));
    }
  }
  return [...here, ...elsewhere].slice(0, most);
}

/** The fewest words that mean the type here. */
function shortest(scope: Scope, { name }: Declared, within: string): string {
  const words = name.split('.');
  for (let count = 1; count <= words.length; count++) {
    const written = words.slice(-count).join('.');
    const found = scope.resolve(written, within);
    if (found.kind === 'found' && found.declared.name === name) return written;
  }
  return `.${name}`;
}

/** Without the package that both are in. */
function relative(name: string, within: string): string {
  for (let scope = within; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.'))))
    if (name.startsWith(`${scope}.`)) return name.slice(scope.length + 1);
  return name;
}

function imported(
  context: Context,
  { syntax }: Opened,
  { name, kind, outline }: Declared,
  written: string,
): ContractCompletion {
  const made = item(
    context,
    kind === 'enum' ? kind : 'message',
    written,
    `${kind} ${name}, import "${outline.path}"`,
    written,
    { whole: true },
  );
  const block = blockOf(syntax, undefined);
  const place =
    syntax.body.findLast((node) => node.kind === 'import') ??
    syntax.body.findLast((node) => node.kind === 'package') ??
    syntax.body.find((node) => node.kind === 'syntax' || node.kind === 'edition');
  if (block === undefined || (place !== undefined && place.end > context.offset)) return made;
  return { ...made, also: [insertAfter(block, place, `import "${outline.path}";`)] };
}
