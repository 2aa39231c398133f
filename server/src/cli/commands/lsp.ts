import { startServer } from '#entry/server.ts';
import type { Command } from '../command.ts';

/** Started by editors. The transport is chosen by the flag that vscode-languageserver reads itself. */
export const lsp: Command = {
  name: 'lsp',
  summary: 'Run the language server (--stdio, or --node-ipc from VS Code).',
  usage: ['schemaward lsp --stdio'],
  options: {
    stdio: { type: 'boolean' },
    'node-ipc': { type: 'boolean' },
    pipe: { type: 'string' },
    socket: { type: 'string' },
    clientProcessId: { type: 'string' },
  },
  takes: 0,
  async run() {
    await startServer();
    return 0;
  },
};
