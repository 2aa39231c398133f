import type { Command } from '../command.ts';
import { check } from './check.ts';
import { compat } from './compat.ts';
import { explain } from './explain.ts';
import { lsp } from './lsp.ts';
import { promote } from './promote.ts';
import { scaffold } from './scaffold.ts';
import { stats } from './stats.ts';
import { status } from './status.ts';

export const commands: readonly Command[] = [check, compat, status, stats, explain, scaffold, promote, lsp];
