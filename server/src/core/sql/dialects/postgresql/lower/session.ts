import type {
  CallStmt,
  ConstraintsSetStmt,
  DiscardStmt,
  LockStmt,
  TransactionStmt,
  VariableSetStmt,
} from '@pgsql/types';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import { clip } from '../../../../text/bytes.ts';

import { NAME_BYTES } from '../lexical.ts';
import { findIdent, spanOf } from '../source.ts';
import { functionName, type PgNode } from '../tree.ts';
import { certain, type Lower, withOptions } from './base.ts';
import { onlyOption, relationName } from './names.ts';

type Verb = ChangeOf<'Transaction'>['verb'];

const VERBS: Readonly<Partial<Record<NonNullable<TransactionStmt['kind']>, Verb>>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_PREPARE: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'release',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
};

/** COMMIT PREPARED is about another one. */
export const transaction: Lower<TransactionStmt> = (_source, { kind, savepoint_name: name, chain }, words) => {
  const verb = kind === undefined ? undefined : VERBS[kind];
  if (verb === undefined) return [];
  return [
    {
      kind: 'Transaction',
      ...certain(spanOf(words)),
      verb,
      ...(name === undefined ? {} : { savepoint: findIdent(words, name, 1) }),
      ...(chain === true ? { chain } : {}),
    },
  ];
};

/** The value of a setting that goes back to what the session began with. */
export const DEFAULT_VALUE = 'DEFAULT';

/** SET and RESET. Names of the search path are joined by `, `; RESET ALL names the setting `all`. */
export const setSession: Lower<VariableSetStmt> = (_source, node, words) => {
  const said = settingSaid(node);
  return said === undefined
    ? []
    : [{ kind: 'SetSession', ...certain(spanOf(words)), ...said, local: node.is_local === true }];
};

/** Undefined of FROM CURRENT, whose value is that of the session. */
export function settingSaid(node: VariableSetStmt): { readonly name: string; readonly value: string } | undefined {
  if (node.kind === 'VAR_SET_CURRENT') return undefined;
  const name = node.kind === 'VAR_RESET_ALL' ? 'all' : (node.name ?? '').toLowerCase();
  const set = node.kind === 'VAR_SET_VALUE' || node.kind === 'VAR_SET_MULTI';
  const values = ((node.args ?? []) as readonly PgNode[]).map(valueText);
  return { name, value: set ? (name === 'search_path' ? pathText(values) : values.join(', ')) : DEFAULT_VALUE };
}

/** When deferrable constraints are checked, as a setting of the session: `constraints`. */
export const setConstraints: Lower<ConstraintsSetStmt> = (_source, { deferred }, words) => [
  {
    kind: 'SetSession',
    ...certain(spanOf(words)),
    name: 'constraints',
    value: deferred === true ? 'deferred' : 'immediate',
    local: true,
  },
];

/** Names of a search path, joined; one that a comma could tear apart is quoted. */
export function pathText(names: readonly string[]): string {
  return names
    .map((name) => clip(name, NAME_BYTES))
    .map((name) => (/^[^,"\s]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`))
    .join(', ');
}

/** Plans and what sequences have given out are not of the schema. */
export const discard: Lower<DiscardStmt> = (_source, { target }, words) => {
  const base = certain(spanOf(words));
  const reset = { kind: 'SetSession', ...base, name: 'all', value: DEFAULT_VALUE, local: false } as const;
  return [
    ...(target === 'DISCARD_ALL' ? [reset] : []),
    ...(target === 'DISCARD_ALL' || target === 'DISCARD_TEMP' ? [{ kind: 'DiscardTemporary', ...base } as const] : []),
  ];
};

/** Text of a constant: `'x'`, `5`, `on`. */
export function valueText(node: PgNode): string {
  const cast: PgNode | undefined = node.TypeCast?.arg;
  if (cast !== undefined) return valueText(cast);
  const constant = node.A_Const as
    | { sval?: { sval?: string }; ival?: { ival?: number }; fval?: { fval?: string }; boolval?: { boolval?: boolean } }
    | undefined;
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.ival !== undefined) return String(constant.ival.ival ?? 0);
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  return constant?.boolval === undefined ? '' : String(constant.boolval.boolval === true);
}

/** Lock modes as `LOCKMODE` numbers them (lockdefs.h). */
const LOCK_MODES = [
  '',
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

export const lockTable: Lower<LockStmt> = (source, node, words) => {
  const relations = (node.relations ?? []) as readonly PgNode[];
  const tables = relations.map(({ RangeVar }) => relationName(source, RangeVar, words));
  return [
    {
      kind: 'LockTable',
      ...certain(spanOf(words)),
      tables,
      mode: LOCK_MODES[node.mode ?? 8] ?? 'ACCESS EXCLUSIVE',
      ...withOptions(onlyOption(relations)),
    },
  ];
};

/** What a procedure does is not looked into. */
export const call: Lower<CallStmt> = (_source, node, words): readonly SchemaChange[] => {
  const reason = `calls ${functionName(node.funccall?.funcname)}, which may do anything`;
  return [{ kind: 'RunSql', ...certain(spanOf(words)), reason, taint: 'schema' }];
};
