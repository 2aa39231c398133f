import type { DataCallback, Disposable, Message, MessageReader, MessageWriter } from 'vscode-languageserver/node';

/**
 * The lifecycle as the specification asks for it, which the library's default does not keep: a request before
 * `initialize` is -32002, one after `shutdown` -32600, and `exit` without `shutdown` ends with 1.
 */
export function guardLifecycle(
  reader: MessageReader,
  writer: MessageWriter,
  end: (code: number) => void,
): MessageReader {
  let state: 'new' | 'running' | 'down' = 'new';
  const refuse = (message: Message, code: number, words: string) => {
    const id = (message as { id?: number | string }).id ?? null;
    void writer.write({ jsonrpc: '2.0', id, error: { code, message: words } } as unknown as Message);
  };
  const pass = (message: Message, callback: DataCallback) => {
    const { method, id } = message as { method?: string; id?: number | string };
    const isRequest = method !== undefined && id !== undefined;
    if (method === 'exit') return end(state === 'down' ? 0 : 1);
    if (isRequest && state === 'down') return refuse(message, -32600, 'The server was shut down.');
    if (isRequest && state === 'new' && method !== 'initialize')
      return refuse(message, -32002, 'The server is not initialized.');
    if (state === 'new' && method !== undefined && !isRequest) return;
    if (method === 'initialize') state = 'running';
    if (method === 'shutdown') state = 'down';
    callback(message);
  };
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    listen: (callback): Disposable => reader.listen((message) => pass(message, callback)),
    dispose: () => reader.dispose(),
  };
}
