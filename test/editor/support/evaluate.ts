import { existsSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** What `evaluator.cjs` hands to a function in the extension host. */
export type Vscode = typeof import('vscode');

/**
 * Runs a function in the extension host. Its source travels, so it may use its parameters and nothing from around it;
 * arguments and result travel as JSON.
 */
export type Evaluate = <A extends readonly unknown[], R>(
  run: (vscode: Vscode, ...args: A) => Promise<R>,
  ...args: A
) => Promise<R>;

export interface Evaluator {
  readonly evaluate: Evaluate;
  /** Lets the test module end, and the window with it. */
  end(): Promise<void>;
}

/** Waits for the file in which the evaluator says its port. */
export async function connectEvaluator(file: string, alive: () => string | undefined): Promise<Evaluator> {
  await until(
    'the extension host',
    async () => ({ started: existsSync(file), ended: alive() }),
    ({ started, ended }) => {
      if (ended !== undefined) throw new Error(`The editor ended before its tests began: ${ended}`);
      return started;
    },
    90_000,
  );
  const address = `http://127.0.0.1:${readFileSync(file, 'utf8')}`;
  return {
    async evaluate(run, ...args) {
      const body = JSON.stringify({ source: run.toString(), args });
      const response = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(60_000) });
      const { value, error } = (await response.json()) as { value: never; error?: string };
      if (error !== undefined) throw new Error(`In the extension host: ${error}`);
      return value;
    },
    end: () =>
      fetch(`${address}/end`, { method: 'POST', signal: AbortSignal.timeout(5000) }).then(
        () => undefined,
        () => undefined,
      ),
  };
}
