import type { Table } from '../../../../schema/catalog.ts';
import type { SqlTarget } from '../../../dialect.ts';
import type { OnlineNotNull, PlanTable } from '../../../primitives.ts';
import { postgresqlSemantics } from '../semantics.ts';
import { setNotNull } from './columns.ts';
import { dollarQuoted, q } from './words.ts';

/** The first version in which NOT NULL is a constraint with a name, and may be NOT VALID. */
const NAMED = 18;

/**
 * Without a scan under a lock that blocks: a validated CHECK proves to SET NOT NULL that there is nothing to look for
 * (12 and later); from 18 on NOT NULL itself may be added NOT VALID.
 */
export function notNull(
  on: PlanTable,
  column: string,
  name: string,
  final: string,
  { version, versionKnown }: SqlTarget,
): OnlineNotNull {
  const drop = `ALTER TABLE ${on.name} DROP CONSTRAINT IF EXISTS ${q(name)}`;
  const validate = `ALTER TABLE ${on.name} VALIDATE CONSTRAINT ${q(name)}`;
  const add = (what: string) => `ALTER TABLE ${on.name} ADD CONSTRAINT ${q(name)} ${what} NOT VALID`;
  if (versionKnown && version >= NAMED)
    return {
      add: add(`NOT NULL ${q(column)}`),
      validate,
      finish: [`ALTER TABLE ${on.name} RENAME CONSTRAINT ${q(name)} TO ${q(final)}`],
      undo: drop,
    };
  const given = notNullName(on.table, column);
  const rename = versionKnown || given === final ? [] : [renameWhereNamed(on, given, final)];
  return {
    add: add(`CHECK (${q(column)} IS NOT NULL)`),
    validate,
    finish: [setNotNull(on, column), `ALTER TABLE ${on.name} DROP CONSTRAINT ${q(name)}`, ...rename],
    undo: drop,
  };
}

/** The version is not known: from 18 on the server names it after the column, which had another name. */
function renameWhereNamed(on: PlanTable, from: string, to: string): string {
  return `DO ${dollarQuoted(`BEGIN
  IF current_setting('server_version_num')::int >= ${NAMED}0000 THEN
    ALTER TABLE ${on.name} RENAME CONSTRAINT ${q(from)} TO ${q(to)};
  END IF;
END`)}`;
}

/** A named one keeps its name; else as the server makes it up. */
export function notNullName(table: Table, column: string): string {
  const named = table.constraints.find(({ kind, columns }) => kind === 'not-null' && columns.includes(column));
  return named?.name ?? madeUp(table, column);
}

function madeUp(table: Table, column: string): string {
  const span = { start: 0, end: 0 };
  const spec = { kind: 'not-null', columns: [{ name: column, span }], notValid: false, enforced: true, deferrable: false, initiallyDeferred: false, span } as const;
  return postgresqlSemantics.constraintName(noCatalog, table.name, spec);
}
