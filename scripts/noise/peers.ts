import { basename, join } from 'node:path';
import { run } from '../oracles/tools.ts';
import { nodeModules, pythonWith } from './packages.ts';

/** Another linter of PostgreSQL migrations, in its default configuration but for `flags`. */
export interface Peer {
  /** As `peers` of our rules calls it. */
  readonly name: string;
  /** Package and version. */
  readonly from: string;
  readonly flags: readonly string[];
  /** The program and what always comes before the files, fetched when it is missing. */
  command(): Promise<readonly string[]>;
  /** One for each finding in what it printed. */
  read(printed: Json): readonly PeerFinding[];
}

export interface PeerFinding {
  readonly rule: string;
  readonly path: string;
}

/** What a program printed as JSON; nothing is known of it. */
export type Json = Readonly<Record<string, unknown>> | readonly unknown[];

export const peers: readonly Peer[] = [
  squawk([]),
  squawk(['--assume-in-transaction', '--pg-version=15.0']),
  {
    name: 'pgfence',
    from: '@flvmnt/pgfence 0.1.5 (npm)',
    flags: [],
    command: async () => [await npmProgram('@flvmnt/pgfence@0.1.5', 'pgfence'), 'analyze', '--output=json'],
    read: (printed) =>
      entries(printed, 'results').flatMap((file) =>
        [...entries(file, 'checks'), ...entries(file, 'policyViolations')].map((each) =>
          finding(each.ruleId, file.filePath),
        ),
      ),
  },
  {
    name: 'pgls',
    from: '@postgres-language-server/cli 0.25.5 (npm)',
    flags: ['--disable-db'],
    command: async () => [
      await npmProgram('@postgres-language-server/cli@0.25.5', 'postgres-language-server'),
      ...['check', '--max-diagnostics=none', '--reporter=json'],
    ],
    read: (printed) =>
      entries(printed, 'diagnostics').map(({ category, location }) =>
        finding(basename(String(category)), objectOf(location).path),
      ),
  },
  {
    name: 'safemigrate',
    from: 'safemigrate-lint 1.3.0 (PyPI)',
    flags: [],
    command: async () => [
      await pythonWith({ packages: ['safemigrate-lint==1.3.0'] }),
      ...['-c', 'import sys; from safemigrate_lint.cli import main; sys.exit(main())'],
    ],
    read: (printed) => entries(printed).map((each) => finding(each.rule_id, each.file)),
  },
];

function squawk(flags: readonly string[]): Peer {
  return {
    name: 'squawk',
    from: 'squawk-cli 2.70.0 (PyPI)',
    flags,
    async command() {
      const python = await pythonWith({ packages: ['squawk-cli==2.70.0'] });
      const site = await run(python, ['-c', 'import site; print(site.getsitepackages()[0])']);
      return [join(site.stdout.trim(), 'bin', 'squawk'), '--reporter=json'];
    },
    read: (printed) => entries(printed).map((each) => finding(each.rule_name, each.file)),
  };
}

async function npmProgram(name: string, program: string): Promise<string> {
  return join(await nodeModules(name), 'node_modules', '.bin', program);
}

function finding(rule: unknown, path: unknown): PeerFinding {
  return { rule: String(rule), path: String(path) };
}

function entries(value: unknown, name?: string): readonly Readonly<Record<string, unknown>>[] {
  const list = name === undefined ? value : objectOf(value)[name];
  return Array.isArray(list) ? list.map(objectOf) : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
