import type { Span } from '../../../../../model/text.ts';
import { report, type Unit } from '../unit.ts';

export interface Named {
  readonly name: string;
  readonly span: Span;
  /** Unique among all files anyway: then a second one is said elsewhere. */
  readonly global: boolean;
}

/** Elements of one scope share their names, whatever they are. */
export function checkNames(unit: Unit, scope: string, elements: readonly Named[]): void {
  const first = new Map<string, Named>();
  for (const element of elements) {
    const other = first.get(element.name);
    if (other === undefined) first.set(element.name, element);
    else if (!(other.global && element.global)) {
      const later = other.span.start > element.span.start ? other : element;
      report(unit, later.span, `\`${element.name}\` is declared in \`${scope}\` already.`);
    }
  }
}
