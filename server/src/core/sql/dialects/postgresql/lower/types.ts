import type {
  AlterDomainStmt,
  AlterEnumStmt,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateRangeStmt,
} from '@pgsql/types';
import type { Ident } from '../../../../schema/names.ts';
import { expressionOf } from '../expressions.ts';
import type { Attribute, DomainAction } from '../options.ts';
import {
  between,
  findIdent,
  ident,
  inParentheses,
  isWord,
  nameLength,
  objectName,
  type Source,
  spanOf,
  splitCommas,
  startsWith,
  type Words,
} from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { dataType } from '../types.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { relationName } from './names.ts';
import { settingsOption } from './settings.ts';

export const createEnum: Lower<CreateEnumStmt> = (_source, node, words) => {
  const type = objectName(words, 2, textsOf(node.typeName));
  const pieces = splitCommas(inParentheses(words));
  const values = textsOf(node.vals).map((value, i) => ident(pieces[i] ?? [], 0, value));
  return [{ kind: 'CreateEnum', ...certain(headTo(words, type)), type, values }];
};

/** `ALTER TYPE t ADD VALUE [IF NOT EXISTS] 'x' [BEFORE | AFTER 'y']`, `ALTER TYPE t RENAME VALUE 'x' TO 'y'` */
export const alterEnum: Lower<AlterEnumStmt> = (_source, node, words) => {
  const type = objectName(words, 2, textsOf(node.typeName));
  const own = words.slice(2 + nameLength(words, 2));
  const strings = own.flatMap((word, i) => (word.kind === 'string' ? [i] : []));
  const value = ident(own, strings[0] ?? 0, node.oldVal ?? node.newVal);
  if (node.oldVal !== undefined)
    return [
      {
        kind: 'RenameEnumValue',
        ...certain(spanOf(own)),
        type,
        value,
        newName: ident(own, strings[1] ?? 0, node.newVal),
      },
    ];
  const neighbor = node.newValNeighbor;
  return [
    {
      kind: 'AddEnumValue',
      ...certain(spanOf(own)),
      type,
      value,
      ifNotExists: node.skipIfNewValExists === true,
      ...withOptions(neighbor === undefined ? {} : node.newValIsAfter ? { after: neighbor } : { before: neighbor }),
    },
  ];
};

export const createComposite: Lower<CompositeTypeStmt> = (source, node, words) => {
  const type = relationName(source, node.typevar, words);
  const found = ((node.coldeflist ?? []) as readonly PgNode[]).map(
    ({ ColumnDef }): Attribute => ({ name: ColumnDef?.colname ?? '', type: dataType(ColumnDef?.typeName) }),
  );
  const attributes = found.length === 0 ? {} : { attributes: found };
  return [{ kind: 'CreateType', ...certain(headTo(words, type)), type, form: 'composite', ...withOptions(attributes) }];
};

export const createRange: Lower<CreateRangeStmt> = (_source, node, words) => {
  const type = objectName(words, 2, textsOf(node.typeName));
  return [
    {
      kind: 'CreateType',
      ...certain(headTo(words, type)),
      type,
      form: 'range',
      ...withOptions(settingsOption(node.params)),
    },
  ];
};

export const createDomain: Lower<CreateDomainStmt> = (source, node, words) => {
  const type = objectName(words, 2, textsOf(node.domainname));
  const constraints = ((node.constraints ?? []) as readonly PgNode[]).flatMap(({ Constraint }) => Constraint ?? []);
  const starts = constraints.map(({ location }) => source.offset(location)).sort((a, b) => a - b);
  const standard = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  const forbidding = constraints.find(({ contype }) => contype === 'CONSTR_NOTNULL');
  return [
    {
      kind: 'CreateDomain',
      ...certain(headTo(words, type)),
      type,
      base: dataType(node.typeName),
      notNull: forbidding !== undefined,
      ...(forbidding?.conname === undefined ? {} : { notNullName: findIdent(words, forbidding.conname) }),
      checks: constraints
        .filter(({ contype }) => contype === 'CONSTR_CHECK')
        .map(({ conname }) => named(words, conname)),
      ...(standard === undefined ? {} : { defaultTo: defaultOf(source, standard, words, starts) }),
    },
  ];
};

function named(words: Words, name: string | undefined): { readonly name?: Ident } {
  return name === undefined ? {} : { name: findIdent(words, name) };
}

function defaultOf(source: Source, node: NonNullable<PgNode['Constraint']>, words: Words, starts: readonly number[]) {
  const start = source.offset(node.location);
  const own = between(
    words,
    start,
    starts.find((other) => other > start),
  );
  return expressionOf(source, node.raw_expr, own.slice(startsWith(own, 'constraint') ? 3 : 1));
}

/** `ALTER DOMAIN d <action>`: the subcommand's words are the span. */
export const alterDomain: Lower<AlterDomainStmt> = (_source, node, words) => {
  const type = objectName(words, 2, textsOf(node.typeName));
  const own = words.slice(2 + nameLength(words, 2));
  const definition: PgNode | undefined = node.def;
  const notValid = definition?.Constraint?.skip_validation === true;
  const name = definition?.Constraint?.conname ?? node.name;
  const constraint = name === undefined ? {} : { constraint: findIdent(own, name) };
  const isNotNull = definition?.Constraint?.contype === 'CONSTR_NOTNULL';
  return [
    {
      kind: 'AlterDomain',
      ...certain(spanOf(own)),
      type,
      action: actionOf(node, own),
      notValid,
      ...constraint,
      ...withOptions({
        ...(isNotNull ? { notNull: true } : {}),
        ...(node.missing_ok === true ? { ifExists: true } : {}),
      }),
    },
  ];
};

/** `subtype` of AlterDomainStmt, parsenodes.h. */
function actionOf({ subtype, def }: AlterDomainStmt, own: Words): DomainAction {
  switch (subtype) {
    case 'T':
      return def === undefined ? 'drop-default' : 'set-default';
    case 'N':
      return 'drop-not-null';
    case 'O':
      return 'set-not-null';
    case 'C':
      return 'add-constraint';
    case 'X':
      return 'drop-constraint';
    case 'V':
      return 'validate-constraint';
    default:
      return isWord(own[0], 'owner') ? 'owner' : 'schema';
  }
}
