import { type LogOutputChannel, window } from 'vscode';
import { connect } from '../../server/src/protocol/connect.ts';

export interface Output {
  readonly log: LogOutputChannel;
  /** The same channel for what is traced: requests and their parameters, but never a password. */
  readonly trace: LogOutputChannel;
}

export function createOutput(): Output {
  const log = window.createOutputChannel('Schemaward', { log: true });
  const trace = new Proxy(log, {
    get(channel, key) {
      if (key === 'trace') return (message: string) => channel.trace(withoutSecrets(message));
      const value: unknown = Reflect.get(channel, key);
      return typeof value === 'function' ? value.bind(channel) : value;
    },
  });
  return { log, trace };
}

/** Of the request that may carry a password or a URL with one, only that it was sent. */
function withoutSecrets(message: string): string {
  if (!message.includes(connect.method)) return message;
  const [first = ''] = message.split('\n');
  return first.startsWith('{') ? connect.method : first;
}
