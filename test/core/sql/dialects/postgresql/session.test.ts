import { describe } from 'node:test';
import { lowers } from '../../../support/lowering.ts';

describe('transactions', () => {
  lowers([
    ['BEGIN', { kind: 'Transaction', verb: 'begin', span: 'BEGIN' }],
    ['START TRANSACTION ISOLATION LEVEL SERIALIZABLE', { kind: 'Transaction', verb: 'begin' }],
    ['COMMIT', { kind: 'Transaction', verb: 'commit' }],
    ['END', { kind: 'Transaction', verb: 'commit' }],
    ['ABORT', { kind: 'Transaction', verb: 'rollback' }],
    ['SAVEPOINT s', { kind: 'Transaction', verb: 'savepoint' }],
    ['RELEASE SAVEPOINT s', { kind: 'Transaction', verb: 'release' }],
    ['ROLLBACK TO s', { kind: 'Transaction', verb: 'rollback-to', savepoint: 's' }],
    ['COMMIT AND CHAIN', { kind: 'Transaction', verb: 'commit', chain: true }],
    ["COMMIT PREPARED 'x'"],
  ]);
});

describe('settings', () => {
  lowers([
    [
      'SET search_path TO "App", public',
      { kind: 'SetSession', name: 'search_path', value: 'App, public', local: false },
    ],
    ['SET LOCAL search_path = app', { kind: 'SetSession', value: 'app', local: true }],
    ["SET search_path = ''", { kind: 'SetSession', value: '""' }],
    ["SET search_path = 'a, b'", { kind: 'SetSession', value: '"a, b"' }],
    ['SET search_path TO DEFAULT', { kind: 'SetSession', name: 'search_path', value: 'DEFAULT' }],
    ['RESET search_path', { kind: 'SetSession', name: 'search_path', value: 'DEFAULT' }],
    ['RESET ALL', { kind: 'SetSession', name: 'all', value: 'DEFAULT' }],
    ['DISCARD ALL', { kind: 'SetSession', name: 'all', value: 'DEFAULT' }, { kind: 'DiscardTemporary' }],
    ['DISCARD TEMP', { kind: 'DiscardTemporary' }],
    ["SET lock_timeout = '5s'", { kind: 'SetSession', name: 'lock_timeout', value: '5s' }],
    ['SET LOCAL statement_timeout = 0', { kind: 'SetSession', name: 'statement_timeout', value: '0', local: true }],
    [
      "SELECT pg_catalog.set_config('search_path', '', false)",
      { kind: 'SetSession', name: 'search_path', value: '""', local: false },
    ],
    ["SELECT set_config('search_path', 'App, \"B\"', true)", { kind: 'SetSession', value: 'app, B', local: true }],
  ]);
});

describe('maintenance', () => {
  lowers([
    ['VACUUM', { kind: 'Maintain', operation: 'vacuum', scope: 'database' }],
    [
      'VACUUM (FULL, ANALYZE) a, s.b',
      {
        kind: 'Maintain',
        span: 'VACUUM (FULL, ANALYZE) a',
        operation: 'vacuum-full',
        scope: 'table',
        target: 'a',
        options: { analyze: true },
      },
      { kind: 'Maintain', span: 's.b', target: 's.b' },
    ],
    ['VACUUM FULL t', { kind: 'Maintain', operation: 'vacuum-full' }],
    ['VACUUM (FULL false) t', { kind: 'Maintain', operation: 'vacuum' }],
    ['VACUUM (FULL off) t', { kind: 'Maintain', operation: 'vacuum' }],
    ['VACUUM (FULL 1) t', { kind: 'Maintain', operation: 'vacuum-full' }],
    ['ANALYZE t (a)', { kind: 'Maintain', operation: 'analyze', target: 't' }],
    [
      'CLUSTER t USING i',
      { kind: 'Maintain', operation: 'cluster', scope: 'table', target: 't', options: { using: 'i' } },
    ],
    ['CLUSTER', { kind: 'Maintain', operation: 'cluster', scope: 'database' }],
    [
      'REINDEX INDEX CONCURRENTLY s.i',
      { kind: 'Maintain', operation: 'reindex', scope: 'index', target: 's.i', concurrently: true },
    ],
    ['REINDEX (CONCURRENTLY) TABLE t', { kind: 'Maintain', scope: 'table', concurrently: true }],
    ['REINDEX SCHEMA s', { kind: 'Maintain', scope: 'schema', target: 's', concurrently: false }],
    ['REINDEX DATABASE d', { kind: 'Maintain', scope: 'database', target: 'd' }],
    [
      'TRUNCATE a, s.b RESTART IDENTITY CASCADE',
      { kind: 'Truncate', tables: ['a', 's.b'], cascade: true, options: { restartIdentity: true } },
    ],
    ['LOCK TABLE a, s.b IN SHARE MODE', { kind: 'LockTable', tables: ['a', 's.b'], mode: 'SHARE' }],
    ['LOCK t', { kind: 'LockTable', mode: 'ACCESS EXCLUSIVE' }],
  ]);
});
