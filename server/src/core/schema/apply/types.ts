import type { ObjectKey, UserType } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { keyOf, newName } from '../keys.ts';
import type { QualifiedName } from '../names.ts';
import { settledType } from './columns.ts';
import type { Editor } from './editor.ts';
import { moveObject } from './rename.ts';

type TypeChange = ChangeOf<'CreateEnum'> | ChangeOf<'CreateType'> | ChangeOf<'CreateDomain'>;

export function createType(editor: Editor, change: TypeChange): void {
  const name = newName(editor.catalog, change.type);
  const key = keyOf('type', name);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return;
  const common = {
    kind: 'type',
    name,
    origin: editor.origin,
    values: [],
    notNull: false,
    checks: [],
    constrained: false,
  } as const;
  editor.set(key, { ...common, ...formOf(editor, key, name, change) });
}

function formOf(
  editor: Editor,
  key: ObjectKey,
  name: QualifiedName,
  change: TypeChange,
): Pick<UserType, 'form'> & Partial<UserType> {
  switch (change.kind) {
    case 'CreateEnum':
      return { form: 'enum', values: change.values.map((value) => ({ name: value.name, origin: editor.origin })) };
    case 'CreateDomain': {
      const { notNull } = change;
      const checks: string[] = [];
      for (const check of change.checks) checks.push(check.name?.name ?? checkName(name.name, checks));
      const base = settledType(editor, key, change.base);
      return { form: 'domain', base, notNull, checks, constrained: notNull || checks.length > 0 };
    }
    case 'CreateType':
      return { form: change.form === 'composite' || change.form === 'range' ? change.form : 'base' };
    default: {
      const never: never = change;
      return never;
    }
  }
}

function checkName(domain: string, taken: readonly string[]): string {
  for (let pass = 0; ; pass += 1) {
    const name = `${domain}_check${pass === 0 ? '' : pass}`;
    if (!taken.includes(name)) return name;
  }
}

export function changeType(
  editor: Editor,
  change: ChangeOf<'AddEnumValue'> | ChangeOf<'RenameEnumValue'> | ChangeOf<'AlterDomain'>,
): void {
  const key = editor.resolve('type', change.type);
  const type = key === undefined ? undefined : editor.get(key);
  if (key === undefined || type?.kind !== 'type') return;
  switch (change.kind) {
    case 'AddEnumValue': {
      if (type.values.some(({ name }) => name === change.value.name)) return;
      return editor.set(key, {
        ...type,
        values: insertValue(type.values, { name: change.value.name, origin: editor.origin }, change.options),
      });
    }
    case 'RenameEnumValue':
      return editor.set(key, {
        ...type,
        values: type.values.map((value) =>
          value.name === change.value.name ? { name: change.newName.name, origin: editor.origin } : value,
        ),
      });
    case 'AlterDomain':
      return alterDomain(editor, key, type, change);
    default: {
      const never: never = change;
      return never;
    }
  }
}

function alterDomain(editor: Editor, key: ObjectKey, type: UserType, change: ChangeOf<'AlterDomain'>): void {
  const schema = change.options?.schema;
  if (typeof schema === 'string') {
    moveObject(editor, 'type', key, { schema, name: type.name.name });
    return;
  }
  const notNull = change.action === 'set-not-null' || (change.action !== 'drop-not-null' && type.notNull);
  const checks = checksAfter(type, change);
  editor.set(key, { ...type, notNull, checks, constrained: notNull || checks.length > 0 });
}

function checksAfter({ name, checks }: UserType, { action, constraint, newName: to }: ChangeOf<'AlterDomain'>) {
  switch (action) {
    case 'add-constraint':
      return [...checks, constraint?.name ?? checkName(name.name, checks)];
    case 'drop-constraint':
      return checks.filter((each) => each !== constraint?.name);
    case 'rename-constraint':
      return checks.map((each) => (each === constraint?.name ? (to?.name ?? each) : each));
    default:
      return checks;
  }
}

/** `options.before` and `options.after` name a neighbour. */
function insertValue(
  values: UserType['values'],
  value: UserType['values'][number],
  options: Readonly<Record<string, unknown>> | undefined,
): UserType['values'] {
  const before = values.findIndex(({ name }) => name === options?.before);
  const after = values.findIndex(({ name }) => name === options?.after);
  const at = before >= 0 ? before : after >= 0 ? after + 1 : values.length;
  return [...values.slice(0, at), value, ...values.slice(at)];
}
