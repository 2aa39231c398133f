import type { FilePath } from '../../model/text.ts';
import type { SchemaChange } from '../../schema/change.ts';
import { mentions } from '../../schema/mentions.ts';
import type { SymbolInfo } from '../../service.ts';
import type { ReadStatement } from '../../sql/script.ts';
import { readScriptOf } from '../project-state.ts';
import type { Script } from '../slot.ts';
import type { World } from '../world.ts';
import { writtenSpan } from './cursor.ts';

/** One symbol per statement that names something, its columns below it. */
export function symbolsOf(world: World, path: FilePath): readonly SymbolInfo[] {
  const owned = world.byFile.get(path);
  if (owned === undefined) return [];
  const script = readScriptOf(owned.state, owned.migration);
  return script.statements.flatMap((statement) => symbolOf(script, statement));
}

function symbolOf(script: Script, statement: ReadStatement): readonly SymbolInfo[] {
  const [first] = statement.reading.changes;
  if (first === undefined) return [];
  const [named] = mentions(first);
  const span = writtenSpan(script, statement, { start: 0, end: statement.span.end - statement.span.start });
  const nameSpan = named === undefined ? span : writtenSpan(script, statement, named.span);
  return [
    {
      name: named === undefined ? statement.reading.verb : nameOf(named),
      detail: statement.reading.verb,
      kind: kindOf(first),
      span,
      nameSpan,
      children: children(script, statement, first),
    },
  ];
}

function nameOf(named: ReturnType<typeof mentions>[number]): string {
  return named.kind === 'column' ? named.column : named.name.name;
}

function children(script: Script, statement: ReadStatement, change: SchemaChange): readonly SymbolInfo[] {
  if (change.kind !== 'CreateTable') return [];
  return change.columns.map(({ column, type, typeSpan }) => ({
    name: column.name,
    detail: type.text,
    kind: 'column' as const,
    span: writtenSpan(script, statement, { start: column.span.start, end: Math.max(column.span.end, typeSpan.end) }),
    nameSpan: writtenSpan(script, statement, column.span),
    children: [],
  }));
}

function kindOf(change: SchemaChange): SymbolInfo['kind'] {
  if (change.kind.endsWith('Index')) return 'index';
  if (change.kind.endsWith('Constraint')) return 'constraint';
  if (change.kind.endsWith('View')) return 'view';
  if (change.kind.endsWith('Function') || change.kind.endsWith('Trigger')) return 'function';
  if (/Enum|Type$|Domain/.test(change.kind) && change.kind !== 'ChangeColumnType') return 'type';
  return 'table' in change ? 'table' : 'statement';
}
