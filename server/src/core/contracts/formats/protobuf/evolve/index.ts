import type { ContractEvolution } from '../../../evolution.ts';
import { announced } from './announced.ts';
import { contract, standing } from './contract.ts';
import { expand } from './expand.ts';

export const protobufEvolution: ContractEvolution = { expand, standing, contract, announced };
