import { nowhere } from '../../text/nowhere.ts';
import type { Column, ObjectKey, UserType } from '../catalog.ts';
import type { ChangeOf, DialectOptions } from '../change.ts';
import { keyOf, newName } from '../keys.ts';
import type { QualifiedName } from '../names.ts';
import { settledType } from '../routines.ts';
import type { DataType } from '../types.ts';
import { changeColumn } from './columns.ts';
import { dropColumn } from './drop-column.ts';
import { type Editor, isTaken, tableAt } from './editor.ts';
import { moveObject, renameColumn } from './rename.ts';

type TypeChange = ChangeOf<'CreateEnum'> | ChangeOf<'CreateType'> | ChangeOf<'CreateDomain'>;

export function createType(editor: Editor, change: TypeChange): void {
  const name = newName(editor.catalog, change.type);
  const key = keyOf('type', name);
  editor.untaint(key);
  const made = formOf(editor, name, change);
  if (isTaken(editor, name, { kind: 'type', ...made })) return;
  const common = {
    kind: 'type',
    name,
    origin: editor.origin,
    values: [],
    attributes: [],
    notNull: false,
    checks: [],
    constrained: false,
  } as const;
  editor.set(key, { ...common, ...made });
}

function formOf(editor: Editor, name: QualifiedName, change: TypeChange): Pick<UserType, 'form'> & Partial<UserType> {
  switch (change.kind) {
    case 'CreateEnum':
      return { form: 'enum', values: change.values.map((value) => ({ name: value.name, origin: editor.origin })) };
    case 'CreateDomain': {
      const { notNull, notNullName } = change;
      const checks: string[] = [];
      for (const check of change.checks) checks.push(check.name?.name ?? madeUpName(editor, name, 'check', checks));
      const base = settledType(editor.catalog, change.base);
      const forbidding = notNull ? forbid(editor, name, notNullName?.name, checks) : {};
      return { form: 'domain', base, notNull, checks, constrained: notNull || checks.length > 0, ...forbidding };
    }
    case 'CreateType':
      return {
        form: change.form === 'composite' || change.form === 'range' ? change.form : 'base',
        attributes: attributesOf(change.options).map(({ name, type }) => ({
          name,
          type: settledType(editor.catalog, type),
        })),
      };
    default: {
      const never: never = change;
      return never;
    }
  }
}

/** Those of a composite type; as if it were one, what a range is made of. */
function attributesOf(options: DialectOptions | undefined): UserType['attributes'] {
  return Array.isArray(options?.attributes) ? (options.attributes as UserType['attributes']) : [];
}

/** A domain's constraints are called as a table's are that name no column. */
function madeUpName(
  { semantics, catalog }: Editor,
  domain: QualifiedName,
  kind: 'check' | 'not-null',
  taken: readonly string[] = [],
): string {
  const attributes = { notValid: false, enforced: true, deferrable: false, initiallyDeferred: false };
  return semantics.constraintName(
    catalog,
    domain,
    { kind, columns: [], ...attributes, span: nowhere },
    [],
    new Set(taken),
  );
}

function forbid(
  editor: Editor,
  domain: QualifiedName,
  said: string | undefined,
  taken?: readonly string[],
): Pick<UserType, 'notNullName'> {
  if (editor.semantics.habits.domainNotNullsAreConstraints !== true) return {};
  return { notNullName: said ?? madeUpName(editor, domain, 'not-null', taken) };
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
  const { notNullName, ...rest } = type;
  const forbidding = notNullAfter(editor, type, change);
  const notNull = forbidding !== undefined;
  const checks = checksAfter(editor, type, change);
  editor.set(key, { ...rest, notNull, ...forbidding, checks, constrained: notNull || checks.length > 0 });
}

/** Undefined: it has none. */
function notNullAfter(
  editor: Editor,
  { name, notNull, notNullName }: UserType,
  { action, constraint, newName: to, options }: ChangeOf<'AlterDomain'>,
): Pick<UserType, 'notNullName'> | undefined {
  const isIt = notNullName !== undefined && constraint?.name === notNullName;
  const isMade = action === 'set-not-null' || (action === 'add-constraint' && options?.notNull === true);
  if (isMade && !notNull) return forbid(editor, name, constraint?.name);
  if (!notNull || action === 'drop-not-null' || (action === 'drop-constraint' && isIt)) return undefined;
  if (action === 'rename-constraint' && isIt && to !== undefined) return { notNullName: to.name };
  return notNullName === undefined ? {} : { notNullName };
}

function checksAfter(
  editor: Editor,
  { name, checks }: UserType,
  { action, constraint, newName: to, options }: ChangeOf<'AlterDomain'>,
): readonly string[] {
  switch (action) {
    case 'add-constraint':
      if (options?.notNull === true) return checks;
      return [...checks, constraint?.name ?? madeUpName(editor, name, 'check')];
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

/** Of a composite type. Typed tables have the same columns: they follow with CASCADE, else nothing happens. */
export function changeAttribute(editor: Editor, { object, newName: to, options }: ChangeOf<'ChangeObject'>): void {
  const key = editor.resolve('type', object);
  const type = key === undefined ? undefined : editor.get(key);
  if (key === undefined || type?.kind !== 'type') return;
  const typed = editor.dependents(key).flatMap((each) => {
    const table = tableAt(editor, each);
    return table?.ofType === key ? [[each, table] as const] : [];
  });
  if (typed.length > 0 && options?.cascade !== true) return;
  const name = String(options?.attribute);
  const own = options?.type === undefined ? undefined : settledType(editor.catalog, options.type as DataType);
  editor.set(key, { ...type, attributes: attributesAfter(type.attributes, name, own, to?.name, options?.action) });
  for (const [each, table] of typed) {
    if (to !== undefined) renameColumn(editor, { ...table.name, span: object.span }, name, to.name);
    else if (options?.action === 'drop') dropColumn(editor, each, name, true);
    else if (options?.action === 'type' && own !== undefined)
      changeColumn(editor, each, name, (column) => ({ ...column, type: own }));
    else if (own !== undefined)
      editor.set(each, { ...table, columns: [...table.columns, typedColumn(editor, name, own)] });
  }
}

function attributesAfter(
  attributes: UserType['attributes'],
  name: string,
  type: DataType | undefined,
  to: string | undefined,
  action: unknown,
): UserType['attributes'] {
  if (action === 'drop') return attributes.filter((each) => each.name !== name);
  if (action === 'add') return type === undefined ? attributes : [...attributes, { name, type }];
  return attributes.map((each) => (each.name === name ? { name: to ?? name, type: type ?? each.type } : each));
}

/** What CREATE TABLE ... OF and ALTER TABLE ... OF name. */
export function typeMade(
  editor: Editor,
  name: unknown,
): { readonly key: ObjectKey; readonly type: UserType } | undefined {
  if (!isTypeName(name)) return undefined;
  const key = editor.resolve('type', { ...name, span: nowhere });
  const type = key === undefined ? undefined : editor.get(key);
  return key === undefined || type?.kind !== 'type' ? undefined : { key, type };
}

function isTypeName(value: unknown): value is { readonly schema?: string; readonly name: string } {
  return typeof value === 'object' && value !== null && 'name' in value;
}

/** A column that a typed table has from its type. */
export function typedColumn({ origin }: Editor, name: string, type: DataType): Column {
  return { name, type, nullable: true, notNullHere: false, inherited: false, local: true, origin };
}
