import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { OrderFact } from '#core/migrations/tool.ts';
import type { StateEntry } from '#core/model/migration.ts';
import type { FlywayAnswer, InvalidMigration } from './answers.ts';
import type { HistoryDatabase } from './databases.ts';
import type { Flyway } from './flyway.ts';
import {
  hasScripts,
  migrationName,
  migrationText,
  pick,
  reworded,
  scriptConfig,
  settingsOf,
  styleOf,
} from './generate.ts';
import { configOf, type History, type Ours, oursOf, writeHistory } from './history.ts';

/** Changes a generated history five times, and compares all that Flyway says of it each time. `seen` collects what came up. */
export async function compareHistory(
  tool: Flyway,
  seed: number,
  random: () => number,
  folder: string,
  database: HistoryDatabase,
  seen: Set<string>,
): Promise<void> {
  const { version } = tool;
  const compare = (where: string) => new Comparison(tool, history, `seed ${seed}, ${where}`, seen);
  const style = styleOf(random);
  const locations = random() < 0.2 ? ['sql', 'more'] : ['sql'];
  const settings = { ...style.settings, ...settingsOf(random, version) };
  const history: History = { folder, settings, files: new Map(), locations, database };
  const add = (count: number) => {
    for (let i = 0; i < count; i += 1) {
      const below = random() < 0.1 ? '/deep' : '';
      const name = `${pick(random, locations)}${below}/${migrationName(random, style, version)}`;
      const text = /\.sh$/.test(name)
        ? `true ${Math.floor(random() * 9)}\n`
        : migrationText(random, /11|20240101/.test(name) ? 0.35 : 0.05);
      history.files.set(name, text);
      const config = scriptConfig(random, text, version);
      if (config !== undefined && name.toLowerCase().endsWith('sql')) history.files.set(`${name}.conf`, config);
    }
  };
  if (random() < 0.3) await database.occupy();
  add(4);
  for (let step = 0; step < 5; step += 1) {
    writeHistory(history);
    const before = await compare(`step ${step}`).run();
    const roll = random();
    if (roll < 0.6) await compare(`step ${step}, migrate`).migrate(before);
    else if (roll < 0.75) await tool.call('repair', configOf(history));
    else if (roll < 0.8) await tool.call('baseline', configOf(history));
    if (roll < 0.8) await compare(`step ${step}, after`).run();
    change(history, random, hasScripts(version));
    add(Math.floor(random() * 3));
  }
}

/** Refusals that say nothing about order: the file is at fault, or the settings are, and we show states all the same. */
const unrelated = /No value provided for placeholder|No migration with a target version|more than 1 SQL callback/;

function isRefused(answer: FlywayAnswer<'info'> | FlywayAnswer<'validate'>, pattern: RegExp): boolean {
  return 'error' in answer && pattern.test(answer.message ?? '');
}

class Comparison {
  readonly tool: Flyway;
  readonly history: History;
  readonly where: string;
  readonly seen: Set<string>;
  constructor(tool: Flyway, history: History, where: string, seen: Set<string>) {
    this.tool = tool;
    this.history = history;
    this.seen = seen;
    const { settings, files } = history;
    this.where = `${where}\n${[...files.keys()].join(' ')}\n${JSON.stringify(settings)}`;
  }

