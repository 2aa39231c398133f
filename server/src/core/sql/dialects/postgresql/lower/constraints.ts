import type { Constraint } from '@pgsql/types';
import type { ConstraintSpec, ReferentialAction } from '../../../../schema/change.ts';
import type { Ident, ObjectName } from '../../../../schema/names.ts';
import type { Expression } from '../../../../schema/types.ts';
import { expressionOf } from '../expressions.ts';
import {
  findIdent,
  ident,
  indexOfWord,
  inParentheses,
  isWord,
  objectName,
  type Source,
  spanOf,
  startsWith,
  type Words,
} from '../source.ts';
import { textsOf } from '../tree.ts';
import { indexOptions } from './indexes.ts';

/**
 * A constraint of a table, or one that stands at a column.
 * @param words its own words, from `CONSTRAINT name` to its last attribute
 * @param column the column it stands at
 */
export function constraintSpec(
  source: Source,
  node: Constraint,
  words: Words,
  column?: Ident,
): ConstraintSpec | undefined {
  const kind = node.contype === undefined ? undefined : KINDS[node.contype];
  if (kind === undefined) return undefined;
  const named = startsWith(words, 'constraint');
  const body = named ? words.slice(2) : words;
  const attributes = attributesOf(node, words);
  const references = node.contype === 'CONSTR_FOREIGN' ? referencesOf(node, body) : undefined;
  const expression =
    node.contype === 'CONSTR_CHECK' ? expressionOf(source, node.raw_expr, inParentheses(body)) : undefined;
  const options = optionsOf(node);
  return {
    ...(named ? { name: ident(words, 1, node.conname) } : {}),
    kind,
    columns: column === undefined ? columnsOf(node, body) : [column],
    ...(references === undefined ? {} : { references }),
    ...(expression === undefined ? {} : { expression }),
    ...(node.where_clause === undefined ? {} : { where: whereOf(source, node, body) }),
    ...attributes,
    ...(node.indexname === undefined ? {} : { usingIndex: usingIndex(body, node.indexname) }),
    span: spanOf(words),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** `EXCLUDE (...) WHERE (condition)` */
function whereOf(source: Source, node: Constraint, words: Words): Expression {
  return expressionOf(source, node.where_clause, inParentheses(words, indexOfWord(words, 'where')));
}

const KINDS: Readonly<Partial<Record<NonNullable<Constraint['contype']>, ConstraintSpec['kind']>>> = {
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_CHECK: 'check',
  CONSTR_EXCLUSION: 'exclude',
  CONSTR_NOTNULL: 'not-null',
};

/** At a column the tree has the attributes as nodes of their own, at a table as fields: the words say both alike. */
function attributesOf(
  node: Constraint,
  words: Words,
): Pick<ConstraintSpec, 'notValid' | 'enforced' | 'deferrable' | 'initiallyDeferred'> {
  const at = indexOfWord(words, 'deferrable');
  const initially = indexOfWord(words, 'initially');
  const enforced = indexOfWord(words, 'enforced');
  const initiallyDeferred = initially !== -1 && isWord(words[initially + 1], 'deferred');
  return {
    notValid: node.skip_validation === true && indexOfWord(words, 'valid') !== -1,
    enforced: !(enforced > 0 && isWord(words[enforced - 1], 'not')),
    deferrable: at === -1 ? initiallyDeferred : !isWord(words[at - 1], 'not'),
    initiallyDeferred,
  };
}

/** `PRIMARY KEY (a, b)`, `FOREIGN KEY (a)`: the first parenthesis. EXCLUDE and CHECK name theirs in expressions. */
function columnsOf(node: Constraint, words: Words): readonly Ident[] {
  if (node.contype === 'CONSTR_EXCLUSION') return excluded(node, words);
  if (node.contype === 'CONSTR_CHECK') return [];
  const names = textsOf(node.contype === 'CONSTR_FOREIGN' ? node.fk_attrs : node.keys);
  const listed = node.contype === 'CONSTR_NOTNULL' ? words : inParentheses(words);
  return names.map((name) => findIdent(listed, name));
}

function excluded(node: Constraint, words: Words): readonly Ident[] {
  const listed = inParentheses(words);
  return (node.exclusions ?? []).flatMap((each) => {
    const element = each !== undefined && 'List' in each ? each.List.items?.[0] : undefined;
    const name = element !== undefined && 'IndexElem' in element ? element.IndexElem.name : undefined;
    return name === undefined ? [] : [findIdent(listed, name)];
  });
}

function referencesOf(node: Constraint, words: Words): NonNullable<ConstraintSpec['references']> {
  const at = indexOfWord(words, 'references') + 1;
  const table: ObjectName = objectName(words, at, namesOf(node));
  const behind = words.slice(at).filter(({ start }) => start >= table.span.end);
  const listed = behind[0]?.text === '(' ? inParentheses(behind) : [];
  return {
    table,
    columns: textsOf(node.pk_attrs).map((name) => findIdent(listed, name)),
    onDelete: action(node.fk_del_action),
    onUpdate: action(node.fk_upd_action),
  };
}

function namesOf({ pktable }: Constraint): readonly string[] {
  const name = pktable?.relname ?? '';
  return pktable?.schemaname === undefined ? [name] : [pktable.schemaname, name];
}

function action(code: string | undefined): ReferentialAction {
  return ACTIONS[code ?? 'a'] ?? 'no-action';
}

/** `FKCONSTR_ACTION_*` of parsenodes.h. */
const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no-action',
  r: 'restrict',
  c: 'cascade',
  n: 'set-null',
  d: 'set-default',
};

function usingIndex(words: Words, name: string): Ident {
  const at = indexOfWord(words, 'using');
  return ident(words, at === -1 ? 0 : at + 2, name);
}

function optionsOf(node: Constraint): Readonly<Record<string, unknown>> {
  return {
    ...(node.is_no_inherit ? { noInherit: true } : {}),
    ...(node.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
    ...(node.without_overlaps ? { withoutOverlaps: true } : {}),
    ...(node.including === undefined ? {} : { includes: textsOf(node.including) }),
    ...(node.access_method === undefined ? {} : { method: node.access_method }),
    ...(node.fk_matchtype === 'f' ? { matchFull: true } : {}),
    ...indexOptions(node.options, node.indexspace),
  };
}
