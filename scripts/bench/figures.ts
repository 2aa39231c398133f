/** What one figure of the page says. A target is a bound from above, in the unit of the figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly target?: number;
}

export type Unit = 's' | 'ms' | 'MB' | 'KB' | '';

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** p50 and p95 of a series of milliseconds. */
export function spread(
  what: string,
  values: readonly number[],
  [target50, target95]: readonly [number, number],
): readonly Figure[] {
  return [
    { what: `${what}, p50`, value: percentile(values, 0.5), unit: 'ms', target: target50 },
    { what: `${what}, p95`, value: percentile(values, 0.95), unit: 'ms', target: target95 },
  ];
}

export function inWords({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  const digits = unit === 's' ? 2 : unit === 'ms' && value < 100 ? 1 : 0;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}
