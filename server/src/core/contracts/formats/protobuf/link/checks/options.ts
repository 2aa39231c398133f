import type { FieldDescriptor, ScalarType } from '../../descriptor.ts';
import type { OptionNode, ValueNode } from '../../syntax/tree.ts';
import { isScalar } from '../types.ts';
import { report, type Unit } from '../unit.ts';
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
    if (first.extension) checkCustom(unit, node, first.text, within, target);
    else {
      const isRepeated = optionFields(target).get(first.text)?.repeated === true;
      if (seen.has(node.name.text) && !isRepeated) report(unit, node.name, `\`${node.name.text}\` is set already.`);
      seen.add(node.name.text);
      checkBuiltIn(unit, node, target, node.value, field);
    }
  }
}

function checkCustom(unit: Unit, node: OptionNode, name: string, within: string, target: OptionTarget): void {
  const found = unit.scope.resolve(name, within, ({ kind }) => kind === 'extension');
  const [first] = node.parts;
  if (first === undefined) return;
  if (found.kind === 'found' && found.declared.kind === 'extension') {
    unit.customOptions.push({ node, target, extension: found.declared.name });
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
