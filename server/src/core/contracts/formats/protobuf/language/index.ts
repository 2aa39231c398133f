import type { CompareRequest, Comparison } from '../../../format.ts';
import type { ContractLanguage } from '../../../language.ts';
import { completeAt } from './complete/index.ts';
import { hoverAt } from './hover.ts';
import { open } from './opened.ts';
import { definitionAt, referencesAt } from './places.ts';
import { renameAt, renameableAt } from './rename.ts';
import { symbolsOf } from './symbols.ts';
import { tokensOf } from './tokens.ts';

/** What editors ask of protobuf files. The comparison comes from outside, as it hangs on what it is a part of. */
export function protoLanguage(compare: (request: CompareRequest) => Comparison): ContractLanguage {
  return {
    symbols(tree, path) {
      const opened = open({ tree, path });
      return opened === undefined ? [] : symbolsOf(opened);
    },
    hover: (at, request) => hoverAt(at, request, compare),
    definition: definitionAt,
    references: referencesAt,
    renameable: renameableAt,
    rename: renameAt,
    complete: completeAt,
    tokens: tokensOf,
  };
}
