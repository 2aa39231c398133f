import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '#lsp/server.ts';
import { guardLifecycle } from './lifecycle.ts';
import { makeService } from './service.ts';

/** Runs until the client says `exit`, or is gone. */
export function startServer(): Promise<never> {
  const { reader, writer } = streams();
  const guarded = guardLifecycle(reader, writer, (code) => process.exit(code));
  const connection = createConnection(ProposedFeatures.all, guarded, writer, undefined);
  // Whatever prints to the console would break the protocol on stdio.
  console.log =
    console.info =
    console.warn =
      (...words: unknown[]) => connection.console.info(words.map(String).join(' '));
  process.on('uncaughtException', (error) => connection.console.error(`uncaught ${error.name}`));
  process.on('unhandledRejection', () => connection.console.error('unhandled rejection'));
  // Parsers load while the client is still greeting.
  serve(connection, makeService());
  return new Promise(() => undefined);
}

function streams(): { readonly reader: MessageReader; readonly writer: MessageWriter } {
  if (process.argv.includes('--node-ipc') && process.send !== undefined) {
    process.on('disconnect', () => process.exit(1));
    return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  }
  process.stdin.on('end', () => process.exit(1));
  process.stdin.on('close', () => process.exit(1));
  return { reader: new StreamMessageReader(process.stdin), writer: new StreamMessageWriter(process.stdout) };
}
