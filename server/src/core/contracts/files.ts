import type { ContractFormat } from './format.ts';

/** A contract of the format, by its ending; configurations of the peer are none. */
export function isFileOf({ extensions }: Pick<ContractFormat, 'extensions'>, path: string): boolean {
  return extensions.some((ending) => path.endsWith(ending));
}
