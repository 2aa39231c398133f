import { isFileOf } from './files.ts';
import type { CompareRequest, Comparison, ContractFormat } from './format.ts';
import { contractFormats } from './formats/index.ts';
import type { Tree } from './tree.ts';

/** The formats that a comparison is about: those of which there are files, and of them the one that the profile names. */
export function formatsOf({ before, after, profile }: CompareRequest): readonly ContractFormat[] {
  const trees = [after, ...before.map(({ tree }) => tree)];
  return contractFormats
    .filter((format) => profile === undefined || hasProfile(format, profile))
    .filter((format) => trees.some((tree) => hasFiles(format, tree)));
}

/** `buf` alone is a profile too: what the peer's own configuration says. */
export function profileNames(): readonly string[] {
  const names = contractFormats.flatMap(({ family, profiles }) => [family, ...profiles.map(({ name }) => name)]);
  return [...new Set(names)];
}

export function compareContracts(request: CompareRequest): readonly Comparison[] {
  return formatsOf(request).map((format) => format.compare(request));
}

function hasProfile({ family, profiles }: ContractFormat, profile: string): boolean {
  return profile === family || profiles.some(({ name }) => name === profile);
}

function hasFiles(format: ContractFormat, tree: Tree): boolean {
  for (const path of tree.keys()) if (isFileOf(format, path)) return true;
  return false;
}
