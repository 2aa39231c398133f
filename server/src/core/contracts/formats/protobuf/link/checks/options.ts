import type { FieldDescriptor, ScalarType } from '../../descriptor.ts';
import type { OptionNode, ValueNode } from '../../syntax/tree.ts';
import type { Declared } from '../outline.ts';
import { isExtension } from '../scope.ts';
import { isScalar } from '../types.ts';
import { report, type Unit } from '../unit.ts';
import { bracketed, type CustomOption } from './custom-options.ts';
import { wrongValue } from './defaults.ts';
import { checkFeature } from './feature-settings.ts';
import { type OptionField, type OptionTarget, optionFields, removedFrom, targetWords } from './option-tables.ts';

/** Whether options exist, stand where they may, and have values of their types. */
export function checkOptions(
  unit: Unit,
  nodes: readonly OptionNode[],
  target: OptionTarget,
  within: string,
  field?: FieldDescriptor,
): void {
  if (nodes.length === 0) return;
  const seen = new Set<string>();
  for (const node of nodes) {
    const [first] = node.parts;
    if (first === undefined || node.value === undefined) continue;
    if (first.extension) checkCustom(unit, node, first.text, within, { target, beside: nodes });
    else {
      const isRepeated = optionFields(target).get(first.text)?.repeated === true;
      if (seen.has(node.name.text) && !isRepeated) report(unit, node.name, `\`${node.name.text}\` is set already.`);
      seen.add(node.name.text);
      checkBuiltIn(unit, node, target, node.value, field);
    }
  }
}

function checkCustom(
  unit: Unit,
  node: OptionNode,
  name: string,
  within: string,
  place: Pick<CustomOption, 'target' | 'beside'>,
): void {
  const found = unit.scope.resolve(name, within, isExtension);
  const [first] = node.parts;
  if (first === undefined) return;
  if (found.kind === 'found' && found.declared.kind === 'extension') {
    unit.customOptions.push({ node, ...place, extension: found.declared.name, names: namesIn(unit, node, within) });
    return;
  }
  const isOther = found.kind === 'found';
  report(
    unit,
    first,
    isOther
      ? `\`${found.declared.name}\` is no extension.`
      : `There is no option \`(${name})\` here. Is an import missing?`,
  );
}

/** What names between brackets mean, within the value and in the path to it. */
function namesIn(unit: Unit, { parts, value }: OptionNode, within: string): CustomOption['names'] {
  const names = new Map<string, Declared>();
  const look = (text: string, find: () => Declared | undefined): void => {
    const declared = names.get(text) ?? find();
    if (declared !== undefined) names.set(text, declared);
  };
  const extension = (name: string) => (): Declared | undefined => {
    const found = unit.scope.resolve(name, within, isExtension);
    return found.kind === 'found' ? found.declared : undefined;
  };
  const visit = (one: ValueNode | undefined): void => {
    if (one?.kind === 'list') for (const each of one.values) visit(each);
    if (one?.kind !== 'aggregate') return;
    for (const { name, value: inner } of one.fields) {
      const written = bracketed(name.text);
      const slash = written?.indexOf('/') ?? -1;
      if (written !== undefined)
        look(name.text, slash < 0 ? extension(written) : () => unit.scope.get(written.slice(slash + 1)));
      visit(inner);
    }
  };
  for (const part of parts.slice(1)) if (part.extension) look(`[${part.text}]`, extension(part.text));
  visit(value);
  return names;
}

/** Names that look like options of fields and are none. */
const pseudo: ReadonlySet<string> = new Set(['default', 'json_name']);

function checkBuiltIn(
  unit: Unit,
  { parts, name }: OptionNode,
  target: OptionTarget,
  value: ValueNode,
  field: FieldDescriptor | undefined,
): void {
  const [first] = parts;
  if (first === undefined) return;
  if (target === 'FieldOptions' && pseudo.has(first.text) && parts.length === 1) return;
  const known = optionFields(target).get(first.text);
  if (known === undefined || first.text === 'uninterpreted_option') {
    report(
      unit,
      first,
      `There is no option \`${first.text}\` for ${targetWords[target]}. Options of your own stand between parentheses.`,
    );
    return;
  }
  const removed = removedFrom[`${target}.${first.text}`];
  if (removed !== undefined && unit.edition.startsWith('2') && unit.edition >= removed)
    report(unit, first, `From edition ${removed} on there is no option \`${first.text}\`; features have its place.`);
  if (first.text === 'features') checkFeature(unit, name, parts, value, target, field);
  else if (parts.length > 1) return;
  else {
    const wrong = wrongOption(known, value);
    if (wrong !== undefined) report(unit, value, wrong);
    else if (field !== undefined) checkFieldOption(unit, first.text, name, field);
  }
}

function wrongOption({ type, values }: OptionField, value: ValueNode): string | undefined {
  if (values !== undefined)
    return value.kind === 'identifier' && values.has(value.value)
      ? undefined
      : `One of ${[...values].join(', ')} is needed here.`;
  return isScalar(type) ? wrongValue(type satisfies ScalarType, value, undefined) : undefined;
}

const wide: ReadonlySet<string> = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64']);

function checkFieldOption(unit: Unit, option: string, name: OptionNode['name'], field: FieldDescriptor): void {
  const { kind, label } = field;
  const say = (message: string) => report(unit, name, message);
  if (option === 'packed' && (label !== 'repeated' || !isPackable(field)))
    say('Only repeated numbers, bools and enums can be packed.');
  if (option === 'jstype' && !wide.has(kind)) say('`jstype` is for integers of 64 bits.');
  if ((option === 'lazy' || option === 'unverified_lazy') && kind !== 'message' && kind !== 'group')
    say(`\`${option}\` is for fields that hold messages.`);
}

export function isPackable({ kind, isMap }: FieldDescriptor): boolean {
  return !isMap && kind !== 'string' && kind !== 'bytes' && kind !== 'message' && kind !== 'group';
}
