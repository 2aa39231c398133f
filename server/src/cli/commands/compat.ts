import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { Tree } from '#core/contracts/tree.ts';
import type { FilePath } from '#core/model/text.ts';
import type { CompatReport, Service } from '#core/service.ts';
import { readTree, sharing } from '#host/contract-tree.ts';
import { fromNative, toNative } from '#host/paths.ts';
import { type Command, type CommandInput, type ExitCode, oneOf, textOption, UsageError } from '../command.ts';
import { type Compared, compatJson } from '../reporters/compat-json.ts';
import { reporters } from '../reporters/index.ts';

export const compat: Command = {
  name: 'compat',
  summary: 'Compare two states of Protobuf or Avro contracts.',
  usage: [
    'schemaward compat <before> <after> [--profile P] [--config FILE]',
    `                 [--format ${reporters.map(({ name }) => name).join('|')}]`,
    'schemaward compat --batch -',
    '',
    '  <before> <after>     two files or two folders; <before> may be several, newest first, separated by commas',
    '  --profile P          buf (default: what buf.yaml says, else FILE), buf:FILE, buf:PACKAGE, buf:WIRE_JSON, buf:WIRE;',
    '                       avro:BACKWARD (default), avro:FORWARD, avro:FULL, each also as _TRANSITIVE, avro:NONE',
    '  --config FILE        a buf.yaml, over those of <after>',
    '  --batch -            read lines {"before", "after", "profile", "config"} of JSON, write a line of JSON for each;',
    '                       --profile and --config are meant where a line has none',
    '',
    'Exit code: 0 compatible, 1 not compatible, 2 could not run.',
  ],
  options: {
    profile: { type: 'string' },
    config: { type: 'string' },
    format: { type: 'string' },
    batch: { type: 'string' },
  },
  takes: 2,
  run,
};

async function run({ terminal, values, positionals, service }: CommandInput): Promise<ExitCode> {
  const batch = textOption(values, 'batch');
  if (batch !== undefined && positionals.length > 0)
    throw new UsageError('--batch takes what it compares from its lines: leave <before> and <after> out.');
  const usual = { profile: textOption(values, 'profile'), config: textOption(values, 'config') };
  if (batch !== undefined && textOption(values, 'format') !== undefined)
    throw new UsageError('--batch writes lines of JSON: leave --format out.');
  if (batch !== undefined) return runBatch(batch, terminal, await service(), usual);
  const format = oneOf(
    '--format',
    textOption(values, 'format') ?? 'text',
    reporters.map(({ name }) => name),
  );
  const [before, after] = positionals;
  if (before === undefined || after === undefined) throw new UsageError('compat needs two places: <before> <after>.');
  const engine = await service();
  const compared = compare(engine, terminal.cwd, {
    before: existsSync(resolve(terminal.cwd, before)) ? [before] : before.split(','),
    after,
    ...usual,
  });
  const { report } = compared;
  if (format === 'json') {
    await terminal.out(`${JSON.stringify(compatJson(compared), null, 2)}\n`);
    return report.compatible ? 0 : 1;
  }
  const reporter = reporters.find(({ name }) => name === format);
  const pieces = reporter?.write({
    report: {
      findings: report.findings,
      within: [],
      notices: report.notices,
      summary: {
        checked: compared.after.size,
        total: compared.after.size,
        projects: 1,
        suppressed: 0,
        contracts: 0,
        baselines: [],
      },
    },
    cwd: '',
    base: undefined,
    target: undefined,
    files: compared.after,
    baseline: compared.before[0]?.tree ?? new Map(),
    closing: closing(report),
    color: terminal.color,
    rules: engine.rules(),
  });
  for (const piece of pieces ?? []) await terminal.out(piece);
  return report.compatible ? 0 : 1;
}

function closing({ compatible, findings, profiles }: CompatReport): string {
  if (profiles.length === 0) return 'No contracts to compare were found in either place.';
  const by = `by ${profiles.join(' and ')}`;
  if (compatible) return `Compatible ${by}.`;
  return findings.length === 0 ? `Not compared in full ${by}.` : `Not compatible ${by}: ${findings.length} found.`;
}

interface Asked extends Usual {
  readonly before: readonly string[];
  readonly after: string;
}

interface Usual {
  readonly profile: string | undefined;
  readonly config: string | undefined;
}

function compare(service: Service, cwd: string, { before, after, profile, config }: Asked): Compared {
  if (profile !== undefined) oneOf('The profile', profile, service.profiles());
  const wanted = service.contractFiles();
  const newer = place(cwd, after);
  const now = readTree(newer, wanted);
  const versions = before.map((path) => {
    const older = place(cwd, path);
    const tree = readTree(older, wanted);
    const isOneFile = isFile(older) || isFile(newer);
    return { name: path, tree: sharing(isOneFile ? sameName(tree, now) : tree, now) };
  });
  const report = service.compat({
    before: versions,
    after: now,
    ...(profile === undefined ? {} : { profile }),
    ...(config === undefined ? {} : { config: readConfig(cwd, config) }),
  });
  return { report, before: versions, after: now };
}

function isFile(path: FilePath): boolean {
  return statSync(toNative(path)).isFile();
}

/** Two single files are two states of one, whatever they are called; of another language they only say the same. */
function sameName(before: Tree, after: Tree): Tree {
  const [old, more] = before;
  const [now, other] = after;
  if (old === undefined || now === undefined || more !== undefined || other !== undefined) return before;
  const [[was, content], [name]] = [old, now];
  return extname(was) === extname(name) ? new Map([[name, content]]) : before;
}

function place(cwd: string, path: string): FilePath {
  const full = resolve(cwd, path);
  if (!existsSync(full)) throw new UsageError(`${path} does not exist.`);
  return fromNative(realpathSync(full));
}

function readConfig(cwd: string, path: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch {
    throw new UsageError(`The configuration ${path} cannot be read.`);
  }
}

/** One answer a line, in order. A line that cannot be answered says why, and the next one is read. */
async function runBatch(
  batch: string,
  terminal: CommandInput['terminal'],
  service: Service,
  usual: Usual,
): Promise<ExitCode> {
  if (batch !== '-') throw new UsageError('--batch reads standard input: write --batch -.');
  let worst: ExitCode = 0;
  for await (const line of terminal.lines()) {
    if (line.trim() === '') continue;
    const answer = answerTo(line.replace(/^\ufeff/, ''), terminal.cwd, service, usual);
    if ('error' in answer) worst = 2;
    await terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return worst;
}

function answerTo(line: string, cwd: string, service: Service, usual: Usual) {
  try {
    return compatJson(compare(service, cwd, askedIn(line, usual)));
  } catch (error) {
    if (error instanceof UsageError) return { error: error.message };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function askedIn(line: string, usual: Usual): Asked {
  const fields = parsed(line);
  const text = (name: string): string | undefined => {
    const value = fields[name];
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    throw new UsageError(`"${name}" is a text.`);
  };
  const { before } = fields;
  const versions = Array.isArray(before) ? before : [before];
  const isPaths = versions.length > 0 && versions.every((each) => typeof each === 'string');
  const after = text('after');
  if (!isPaths || after === undefined)
    throw new UsageError('A line has "before" and "after", paths of files or folders.');
  const [profile, config] = [text('profile') ?? usual.profile, text('config') ?? usual.config];
  return { before: versions as string[], after, profile, config };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below, as any other value that is no object.
  }
  throw new UsageError('The line is not a JSON object.');
}
