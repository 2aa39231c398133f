import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const file = 'robust/db/V2__next.sql';

export const robustness: Suite = {
  name: 'robust',
  released: project('robust', { 'V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n' }),
  pending: { [file]: 'TRUNCATE users;\n' },
  tests(open) {
    const pid = () =>
      open().editor.evaluate(async (vscode) => {
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        return (api.client.protocol()._serverProcess?.pid as number | undefined) ?? 0;
      });
    const alive = (process_: number) => {
      try {
        return process.kill(process_, 0);
      } catch {
        return false;
      }
    };
    const works = async () => {
      const { editor } = open();
      await editor.type(file, 'SELECT 1;\n');
      await editor.problemsAre(file, []);
      await editor.type(file, 'TRUNCATE users;\nTRUNCATE users;\n');
      await editor.problemsAre(file, ['data/truncate', 'data/truncate']);
      assert.ok((await editor.tree('robust')).length > 0);
    };

    test('a server that dies is started again, and everything works as before', async () => {
      const { editor } = open();
      await editor.show(file);
      await editor.problemsAre(file, ['data/truncate']);
      const before = await pid();
      process.kill(before, 'SIGKILL');
      const after = await until('another server', pid, (now) => now !== 0 && now !== before);
      await works();
      assert.equal(alive(after), true);
    });

    test('two restarts at once leave one server', async () => {
      const { editor } = open();
      await editor.show(file);
      const before = await pid();
      const started = await editor.evaluate(async (vscode) => {
        const seen = new Set<number>();
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        const restart = async () => {
          await vscode.commands.executeCommand('schemaward.restart');
          seen.add(api.client.protocol()._serverProcess?.pid);
        };
        await Promise.all([restart(), restart()]);
        return [...seen];
      });
      const last = await pid();
      await until(
        'the others to end',
        async () => [before, ...started].filter((each) => each !== last && alive(each)),
        (left) => left.length === 0,
      );
      assert.equal(alive(last), true);
      await works();
    });

    test('commands say why they cannot, while there is no server', async () => {
      const { editor } = open();
      const outcome = await editor.evaluate(async (vscode) => {
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        await api.client.stop();
        const run = (id: string, ...args: unknown[]) =>
          vscode.commands.executeCommand(id, ...args).then(
            () => '',
            (error: Error) => error.message,
          );
        const errors = await Promise.all([
          run('schemaward.refresh'),
          run('schemaward.checkHistory'),
          run('schemaward.stopCheckHistory'),
          run('schemaward.afterEdit'),
          run('schemaward.revealInTree'),
        ]);
        await vscode.commands.executeCommand('schemaward.restart');
        return errors.filter((error) => error !== '');
      });
      assert.deepEqual(outcome, []);
      await editor.show(file);
      await works();
    });
  },
};
