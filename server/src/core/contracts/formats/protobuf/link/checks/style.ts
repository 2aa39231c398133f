import type { Element, FeatureSet } from '../../descriptor.ts';
import { report, type Unit } from '../unit.ts';

const snake = /^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/;
const screaming = /^[A-Z][A-Z0-9]*(_[A-Z][A-Z0-9]*)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

const styles = {
  field: [snake, 'snake_case'],
  oneof: [snake, 'snake_case'],
  message: [pascal, 'PascalCase'],
  enum: [pascal, 'PascalCase'],
  value: [screaming, 'SCREAMING_SNAKE_CASE'],
  service: [pascal, 'PascalCase'],
  method: [pascal, 'PascalCase'],
} as const;

/** From edition 2024 on compilers refuse names in another style. */
export function checkStyle(
  unit: Unit,
  { name, nameSpan }: Pick<Element, 'name' | 'nameSpan'>,
  kind: keyof typeof styles,
  features: FeatureSet,
): void {
  if (features.enforceNamingStyle === 'STYLE_LEGACY') return;
  const [pattern, style] = styles[kind];
  if (!pattern.test(name))
    report(
      unit,
      nameSpan,
      `From edition 2024 on this name has to be in ${style}, unless \`features.enforce_naming_style = STYLE_LEGACY\`.`,
    );
}

export function hasPackageStyle(name: string): boolean {
  return name.split('.').every((part) => snake.test(part));
}
