import type { Conversion, Filler, Follower, Pieces, PlanColumn, PlanTable, SyncPair } from '../../../primitives.ts';
import { dollarQuoted, q, quoteText, withColumns } from './words.ts';

/**
 * Both columns carry one value. Values are compared, never SET lists: an ORM that writes every column back must not undo
 * what changed. NOT NULL is checked after BEFORE triggers, so a writer may leave either column out. Neither column has a
 * DEFAULT meanwhile, or nobody could tell who inserted: the trigger gives it. (evolution-patterns.md 1.0.6)
 */
export function sync(pair: SyncPair): Pieces {
  const { on, forward, backward, defaultTo } = pair;
  const old = `NEW.${q(pair.old.name)}`;
  const added = `NEW.${q(pair.new.name)}`;
  const converts = forward.expression !== undefined || forward.mayFail;
  const value = converts ? 'sw_value' : old;
  const reverse = rowExpression(on, backward, added);
  const conflict = (what: string) =>
    `RAISE EXCEPTION ${quoteText(`${on.name}: ${pair.old.name} and ${pair.new.name} were ${what}`)} USING ERRCODE = '23514';`;
  const body = [
    ...(defaultTo === undefined ? [] : [...defaulted(old, added, defaultTo)]),
    ...(converts ? converted(on, forward, old) : []),
    "IF TG_OP = 'INSERT' THEN",
    `  IF ${added} IS NULL THEN`,
    `    ${added} := ${value};`,
    `  ELSIF ${old} IS NULL THEN`,
    `    ${old} := ${reverse};`,
    `  ELSIF ${differ(added, value, pair.new.comparedAs)} THEN`,
    `    ${conflict('given different values')}`,
    '  END IF;',
    `ELSIF ${changed(pair.old)} AND ${changed(pair.new)} THEN`,
    `  IF ${differ(added, value, pair.new.comparedAs)} THEN`,
    `    ${conflict('changed to different values')}`,
    '  END IF;',
    `ELSIF ${changed(pair.old)} THEN`,
    `  ${added} := ${value};`,
    `ELSIF ${changed(pair.new)} THEN`,
    `  ${old} := ${reverse};`,
    `ELSIF ${added} IS NULL THEN`,
    `  ${added} := ${value};`,
    'END IF;',
    'RETURN NEW;',
  ];
  const declared = converts ? `DECLARE\n  sw_value ${pair.new.type};\n` : '';
  return trigger(pair, declared, body, converts || defaultTo !== undefined || backward.expression !== undefined);
}

/** Nobody writes the new column yet: every write computes it again. A value that does not convert must not fail the write. */
export function follow(follower: Follower): Pieces {
  const { on, forward } = follower;
  const target = `NEW.${q(follower.new.name)}`;
  const body = [...converted(on, forward, `NEW.${q(follower.old.name)}`, target), 'RETURN NEW;'];
  return trigger(follower, '', body, forward.expression !== undefined);
}

/** Writers that leave the column out, or write NULL, get the value. */
export function fill(filler: Filler): Pieces {
  const column = `NEW.${q(filler.column)}`;
  const body = [`IF ${column} IS NULL THEN`, `  ${column} := ${filler.value};`, 'END IF;', 'RETURN NEW;'];
  return trigger(filler, '', body, true);
}

export function differ(a: string, b: string, comparedAs: PlanColumn['comparedAs']): string {
  return comparedAs === 'value'
    ? `${a} IS DISTINCT FROM ${b}`
    : `${operand(a)}::text IS DISTINCT FROM ${operand(b)}::text`;
}

function operand(expression: string): string {
  return /^(?:NEW\.|OLD\.)?(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")*")$/.test(expression) ? expression : `(${expression})`;
}

function changed({ name, comparedAs }: PlanColumn): string {
  return differ(`NEW.${q(name)}`, `OLD.${q(name)}`, comparedAs);
}

function defaulted(old: string, added: string, value: string): readonly string[] {
  return [`IF TG_OP = 'INSERT' AND ${old} IS NULL AND ${added} IS NULL THEN`, `  ${old} := ${value};`, 'END IF;'];
}

/** Class 22 is "data exception": what a cast raises for a value that it cannot take. */
function converted(on: PlanTable, conversion: Conversion, source: string, target = 'sw_value'): readonly string[] {
  const assign = `${target} := ${rowExpression(on, conversion, source)};`;
  if (!conversion.mayFail) return [assign];
  return [
    'BEGIN',
    `  ${assign}`,
    'EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN',
    `  ${target} := NULL;`,
    'END;',
  ];
}

/** In a trigger every column of the row is a field of NEW. */
function rowExpression({ table }: PlanTable, { expression }: Conversion, source: string): string {
  if (expression === undefined) return source;
  const columns = new Set(table.columns.map(({ name }) => name));
  return withColumns(expression, (name) =>
    columns.has(name) || `NEW.${q(name)}` === source ? `NEW.${q(name)}` : undefined,
  );
}

type Named = Pick<SyncPair, 'on' | 'name' | 'comment'>;

/** @param resolves names in the body mean what they mean for the migration, whatever a writer's search path says */
function trigger(
  { on, name, comment }: Named,
  declared: string,
  body: readonly string[],
  resolves: boolean,
): Pieces {
  const fn = `${on.prefix}${q(name)}`;
  const text = `${declared}BEGIN\n${body.map((line) => `  ${line}`).join('\n')}\nEND`;
  const path = resolves ? ' SET search_path FROM CURRENT' : '';
  return {
    create: [
      `CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql${path} AS ${dollarQuoted(text)}`,
      `CREATE TRIGGER ${q(name)} BEFORE INSERT OR UPDATE ON ${on.name}\n  FOR EACH ROW EXECUTE FUNCTION ${fn}()`,
      `COMMENT ON TRIGGER ${q(name)} ON ${on.name} IS ${quoteText(comment)}`,
    ],
    drop: [`DROP TRIGGER ${q(name)} ON ${on.name}`, `DROP FUNCTION ${fn}()`],
  };
}
