import type { ContractLanguage } from '../../../language.ts';
import { readTree } from '../read.ts';
import { completeIdl } from './complete/idl.ts';
import { completeJson } from './complete/json.ts';
import { hoverAt } from './hover.ts';
import { definitionsOf, referencesOf } from './places.ts';
import { renameAt, renameableAt } from './rename.ts';
import { symbolsIn } from './symbols.ts';
import { tokensOf } from './tokens.ts';

/** What editors ask of Avro: in JSON and in IDL alike. */
export const avroLanguage: ContractLanguage = {
  symbols: (tree, path) => {
    const file = readTree(tree).files.get(path);
    return file === undefined ? [] : symbolsIn(file);
  },
  hover: hoverAt,
  definition: definitionsOf,
  references: referencesOf,
  renameable: renameableAt,
  rename: renameAt,
  complete: (cursor) => {
    const set = readTree(cursor.tree);
    const file = set.files.get(cursor.path);
    if (file === undefined) return [];
    return file.syntax === 'idl' ? completeIdl(set, file, cursor.offset) : completeJson(set, file, cursor);
  },
  tokens: tokensOf,
};
