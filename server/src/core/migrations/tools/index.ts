import type { MigrationTool } from '../tool.ts';
import { flyway } from './flyway/index.ts';

/** Every migration tool. A new one is a folder and a line here. */
export const tools: readonly MigrationTool[] = [flyway];