  /** Duplicates, then every line of `info`, then every message of `validate`. Answers what we say. */
  async run(): Promise<Ours | undefined> {
    const ours = await oursOf(this.history, await this.presumesBaseline());
    const answer = await this.tool.call('info', configOf(this.history));
    if (isRefused(answer, unrelated)) return undefined;
    const isDuplicate = ours.facts.some(({ kind }) => kind === 'duplicate');
    if ('error' in answer) {
      assert.match(answer.message ?? '', /Found more than one/, this.where);
      assert.ok(isDuplicate, `${this.where}: ${answer.message}`);
      this.seen.add('duplicate');
      return undefined;
    }
    // Between two of one version a baseline of that version hides them from Flyway's comparison of neighbours; we say it.
    const hidden = [...this.history.files.keys()].some((name) => /(^|\/)B/.test(name));
    if (isDuplicate && hidden) return undefined;
    assert.equal(isDuplicate, false, `we say duplicate, Flyway does not: ${this.where}`);
    const theirs = answer.value.map((each) => shown({ ...each, rank: each.installedRank, toolState: each.state }));
    const isOtherOrder = this.tool.version.startsWith('9.') && hidden;
    const listed = (lines: string[]) => (isOtherOrder ? lines.sort() : lines);
    assert.deepEqual(listed(ours.entries.map(shown)), listed(theirs), this.where);
    for (const { state } of answer.value) this.seen.add(state);
    await this.validate(await oursOf(this.history));
    return ours;
  }

  /** `info` of 13 shows what a schema in use becomes with `baselineOnMigrate`; `info` of 9 and 11 shows all as pending. */
  async presumesBaseline(): Promise<boolean> {
    const { database } = this.history;
    return this.tool.version.startsWith('13.') && (await database.rows()) === undefined && database.isInUse();
  }

  async validate(ours: Ours): Promise<void> {
    const answer = await this.tool.call('validate', configOf(this.history));
    if ('error' in answer) {
      assert.match(answer.message ?? '', unrelated, this.where);
      return;
    }
    for (const { errorCode } of answer.value) this.seen.add(errorCode);
    assert.deepEqual(
      expectedErrors(ours, this.history, this.tool.version.startsWith('9.')).sort(),
      answer.value.map(complaint).sort(),
      this.where,
    );
  }

  /** What runs is what we call pending, in our order, up to the first one that fails. */
  async migrate(before: Ours | undefined): Promise<void> {
    const { database } = this.history;
    const isForeseen =
      this.tool.version.startsWith('13.') || (await database.rows()) !== undefined || !(await database.isInUse());
    const answer = await this.tool.call('migrate', configOf(this.history));
    if (before === undefined || !isForeseen) return;
    const all = before.entries.filter(({ state }) => state === 'pending');
    const isVersioned = all.some(({ version }) => version !== undefined);
    const isNext = this.history.settings.target === 'next' && isVersioned;
    const pending = all.filter(({ version }) => !isNext || version !== undefined).map(({ id }) => id);
    if ('error' in answer) {
      this.isForAReason(before, answer.message ?? '');
      return;
    }
    const scripts = answer.value.migrations.map(({ physicalLocation }) => this.scriptOf(physicalLocation));
    assert.deepEqual(scripts, pending, this.where);
    const mayRefuse = this.history.settings.validateOnMigrate !== 'false';
    assert.deepEqual(mayRefuse ? stoppers(before.facts) : [], [], `Flyway migrated all the same: ${this.where}`);
    if (scripts.length > 0) this.seen.add('migrated');
  }

  /** A migration that fails is its own fault; a refusal before any of them ran must be one that we foresaw. */
  isForAReason({ facts, entries }: Ours, message: string): void {
    const failed = entries.some(({ state }) => /^failed/.test(state));
    if (/Validate failed/.test(message)) {
      this.seen.add('refused');
      assert.ok(failed || stoppers(facts).length > 0, `${message}: ${this.where}`);
    } else if (/contains a failed .*migration/.test(message)) assert.ok(failed, `${message}: ${this.where}`);
    else
      assert.match(
        message,
        /Failed to execute script|No value provided|Migration .*failed|Found non-empty schema/i,
        this.where,
      );
  }

  scriptOf(path: string): string {
    const location = this.history.locations.find((each) => path.startsWith(join(this.history.folder, each)));
    return path.slice(join(this.history.folder, location ?? '').length + 1);
  }
}

interface Line {
  readonly version?: string | null;
  readonly description: string;
  readonly type: string;
  readonly toolState: string;
  readonly rank?: number | null;
  readonly checksum?: number | string | null;
}

