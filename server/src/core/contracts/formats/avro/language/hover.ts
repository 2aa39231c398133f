import type { Span } from '../../../../model/text.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import type { ContractHover, Cursor } from '../../../language.ts';
import { compareTrees } from '../compare/tree.ts';
import { printJson } from '../json/value.ts';
import type { AvroSet } from '../link.ts';
import { avroRules } from '../rules/index.ts';
import type { Alias, NamedSchema } from '../schema.ts';
import type { FieldOf, Mark } from './marks.ts';
import { type Found, findAt } from './places.ts';
import { fieldSince, type Past, pastOf, symbolSince, typeSince } from './since.ts';
import { namedInWords, typeInWords } from './words.ts';

/** What an element is, and what its change since the baseline means. */
export function hoverAt(cursor: Cursor, request: CompareRequest): ContractHover | undefined {
  const found = findAt(cursor);
  const card = found === undefined ? undefined : cardOf(found);
  if (found === undefined || card === undefined) return undefined;
  const parts = [`\`\`\`\n${card.title}\n\`\`\``, card.facts.join(' · '), card.doc ?? ''];
  return {
    span: found.mark.span,
    markdown: parts.filter((part) => part !== '').join('\n\n'),
    verdict: verdictOf(found, card, request),
  };
}

/** One element as a hover shows it. */
interface Card {
  readonly title: string;
  readonly facts: readonly string[];
  readonly doc: string | undefined;
  /** What findings are looked up by: the name, and all that is written of it. */
  readonly object: string | undefined;
  readonly extent: { readonly path: string; readonly span: Span } | undefined;
  readonly since: (past: Past) => string;
}

const nothing = { facts: [], doc: undefined, object: undefined, extent: undefined, since: () => '' } as const;

function cardOf({ set, path, mark }: Found): Card | undefined {
  switch (mark.kind) {
    case 'type':
      return cardOfType(set, mark.type);
    case 'reference': {
      const type = set.find(mark.schema);
      return type === undefined ? { ...nothing, title: `${mark.full}: not defined` } : cardOfType(set, type);
    }
    case 'primitive':
      return mark.field === undefined
        ? { ...nothing, title: typeInWords(set, mark.schema) }
        : cardOfField(set, path, mark.field);
    case 'field':
    case 'default':
    case 'alias':
    case 'logical':
      return cardOfField(set, path, mark);
    case 'symbol':
    case 'preferred':
      return cardOfSymbol(mark, path);
    case 'message':
    case 'protocol':
      return { ...nothing, title: `${mark.kind} ${mark.full}`, doc: docOf(mark) };
    case 'import':
      return undefined;
  }
}

function docOf(mark: Mark & { readonly kind: 'message' | 'protocol' }): string | undefined {
  return mark.kind === 'message' ? mark.message.doc : mark.protocol.doc;
}

function cardOfType(set: AvroSet, type: NamedSchema): Card {
  const path = set.pathOf(type.file);
  return {
    title: namedInWords(type),
    facts: [...membersOf(type), ...aliasFact(type.aliases)],
    doc: type.doc,
    object: type.name.full,
    extent: path === undefined ? undefined : { path, span: type.span },
    since: (past) => typeSince(past, type),
  };
}

function membersOf(type: NamedSchema): readonly string[] {
  switch (type.kind) {
    case 'record':
      return [`${type.fields.length} ${type.fields.length === 1 ? 'field' : 'fields'}`];
    case 'enum': {
      const names = type.symbols.map(({ name }) => name);
      const some = names.length > 12 ? [...names.slice(0, 12), '…'] : names;
      return [some.join(', '), ...(type.default === undefined ? [] : [`default \`${type.default.name}\``])];
    }
    case 'fixed':
      return [`${type.size} bytes`];
  }
}

function cardOfField(set: AvroSet, path: string, { full, field, record }: FieldOf): Card {
  const value = field.default === undefined ? [] : [`default \`${printJson(field.default).slice(0, 200)}\``];
  return {
    title: `${record === undefined ? 'parameter' : 'field'} ${full}: ${typeInWords(set, field.type)}`,
    facts: [
      ...(value.length === 0 && record !== undefined ? ['no default'] : value),
      ...(field.order === 'ascending' ? [] : [`order ${field.order}`]),
      ...aliasFact(field.aliases),
    ],
    doc: field.doc,
    object: full,
    extent: { path, span: field.span },
    since: (past) => (record === undefined ? '' : fieldSince(past, record, field)),
  };
}

function cardOfSymbol({ full, type, symbol }: Mark & { readonly kind: 'symbol' | 'preferred' }, path: string): Card {
  const isDefault = type.default?.name === symbol.name;
  return {
    title: `symbol ${full}`,
    facts: isDefault ? ['default: readers take it for symbols that they do not know'] : [],
    doc: undefined,
    object: undefined,
    extent: { path, span: symbol.span },
    since: (past) => symbolSince(past, type, symbol.name),
  };
}

function aliasFact(aliases: readonly Alias[]): readonly string[] {
  if (aliases.length === 0) return [];
  return [`${aliases.length === 1 ? 'alias' : 'aliases'} ${aliases.map(({ name }) => `\`${name}\``).join(', ')}`];
}

/** More than this in a hover nobody reads. */
const most = 3;

function verdictOf({ set, path }: Found, card: Card, request: CompareRequest): string {
  const [version] = request.before;
  if (version === undefined) return '';
  const said = new Set(
    compareTrees(request)
      .findings.filter((finding) => concerns(card, finding))
      .map(inWords),
  );
  const messages = [...said].slice(0, most);
  if (messages.length > 0)
    return [...messages, ...(said.size > most ? [`${said.size - most} more in it.`] : [])].join('\n\n');
  return card.since(pastOf(set, card.extent?.path ?? path, version));
}

/** It is about the element, or about something that is written in it. */
function concerns({ object, extent }: Card, finding: ContractFinding): boolean {
  if (object !== undefined && finding.object === object) return true;
  if (extent === undefined || finding.place.side !== 'after' || finding.place.path !== extent.path) return false;
  const { start, end } = finding.place.span;
  return extent.span.start <= start && end <= extent.span.end;
}

function inWords({ rule, messageId, args }: ContractFinding): string {
  const template = avroRules.find(({ id }) => id === rule)?.messages[messageId] ?? '';
  return template.replace(/\{([a-zA-Z0-9]+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}
