import type { FuncCall, SelectStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';

import { readsOf, touched, walk } from '../queries.ts';
import { type Source, spanOf, type Words } from '../source.ts';
import { functionName, type PgNode } from '../tree.ts';
import { isBuiltInFunction } from '../volatility.ts';
import { certain } from './base.ts';
import { lowerWrite } from './rows.ts';
import { pathText, valueText } from './session.ts';
import type { Lowered } from './statement.ts';
import { selectInto } from './views.ts';

/** A query changes nothing by itself; the functions that it calls may. */
export function lowerSelect(source: Source, node: SelectStmt, words: Words): Lowered {
  if (node.intoClause !== undefined) return { changes: [selectInto(source, node, words)], reads: [] };
  const found = touched(source, words);
  walk(found, { SelectStmt: node }, found.outside);
  const writes = found.writes.flatMap(({ node: write, ctes }) => lowerWrite(source, write, words, ctes).changes);
  return { changes: [...writes, ...settings(node, words), ...calls(found.functions, words)], reads: readsOf(found) };
}

/** Functions that a user made: what they do is not looked into. */
function calls(functions: ReadonlySet<string>, words: Words): readonly SchemaChange[] {
  const unknown = [...functions].filter((name) => !isBuiltInFunction(name));
  if (unknown.length === 0) return [];
  const reason = `calls ${unknown.join(', ')}, which may do anything`;
  return [{ kind: 'RunSql', ...certain(spanOf(words)), reason, taint: 'schema' }];
}

/** `SELECT set_config('search_path', '', false)`, as pg_dump writes it. */
function settings(node: SelectStmt, words: Words): readonly SchemaChange[] {
  const targets = (node.targetList ?? []) as readonly PgNode[];
  return targets.flatMap(({ ResTarget: target }) => {
    const value: PgNode | undefined = target?.val;
    return value?.FuncCall === undefined ? [] : setting(value.FuncCall, words);
  });
}

function setting({ funcname, args }: FuncCall, words: Words): readonly SchemaChange[] {
  if (functionName(funcname) !== 'set_config') return [];
  const [name = '', value = '', local = ''] = ((args ?? []) as readonly PgNode[]).map(valueText);
  const names = name.toLowerCase() === 'search_path' ? pathNames(value) : value;
  return [
    {
      kind: 'SetSession',
      ...certain(spanOf(words)),
      name: name.toLowerCase(),
      value: names,
      local: local === 'true' || local === 't',
    },
  ];
}

function pathNames(value: string): string {
  const names = value.split(',').map((name) => name.trim());
  return pathText(names.map((name) => (name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase())));
}
