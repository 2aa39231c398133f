import type { CatalogObject, ObjectKey, Privilege } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { defaultPrivilegesKey, schemaKey } from '../keys.ts';
import type { ObjectName } from '../names.ts';
import { routineNamed } from '../routines.ts';
import type { Editor } from './editor.ts';

interface Said {
  readonly on?: string;
  readonly of?: string;
  readonly others?: readonly string[];
  readonly privileges?: readonly string[];
  readonly roles?: readonly string[];
  readonly grantOption?: boolean;
}

/** GRANT and REVOKE, on the objects themselves: a dropped object takes them along, a renamed one keeps them. */
export function changePrivileges(editor: Editor, change: ChangeOf<'Grant'>): void {
  const said: Said = change.options ?? {};
  if (said.on === 'default') return editor.taint(defaultPrivilegesKey);
  for (const key of objectsOf(editor, change, said)) {
    const object = editor.get(key);
    if (object === undefined) continue;
    const privileges = changed(editor, object, change.revoke, said);
    const isSame = privileges === object.privileges || (privileges.length === 0 && object.privileges === undefined);
    if (!isSame) editor.set(key, { ...object, privileges });
  }
}

function objectsOf(editor: Editor, change: ChangeOf<'Grant'>, { on, of, others = [] }: Said): readonly ObjectKey[] {
  if (on === 'all in schema')
    return [...editor.catalog.objects].flatMap(([key, object]) =>
      others.includes(object.name.schema) && isOf(object, of) ? [key] : [],
    );
  if (on === 'schema') return others.map(schemaKey);
  const named = others.map((each) => {
    const [name = '', schema] = each.split('.').toReversed();
    return { name, span: change.span, ...(schema === undefined ? {} : { schema }) };
  });
  // Of several functions of one name the arguments would say which; they are not kept.
  const keyOf = (name: ObjectName) =>
    on === 'type' || on === 'domain' ? editor.resolve('type', name) : routineNamed(editor.catalog, name, undefined);
  return [
    ...change.objects.flatMap((name) => editor.resolve('rel', name) ?? []),
    ...(on === undefined || on === 'role' ? [] : named.flatMap((name) => keyOf(name) ?? [])),
  ];
}

/** ALL TABLES are tables and views. */
function isOf(object: CatalogObject, kind: string | undefined): boolean {
  switch (kind) {
    case 'table':
      return object.kind === 'table' || object.kind === 'view';
    case 'sequence':
      return object.kind === 'sequence';
    default:
      return object.kind === 'routine';
  }
}

function changed(
  editor: Editor,
  { kind, privileges = [] }: CatalogObject,
  revoke: boolean,
  said: Said,
): readonly Privilege[] {
  const { roles = [], grantOption = false } = said;
  const names = said.privileges === undefined || said.privileges.length === 0 ? ['all'] : said.privileges;
  const isSaid = ({ role, name }: Privilege) =>
    roles.includes(role) && (names.includes(name) || names.includes('all') || (revoke && name === 'all'));
  if (revoke && grantOption) return privileges.map((each) => (isSaid(each) ? { ...each, grantable: false } : each));
  const others = privileges.filter((each) => !isSaid(each));
  const made = roles.flatMap((role) =>
    names.map((name) => ({ role, name, granted: !revoke, grantable: grantOption, origin: editor.origin })),
  );
  if (!revoke)
    return given(
      kind === 'routine' ? privileges.filter((each) => each.granted || !isSaid(each)) : privileges,
      made.filter(({ role }) => role !== 'public' || kind !== 'routine'),
    );
  return [...others, ...made.filter(({ role }) => role === 'public' && kind === 'routine')];
}

/** What is there already stays as it is: histories that grant on all tables again and again change nothing then. */
function given(privileges: readonly Privilege[], made: readonly Privilege[]): readonly Privilege[] {
  const isOf = (a: Privilege, b: Privilege) => a.role === b.role && a.name === b.name && a.granted === b.granted;
  const added = made.filter((each) => !privileges.some((old) => isOf(old, each) && (old.grantable || !each.grantable)));
  return added.length === 0
    ? privileges
    : [...privileges.filter((old) => !added.some((each) => isOf(old, each))), ...added];
}
