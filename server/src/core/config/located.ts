import type { Located } from './document.ts';

export function at(value: Located | undefined, key: string): Located | undefined {
  return value?.kind === 'map' ? value.entries.find((entry) => entry.key === key)?.value : undefined;
}

export function items(value: Located | undefined): readonly Located[] {
  return value?.kind === 'list' ? value.items : [];
}

export function pairs(value: Located | undefined): readonly (readonly [string, Located])[] {
  return value?.kind === 'map' ? value.entries.map(({ key, value: inner }) => [key, inner] as const) : [];
}

export function text(value: Located | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

export function texts(value: Located | undefined): readonly string[] {
  return items(value).flatMap((item) => text(item) ?? []);
}

export function integer(value: Located | undefined): number | undefined {
  const number = Number(text(value) ?? 'none');
  return Number.isInteger(number) ? number : undefined;
}