function shown({ version, description, type, toolState, rank, checksum }: Line): string {
  return [version ?? '', description, type, toolState, rank ?? '', checksum ?? ''].join(' | ');
}

function complaint({ errorCode, version, description }: InvalidMigration): string {
  return `${errorCode} ${version === '' ? description : canonical(version)}`;
}

function name({ version, description }: { readonly version?: string; readonly description: string }): string {
  return version === undefined ? description : canonical(version);
}

const changes = { text: 'CHECKSUM_MISMATCH', description: 'DESCRIPTION_MISMATCH' } as const;

/** `1.0` in the history and `1` on the disk are one version, and either is named. */
function canonical(version: string): string {
  return version.replace(/(\.0+)+$/, '').replace(/^0+(?=\d)/, '');
}

/** Facts that make `validate`, and with it `migrate`, stop. */
function stoppers(facts: readonly OrderFact[]): readonly string[] {
  return facts.flatMap((fact): readonly string[] => {
    switch (fact.kind) {
      case 'changed-after-apply':
        return [`${changes[fact.difference]} ${name(fact.migration)}`];
      case 'missing':
        return fact.version === undefined
          ? [`APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ${fact.description}`]
          : [`APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED ${canonical(fact.version)}`];
      case 'out-of-order':
        return fact.effect === 'refused' ? [`RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED ${name(fact.migration)}`] : [];
      default:
        return [];
    }
  });
}

/** Only for these does a failed migration whose file is gone count as one of the future. */
const forgiveFuture = ['*:future', '*:*'];

/** Plain `validate` also complains of what is to be done: pending and outdated ones. Failed ones are states, no facts. */
function expectedErrors({ facts, entries }: Ours, { settings }: History, isNine: boolean): string[] {
  const patterns = (settings.ignoreMigrationPatterns ?? '*:future').split(',');
  const forgiven = (entry: StateEntry, state: string) =>
    patterns.some((pattern) => {
      const [kind, wanted] = pattern.split(':');
      const own = entry.version === undefined ? 'repeatable' : 'versioned';
      return (kind === '*' || kind === own) && (wanted === '*' || wanted === state);
    });
  const todo = entries.flatMap((entry): readonly string[] => {
    const { version, state } = entry;
    const kind = version === undefined ? 'REPEATABLE' : 'VERSIONED';
    if (forgiven(entry, entry.toolState.toLowerCase())) return [];
    if (state === 'failed-future' && forgiveFuture.some((pattern) => patterns.includes(pattern))) return [];
    if (state === 'outdated' && isNine && patterns.includes('*:pending')) return [];
    if (state === 'pending') return [`RESOLVED_${kind}_MIGRATION_NOT_APPLIED ${name(entry)}`];
    if (state === 'outdated') return [`OUTDATED_REPEATABLE_MIGRATION ${name(entry)}`];
    if (/^failed/.test(state)) return [`FAILED_${kind}_MIGRATION ${name(entry)}`];
    return [];
  });
  return [...stoppers(facts), ...todo];
}

/** One file goes, or says something else, or gets another name. */
function change({ files }: History, random: () => number, withScripts: boolean): void {
  const names = [...files.keys()];
  const failing = names.find((each) => /nowhere/.test(String(files.get(each))));
  const name = failing !== undefined && random() < 0.3 ? failing : names[Math.floor(random() * names.length)];
  if (name === undefined) return;
  const text = files.get(name) ?? '';
  const roll = random();
  if (roll < 0.3 || (name === failing && roll < 0.7)) files.delete(name);
  else if (name.endsWith('.conf')) return;
  else if (roll < 0.6) files.set(name, reworded(random, text));
  else if (roll < 0.7) {
    files.delete(name);
    files.set(name.replace(/(__?|-)([^_/-]*)$/, '$1other_$2'), text);
  } else if (roll < 0.8 && withScripts && /\/V.*__.*\.sql$/.test(name)) {
    files.delete(name);
    files.set(name.replace(/sql$/, 'sh'), 'true\n');
  }
}
