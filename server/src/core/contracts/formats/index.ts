import type { ContractFormat } from '../format.ts';

/** Every format of contracts that is understood, one line each. */
export const contractFormats: readonly ContractFormat[] = [];

export function formatOfFile(path: string): ContractFormat | undefined {
  return contractFormats.find(({ extensions }) => extensions.some((ending) => path.toLowerCase().endsWith(ending)));
}
