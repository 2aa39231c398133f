import { isFileOf } from '../files.ts';
import type { ContractFormat } from '../format.ts';
import { avro } from './avro/index.ts';
import { protobuf } from './protobuf/index.ts';

/** Every format of contracts that is understood, one line each. */
export const contractFormats: readonly ContractFormat[] = [avro, protobuf];

export function formatOfFile(path: string): ContractFormat | undefined {
  return contractFormats.find((format) => isFileOf(format, path.toLowerCase()));
}
