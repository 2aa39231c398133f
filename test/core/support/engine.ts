import { byPlace } from '#core/analysis/report.ts';
import { createEngine } from '#core/engine.ts';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { BaseSnapshot, TargetSnapshot } from '#core/model/migration.ts';
import type { Proposal, Refusal } from '#core/model/proposal.ts';
import type { FileContent } from '#core/model/text.ts';
import type { CheckReport, Service, Snapshot } from '#core/service.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import { applyEdits } from '#host/write-proposal.ts';

const postgresql = await loadPostgresqlParser();

export const root = '/repo';
export const folder = `${root}/db/migration`;

export function engine(): Service {
  return createEngine({ dialects: createDialects({ postgresql }) });
}

export interface Made {
  readonly released?: Readonly<Record<string, string>>;
  readonly pending?: Readonly<Record<string, string>>;
  /** Other files, by path below the root. */
  readonly other?: Readonly<Record<string, string>>;
  readonly base?: Partial<BaseSnapshot>;
  readonly targets?: readonly TargetSnapshot[];
  readonly version?: number;
  readonly all?: boolean;
}

/** A workspace in memory: released files stand on `main`, pending ones are new. Names are below db/migration. */
export function snapshot({ released = {}, pending = {}, other = {}, base, targets, version, all }: Made): Snapshot {
  const files = new Map<string, FileContent>();
  const put = (path: string, text: string) => files.set(path, { path, text });
  for (const [name, text] of Object.entries({ ...released, ...pending })) put(`${folder}/${name}`, text);
  for (const [name, text] of Object.entries(other)) put(`${root}/${name}`, text);
  const onMain = new Set(Object.keys(released).map((name) => `${folder}/${name}`));
  const whole: BaseSnapshot = { ref: 'main', mergeBase: onMain, tip: onMain, changed: new Map(), ...base };
  return {
    files,
    roots: [root],
    bases: [{ root, base: whole }],
    targets: targets === undefined ? new Map() : new Map([['repo', targets]]),
    now: '2026-11-24T12:00:00Z',
    overrides: version === undefined ? {} : { targetVersion: version },
    ...(all === undefined ? {} : { all }),
  };
}

export function checkAll(service: Service, made: Snapshot): CheckReport {
  const steps = service.check(made);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Every finding by itself, also those that stand in another one, in the order of a report. */
export function saidAlone(service: Service, made: Snapshot): readonly ReportedFinding[] {
  const { findings, within } = checkAll(service, made);
  return within.length === 0 ? findings : [...findings, ...within].sort(byPlace);
}

/** For rules that say something of a hint's weight, or of less. */
export const strict = { 'schemaward.yaml': 'version: 1\nrules:\n  preset: strict\n' };

/** Migrations that are released together with `V2__new.sql`, and run before it. */
export function inOneRelease(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text, nth) => [`V1_${nth + 1}__earlier.sql`, text]));
}

/** Rule ids of one migration that comes after some released SQL, hints included. */
export function rulesOf(sql: string, given = '', version?: number, earlier: readonly string[] = []): readonly string[] {
  const made = snapshot({
    ...(given === '' ? {} : { released: { 'V1__given.sql': given } }),
    pending: { ...inOneRelease(earlier), 'V2__new.sql': sql },
    other: strict,
    ...(version === undefined ? {} : { version }),
  });
  return saidAlone(engine(), made).map(({ rule }) => rule);
}

/** The texts after a proposal, by path. */
export function applied(proposal: Proposal | Refusal, made: Snapshot): ReadonlyMap<string, string> {
  if (proposal.kind === 'refusal') throw new Error(`refused: ${proposal.reason}`);
  const texts = new Map([...made.files].map(([path, { text }]) => [path, text] as const));
  for (const { path, text } of proposal.creates) texts.set(path, text);
  const edits = [...proposal.edits, ...proposal.configEdits];
  for (const path of new Set(edits.map((edit) => edit.path))) {
    texts.set(
      path,
      applyEdits(
        texts.get(path) ?? '',
        edits.filter((edit) => edit.path === path),
      ),
    );
  }
  for (const { from, to } of proposal.renames) {
    texts.set(to, texts.get(from) ?? '');
    texts.delete(from);
  }
  for (const path of proposal.deletes) texts.delete(path);
  return texts;
}
