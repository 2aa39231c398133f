import type { Outline } from '../outline.ts';
import { report, type Unit } from '../unit.ts';
import { hasPackageStyle } from './style.ts';

/** What stands on top of a file: its edition, its package, its imports, and words that only some editions have. */
export function checkFile(unit: Unit, { syntax, edition, imports }: Outline): void {
  let packages = 0;
  for (const node of syntax.body) {
    switch (node.kind) {
      case 'syntax':
        if (node.value !== undefined && node.value.text !== 'proto2' && node.value.text !== 'proto3')
          report(unit, node.value, 'The syntax is "proto2" or "proto3"; newer files write `edition = "2023";`.');
        break;
      case 'edition':
        if (node.value !== undefined && node.value.text !== '2023' && node.value.text !== '2024')
          report(unit, node.value, `Edition ${node.value.text} is not known here; the file is read as edition 2024.`);
        break;
      case 'package':
        packages++;
        if (packages > 1) report(unit, node, 'The file has a package already.');
        else if (
          node.name !== undefined &&
          unit.file.features.enforceNamingStyle === 'STYLE2024' &&
          !hasPackageStyle(node.name.text)
        )
          report(unit, node.name, 'From edition 2024 on the words of a package are in lower_snake_case.');
        break;
      case 'message':
      case 'enum':
        checkVisibility(unit, node);
        break;
      case 'import':
      case 'option':
      case 'service':
      case 'extend':
        break;
      default:
        node satisfies never;
    }
  }
  const seen = new Set<string>();
  for (const { path, modifier } of imports) {
    if (path === undefined) continue;
    if (modifier?.text === 'option' && edition !== '2024')
      report(unit, modifier, '`import option` is there from edition 2024 on.');
    if (modifier?.text === 'weak' && edition === '2024') report(unit, modifier, 'Edition 2024 has no weak imports.');
    if (seen.has(path.text)) report(unit, path, `\`${path.text}\` is imported already.`);
    else if (!unit.file.imports.some((it) => it.path === path.text && it.found))
      report(unit, path, `There is no file \`${path.text}\`.`);
    seen.add(path.text);
  }
}

type Visible = Extract<Outline['syntax']['body'][number], { readonly kind: 'message' | 'enum' }>;

function checkVisibility(unit: Unit, node: Visible): void {
  if (node.visibility !== undefined && unit.edition !== '2024')
    report(unit, node.visibility, `\`${node.visibility.text}\` is there from edition 2024 on.`);
  if (node.kind === 'message')
    for (const element of node.body)
      if (element.kind === 'message' || element.kind === 'enum') checkVisibility(unit, element);
}
