import type { ContractFormat } from '../../format.ts';
import { compareTrees } from './compare/tree.ts';
import { avroEvolution } from './evolve/index.ts';
import { avroFixes } from './fixes/index.ts';
import { avroLanguage } from './language/index.ts';
import { defaultMode, modes } from './profiles.ts';
import { avroExtensions } from './read.ts';
import { avroRules } from './rules/index.ts';

export const avro: ContractFormat = {
  id: 'avro',
  displayName: 'Avro',
  area: 'avro',
  family: 'avro',
  extensions: avroExtensions,
  configNames: [],
  profiles: modes.map(({ profile }) => profile),
  defaultProfile: defaultMode.profile.name,
  rules: avroRules,
  fixes: avroFixes,
  compare: compareTrees,
  language: avroLanguage,
  evolution: avroEvolution,
};
