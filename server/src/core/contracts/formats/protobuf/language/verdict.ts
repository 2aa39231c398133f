import type { MessageArgs } from '../../../../model/finding.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest, Comparison } from '../../../format.ts';
import { protoRules } from '../rules/index.ts';
import { covers, type Entry, elementNamed, innermost } from './elements.ts';
import { linkedSidesAround, openedIn } from './opened.ts';

/** In a sentence or two: what has become of the element since the baseline. Empty where there is none. */
export function verdictOn(
  entry: Entry,
  path: string,
  request: CompareRequest,
  compare: (request: CompareRequest) => Comparison,
): string {
  const [baseline] = request.before;
  if (baseline === undefined) return '';
  const comparison = compare(request);
  const messages = comparison.findings.filter((finding) => isAbout(finding, entry, path)).map(textOf);
  if (messages.length > 0) return `**Since ${baseline.name}:** ${[...new Set(messages)].join('\n\n')}`;
  const old = oldEntry(entry, path, request);
  if (old === undefined) return `New since ${baseline.name}: ${newness(entry)}`;
  if (words(old) === words(entry)) return `Unchanged since ${baseline.name}.`;
  return `Changed since ${baseline.name}; ${comparison.profile} has nothing against it.`;
}

function isAbout(finding: ContractFinding, { element }: Entry, path: string): boolean {
  const { place, object } = finding;
  if (place.side !== 'after' || place.path !== path) return false;
  if (object === element.fullName) return true;
  return covers(element.span, place.span) && innermost(element.file, place.span)?.element === element;
}

function textOf({ rule, messageId, args }: ContractFinding): string {
  const template = protoRules.find(({ id }) => id === rule)?.messages[messageId] ?? '';
  return template.replace(/\{(\w+)\}/g, (whole, name: keyof MessageArgs) => String(args[name] ?? whole));
}

/** By number where the parent is the same, as readers of bytes have it; else by name. */
function oldEntry({ kind, element }: Entry, path: string, { before: [baseline] }: CompareRequest): Entry | undefined {
  for (const linked of baseline === undefined ? [] : linkedSidesAround('before', baseline.tree, path)) {
    const [anyPath] = linked.places.keys();
    const opened = anyPath === undefined ? undefined : openedIn(linked, anyPath);
    if (opened === undefined) continue;
    const named = (name: string) => elementNamed(opened.lookup, name);
    if (kind === 'field' && element.parent !== undefined && element.extendee === undefined) {
      const message = named(element.parent.fullName);
      if (message?.kind !== 'message') continue;
      const field = message.element.fields.find(({ number }) => number === element.number);
      return field && { kind, element: field };
    }
    if (kind === 'value') {
      const parent = named(element.parent.fullName);
      if (parent?.kind !== 'enum') continue;
      const value = parent.element.values.find(({ number }) => number === element.number);
      return value && { kind, element: value };
    }
    const found = named(element.fullName);
    if (found?.kind === kind) return found;
  }
  return undefined;
}

function words({ element: { span, file } }: Entry): string {
  return file.content.text.slice(span.start, span.end).replace(/\s+/g, ' ');
}

function newness({ kind, element }: Entry): string {
  switch (kind) {
    case 'field':
      if (element.label === 'required') return 'new readers refuse every message that old writers make without it.';
      return 'old readers ignore it on the wire and may refuse it in JSON; from old writers it comes unset.';
    case 'value':
      return element.features.enumType === 'OPEN'
        ? `old readers keep the bare number ${element.number}, and refuse the name in JSON.`
        : 'old readers see the field unset and keep the value as an unknown field; in JSON they refuse the name.';
    case 'method':
    case 'service':
      return 'old servers answer UNIMPLEMENTED.';
    case 'oneof':
      return 'what it means for its fields is said at them.';
    case 'message':
    case 'enum':
      return 'only what uses it concerns others.';
    default:
      return kind satisfies never;
  }
}
