import type { CreateFunctionStmt, CreateTrigStmt } from '@pgsql/types';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import type { DataType, Volatility } from '../../../../schema/types.ts';
import { namesOption } from '../names-in.ts';
import { findIdent, ident, indexOfWord, isWord, objectName, startsWith, type Words } from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { dataType } from '../types.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { readsOption, whenReads } from './expression-reads.ts';
import { relationName } from './names.ts';
import { settingsOption } from './settings.ts';

/** A function's body changes nothing before somebody calls it. */
export const createFunction: Lower<CreateFunctionStmt> = (_source, node, words) => {
  const fn = objectName(words, nameAt(words, 1), textsOf(node.funcname));
  const parameters = ((node.parameters ?? []) as readonly PgNode[]).flatMap(
    ({ FunctionParameter }) => FunctionParameter ?? [],
  );
  const inputs = parameters.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
  const outputs = parameters.filter((each) => !inputs.includes(each)).map(({ argType }) => argType);
  const returns = [...outputs, ...(node.returnType === undefined ? [] : [node.returnType])].map(dataType);
  const values = [node.sql_body, ...parameters.map(({ defexpr }) => defexpr)];
  return [
    {
      kind: 'CreateFunction',
      ...certain(headTo(words, fn)),
      fn,
      procedure: node.is_procedure === true,
      replace: node.replace === true,
      argTypes: inputs.map(({ argType }) => dataType(argType)),
      ...(inputs.some(({ name }) => name !== undefined) ? { argNames: inputs.map(({ name = '' }) => name) } : {}),
      volatility: volatilityOf(node),
      ...securityOf(node),
      ...namesOption(...values),
      ...(returns.length === 0 ? {} : { returns }),
      ...withOptions({
        ...settingsOption(node.options, ['as', 'set', 'volatility']),
        ...defaultsOf(inputs),
        ...variadicOf(inputs),
        ...(settingsOf(node).includes('search_path') ? { ownPath: true } : {}),
      }),
    },
  ];
};

/** With whose rights it runs, and what it sets for itself. */
function securityOf(node: CreateFunctionStmt): Pick<ChangeOf<'CreateFunction'>, 'definer' | 'sets'> {
  const elements = ((node.options ?? []) as readonly PgNode[]).flatMap(({ DefElem }) => DefElem ?? []);
  const isDefiner = elements.some(
    ({ defname, arg }) => defname === 'security' && (arg as PgNode | undefined)?.Boolean?.boolval === true,
  );
  return isDefiner ? { definer: true, sets: settingsOf(node) } : {};
}

/** `SET search_path = ...` */
function settingsOf({ options }: CreateFunctionStmt): readonly string[] {
  return ((options ?? []) as readonly PgNode[]).flatMap(({ DefElem }) =>
    DefElem?.defname === 'set' ? ((DefElem.arg as PgNode | undefined)?.VariableSetStmt?.name ?? []) : [],
  );
}

/** How many of the last arguments a call may leave out. */
function defaultsOf(inputs: readonly { readonly defexpr?: unknown }[]): { readonly defaults?: number } {
  const defaults = inputs.filter(({ defexpr }) => defexpr !== undefined).length;
  return defaults === 0 ? {} : { defaults };
}

function variadicOf(inputs: readonly { readonly mode?: string }[]): { readonly variadic?: true } {
  return inputs.some(({ mode }) => mode === 'FUNC_PARAM_VARIADIC') ? { variadic: true } : {};
}

/** VOLATILE unless it is said. */
function volatilityOf({ options }: CreateFunctionStmt): Volatility {
  const named = ((options ?? []) as readonly PgNode[]).find(
    ({ DefElem }) => DefElem?.defname === 'volatility',
  )?.DefElem;
  const value: PgNode | undefined = named?.arg;
  const said = value?.String?.sval;
  return said === 'immutable' || said === 'stable' ? said : 'volatile';
}

/** `TRIGGER_TYPE_INSTEAD` of pg_trigger.h. */
const INSTEAD = 64;

/** `CREATE [OR REPLACE] [CONSTRAINT] TRIGGER x ... ON t ... EXECUTE FUNCTION f(...)` */
export const createTrigger: Lower<CreateTrigStmt> = (source, node, words) => {
  const at = indexOfWord(words, 'trigger') + 1;
  const trigger = ident(words, at, node.trigname);
  const execute = words.findLastIndex(
    (word, i) => isWord(word, 'execute') && isWord(words[i + 1], ['function', 'procedure']),
  );
  return [
    {
      kind: 'CreateTrigger',
      ...certain(headTo(words, trigger)),
      table: relationName(source, node.relation, words),
      trigger,
      fn: objectName(words, execute + 2, textsOf(node.funcname)),
      replace: node.replace === true,
      columns: textsOf(node.columns).map((name) => findIdent(words, name, at + 1)),
      ...readsOption(whenReads(source, node, words)),
      ...namesOption(node.whenClause),
      ...withOptions({
        ...(node.row ? {} : { forEachRow: false }),
        ...(node.timing === INSTEAD ? { insteadOf: true } : {}),
      }),
    },
  ];
};

/** The types that a statement tells a routine from others of its name by; none where it does not say them. */
export function argTypes({ ObjectWithArgs: routine }: PgNode): { readonly argTypes?: readonly DataType[] } {
  if (routine === undefined || routine.args_unspecified) return {};
  const types = (routine.objargs ?? []) as readonly PgNode[];
  return { argTypes: types.map(({ TypeName }) => dataType(TypeName)) };
}

export function withArguments(change: SchemaChange, routine: PgNode | undefined): SchemaChange {
  return change.kind === 'ChangeObject' && routine !== undefined ? { ...change, ...argTypes(routine) } : change;
}

/** Behind `CREATE [OR REPLACE]` and the kind's words. */
export function nameAt(words: Words, kindWords: number): number {
  return 1 + (startsWith(words.slice(1), 'or', 'replace') ? 2 : 0) + kindWords;
}
