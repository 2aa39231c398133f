import type { CatalogObject, Column, Constraint, Table } from '../../schema/catalog.ts';

/** An object's definition at one point of the history, as short SQL. */
export function describe(object: CatalogObject): string {
  switch (object.kind) {
    case 'table':
      return describeTable(object);
    case 'view':
      return `${object.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${qualified(object)} (${object.columns.join(', ')})`;
    case 'index':
      return `${object.unique ? 'UNIQUE ' : ''}INDEX ${object.name.name}${object.valid ? '' : ' (invalid)'}`;
    case 'sequence':
      return `SEQUENCE ${qualified(object)}`;
    case 'type':
      return object.form === 'enum'
        ? `TYPE ${qualified(object)} AS ENUM (${object.values.map(({ name }) => `'${name}'`).join(', ')})`
        : `${object.form.toUpperCase()} ${qualified(object)}`;
    case 'routine':
      return `${object.procedure ? 'PROCEDURE' : 'FUNCTION'} ${qualified(object)}`;
    case 'statistics':
      return `STATISTICS ${qualified(object)}`;
    case 'publication':
      return `PUBLICATION ${object.name.name}`;
    case 'schema':
      return `SCHEMA ${object.name.name}`;
    default: {
      const never: never = object;
      return never;
    }
  }
}

export function describeColumn(column: Column): string {
  const parts = [column.name, column.type.text];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.defaultTo !== undefined) parts.push(`DEFAULT ${column.defaultTo.text}`);
  if (column.identity !== undefined)
    parts.push(`GENERATED ${column.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`);
  if (column.generated !== undefined) parts.push(`GENERATED ALWAYS AS (${column.generated.expression.text})`);
  return parts.join(' ');
}

function describeTable(table: Table): string {
  const lines = [
    ...table.columns.map(describeColumn),
    ...table.constraints.filter(isTold).map(({ name, kind, columns, validated }) => {
      const words = `CONSTRAINT ${name} ${kind.replace('-', ' ').toUpperCase()}`;
      return `${words}${columns.length > 0 ? ` (${columns.join(', ')})` : ''}${validated ? '' : ' NOT VALID'}`;
    }),
  ];
  const most = 40;
  const shown = lines.length > most ? [...lines.slice(0, most), `-- and ${lines.length - most} more`] : lines;
  return `TABLE ${qualified(table)} (\n  ${shown.join(',\n  ')}\n)`;
}

/** NOT NULL stands at the column, unless rows may break it. */
function isTold({ kind, validated }: Constraint): boolean {
  return kind !== 'not-null' || !validated;
}

function qualified({ name }: CatalogObject): string {
  return name.schema === 'public' ? name.name : `${name.schema}.${name.name}`;
}
