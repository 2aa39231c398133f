import type { ColumnDef, Constraint } from '@pgsql/types';
import type { ColumnSpec, ConstraintSpec } from '../../../../schema/change.ts';
import type { Ident } from '../../../../schema/names.ts';
import { expressionOf } from '../expressions.ts';
import {
  between,
  ident,
  inParentheses,
  isWord,
  objectName,
  type Source,
  spanOf,
  startsWith,
  type Words,
} from '../source.ts';
import type { PgNode } from '../tree.ts';
import { dataType, isSerial, typeSpan } from '../types.ts';
import { constraintSpec } from './constraints.ts';

/** A column, and what stands at it that belongs to the table. */
export interface LoweredColumn {
  readonly spec: ColumnSpec;
  readonly constraints: readonly ConstraintSpec[];
}

/** @param words the column's own words, its name first */
export function columnSpec(source: Source, node: ColumnDef, words: Words): LoweredColumn {
  const column = ident(words, 0, node.colname);
  const items = itemsOf(source, node, words);
  const serial = isSerial(node.typeName);
  const clauses = items.map((item) => clause(source, item));
  const spec: ColumnSpec = {
    column,
    type: dataType(node.typeName),
    typeSpan: node.typeName === undefined ? column.span : typeSpan(words, 1),
    notNull: serial,
    ...(serial ? { serial } : {}),
    ...collation(node, words),
    ...Object.assign({}, ...clauses),
  };
  return { spec, constraints: items.flatMap((item) => inlineConstraint(source, item, column)) };
}

/** One item of the column's list with its own words. Attributes (DEFERRABLE, NOT ENFORCED) belong to the item before them. */
interface Item {
  readonly node: Constraint;
  readonly words: Words;
}

function itemsOf(source: Source, node: ColumnDef, words: Words): readonly Item[] {
  const constraints = ((node.constraints ?? []) as readonly PgNode[]).flatMap(({ Constraint }) => Constraint ?? []);
  const own = constraints.filter(({ contype }) => contype?.startsWith('CONSTR_ATTR') !== true);
  const starts = own.map(({ location }) => source.offset(location));
  const collate = node.collClause?.location;
  const stops = [...starts, ...(collate === undefined ? [] : [source.offset(collate)])].sort((a, b) => a - b);
  return own.map((each, i) => {
    const start = starts[i] ?? 0;
    return {
      node: each,
      words: between(
        words,
        start,
        stops.find((stop) => stop > start),
      ),
    };
  });
}

function clause(source: Source, { node, words }: Item): Partial<ColumnSpec> {
  switch (node.contype) {
    case 'CONSTR_NOTNULL':
      return { notNull: true, notNullSpan: spanOf(notNullWords(words)) };
    case 'CONSTR_DEFAULT':
      return {
        defaultTo: expressionOf(source, node.raw_expr, unnamed(words).slice(1)),
        defaultSpan: spanOf(words),
      };
    case 'CONSTR_IDENTITY':
      return { notNull: true, identity: node.generated_when === 'd' ? 'by-default' : 'always' };
    case 'CONSTR_GENERATED':
      return {
        generated: {
          expression: expressionOf(source, node.raw_expr, inParentheses(words)),
          stored: isWord(words.at(-1), 'stored'),
        },
      };
    default:
      return {};
  }
}

function notNullWords(words: Words): Words {
  return unnamed(words).slice(0, 2);
}

function unnamed(words: Words): Words {
  return startsWith(words, 'constraint') ? words.slice(2) : words;
}

/** A NOT NULL of which nothing more is said is a fact of the column alone. */
function inlineConstraint(source: Source, { node, words }: Item, column: Ident): readonly ConstraintSpec[] {
  if (node.contype === 'CONSTR_NOTNULL' && node.conname === undefined && !node.is_no_inherit) return [];
  const spec = constraintSpec(source, node, words, column);
  return spec === undefined ? [] : [spec];
}

function collation(node: ColumnDef, words: Words): { readonly collation?: string } {
  if (node.collClause === undefined) return {};
  const at = words.findIndex((word) => isWord(word, 'collate'));
  return { collation: objectName(words, at + 1).name };
}
