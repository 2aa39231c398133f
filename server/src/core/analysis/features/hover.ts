import type { Evidence } from '../../model/impact.ts';
import type { FilePath } from '../../model/text.ts';
import { impactUrl } from '../../rules/index.ts';
import type { CatalogObject, Origin } from '../../schema/catalog.ts';
import type { HoverInfo } from '../../service.ts';
import { measureOf, sizeWords } from '../sizes.ts';
import type { World } from '../world.ts';
import { changesOf, type Mentioned, mentionAt, type Opened, open, statementAt, writtenSpan } from './cursor.ts';
import { describe, describeColumn } from './describe.ts';
import { strongest } from './impact-of.ts';
import { shapersOf } from './shapers.ts';

/** Over a name: its definition at this point and what shaped it. Elsewhere in a statement: what the statement does. */
export function hoverAt(world: World, path: FilePath, offset: number): HoverInfo | undefined {
  const opened = open(world, path);
  const statement = opened === undefined ? undefined : statementAt(opened, offset);
  if (opened === undefined || statement === undefined) return undefined;
  const mentioned = mentionAt(opened, statement, offset);
  const object = mentioned === undefined ? undefined : objectHover(opened, mentioned);
  const effect = statementHover(opened, changesOf(opened, statement));
  const markdown = [object, effect].filter((part) => part !== undefined).join('\n\n---\n\n');
  if (markdown === '') return undefined;
  const whole = writtenSpan(opened.script, statement, { start: 0, end: statement.span.end - statement.span.start });
  return { span: object === undefined || mentioned === undefined ? whole : mentioned.span, markdown };
}

function objectHover(opened: Opened, { mention, by }: Mentioned): string | undefined {
  if (by === undefined || mention.kind === 'type') return undefined;
  const name = mention.kind === 'column' ? mention.table : mention.name;
  const found = by.relation(name);
  if (found.kind !== 'known') return undefined;
  const column = mention.kind === 'column' ? columnOf(found.value, mention.column) : undefined;
  if (mention.kind === 'column' && column === undefined) return undefined;
  const definition =
    column === undefined ? describe(found.value) : `${found.value.name.name}.${describeColumn(column)}`;
  const shapers = shapersOf(opened, found.key, column?.name).map((each) => `- ${each}`);
  const made = madeIn(opened, column?.origin ?? found.value.origin);
  const size = column === undefined ? sizeOf(opened, found.value) : [];
  const history = shapers.length === 0 ? made : `Shaped by\n${shapers.join('\n')}`;
  return [`\`\`\`sql\n${definition}\n\`\`\``, ...size, history].join('\n\n');
}

function sizeOf({ state }: Opened, { name }: CatalogObject): readonly string[] {
  const measure = measureOf(state);
  const words = measure && sizeWords(measure.statistics, `${name.schema}.${name.name}`);
  return words === undefined ? [] : [`${words[0]?.toUpperCase()}${words.slice(1)}.`];
}

function columnOf(object: CatalogObject, name: string) {
  return object.kind === 'table' ? object.columns.find((column) => column.name === name) : undefined;
}

function madeIn(opened: Opened, origin: Origin): string {
  const made = opened.state.environment.migrationOf(origin.migration);
  return `Made in ${made?.script ?? origin.migration}`;
}

function statementHover(opened: Opened, changes: ReturnType<typeof changesOf>): string | undefined {
  const impact = strongest(changes);
  if (impact === undefined) return undefined;
  const { dialect, environment } = opened.state;
  const words = dialect.impactWords(impact);
  const version = `${dialect.displayName} ${environment.target.version}${environment.target.versionKnown ? '' : ' (assumed)'}`;
  const evidence = evidenceWords(impact.evidence);
  const row = `[${evidence}](${impactUrl(dialect.id, impact.row)})`;
  return [`**${words.short}**`, ...words.long, `For ${version}, ${row}.`].join('\n\n');
}

function evidenceWords(evidence: Evidence): string {
  switch (evidence) {
    case 'measured':
      return 'measured on the server';
    case 'documented':
      return 'as its documentation says';
    case 'derived':
      return 'worked out from what its parts do';
    default: {
      const never: never = evidence;
      return never;
    }
  }
}
