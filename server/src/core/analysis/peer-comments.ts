import type { Span } from '../model/text.ts';
import { rules } from '../rules/index.ts';
import { comments } from '../sql/comments.ts';
import type { Dialect } from '../sql/dialect.ts';
import { spanToWritten } from '../text/mapped.ts';
import { coveredStatements, type IgnoreComment } from './ignore-comments.ts';
import type { Outline } from './slot.ts';

/** How another linter writes an ignore comment. A new one is an entry here; its names are the `peers` of the rules. */
interface Peer {
  readonly id: string;
  /** Of the words of a comment; groups `scope`, `names` (none: every rule) and `reason`. */
  readonly form: RegExp;
  /** What `scope` reaches; the statement where it says nothing. */
  readonly reach?: Readonly<Record<string, 'file' | 'start' | 'end'>>;
  /** Above the first statement and apart from it, it is about the file. */
  readonly heads?: true;
  /** Names of the peer that stand for several of its rules. */
  readonly groups?: Readonly<Record<string, RegExp>>;
}

const peers: readonly Peer[] = [
  {
    id: 'squawk',
    form: /^squawk-ignore(?<scope>-file)?(?=[\s,]|$)\s*(?<names>.*?)(?:\s*--\s*(?<reason>.*))?$/,
    reach: { '-file': 'file' },
  },
  {
    id: 'atlas',
    form: /^atlas:nolint(?=\s|$)(?<names>.*)$/,
    heads: true,
    groups: {
      destructive: /^DS/,
      data_depend: /^MF/,
      incompatible: /^BC/,
      condrop: /^CD/,
      concurrent_index: /^PG10[1-3]$/,
      naming: /^NM/,
    },
  },
  { id: 'eugene', form: /^eugene:\s*ignore(?=\s|$)(?<names>.*)$/ },
  {
    id: 'pgls',
    form: /^pg(?:ls|t)-ignore(?<scope>-\w+)?\s+(?<names>[^:]*)(?::\s*(?<reason>.*))?$/,
    reach: { '-all': 'file', '-start': 'start', '-end': 'end' },
    groups: { lint: /./, safety: /./ },
  },
  { id: 'pgfence', form: /^pgfence-ignore(?=[\s:]|$):?(?<names>.*)$/ },
  {
    id: 'migrationpilot',
    form: /^migrationpilot-disable(?<scope>-file|-next-line)?(?=\s|$)(?<names>.*)$/,
    reach: { '-file': 'file' },
  },
  { id: 'pgsafe', form: /^pgsafe:ignore\s+(?<names>\S+)\s*(?<reason>.*)$/ },
  { id: 'safemigrate', form: /^safemigrate:ignore=(?<names>\S+)(?:\s+reason="(?<reason>.*)")?$/ },
  {
    id: 'diesel-guard',
    form: /^safety-assured:(?<scope>start|end)$/i,
    reach: { start: 'start', end: 'end' },
  },
];

const anyOfThem =
  /squawk-ignore|atlas:nolint|eugene:\s*ignore|pg(?:ls|t)-ignore|pgfence-ignore|migrationpilot-disable|pgsafe:ignore|safemigrate:ignore|safety-assured:/i;

/** Ignore comments of other linters, with the rules of ours that they are about; one that is about none is left out. */
export function peerComments(script: Outline, dialect: Dialect): readonly IgnoreComment[] {
  const { text } = script.mapped;
  if (!anyOfThem.test(text)) return [];
  const found: IgnoreComment[] = [];
  const open: { readonly key: string; readonly start: Span; readonly rules: readonly string[]; reason: string }[] = [];
  for (const span of comments(text, dialect.lexical)) {
    const said = sayOf(text.slice(span.start, span.end));
    if (said === undefined || said.rules.length === 0) continue;
    const { peer, reach, rules, reason } = said;
    const written = spanToWritten(script.mapped, span);
    const base = { peer: peer.id, rules, reason, span: written };
    const key = `${peer.id} ${rules.join()}`;
    if (reach === 'start') open.push({ key, start: span, rules, reason });
    else if (reach === 'end') {
      const at = open.findLastIndex((each) => each.key === key);
      const [begun] = at === -1 ? [] : open.splice(at, 1);
      if (begun === undefined) continue;
      const covers = script.statements.flatMap((statement, nth) =>
        statement.span.start >= begun.start.end && statement.span.end <= span.start ? [nth] : [],
      );
      const start = spanToWritten(script.mapped, begun.start);
      found.push({ ...base, reason: begun.reason, span: start, endSpan: written, covers });
    } else {
      const isFile = reach === 'file' || (peer.heads === true && isHead(script, span));
      found.push({ ...base, covers: isFile ? 'file' : coveredStatements(script.statements, text, span) });
    }
  }
  return found;
}

interface Said {
  readonly peer: Peer;
  readonly reach: 'statement' | 'file' | 'start' | 'end';
  readonly rules: readonly string[];
  readonly reason: string;
}

function sayOf(comment: string): Said | undefined {
  const words = comment.replace(/^--|^\/\*|\*\/$/g, '').trim();
  for (const peer of peers) {
    const groups = peer.form.exec(words)?.groups;
    if (groups === undefined) continue;
    const names = (groups.names ?? '').split(/[\s,]+/).filter((name) => name !== '');
    return {
      peer,
      reach: peer.reach?.[(groups.scope ?? '').toLowerCase()] ?? 'statement',
      rules: meantBy(peer, names),
      reason: groups.reason?.trim() ?? '',
    };
  }
  return undefined;
}

function meantBy({ id, groups = {} }: Peer, names: readonly string[]): readonly string[] {
  const last = names.map((name) => name.slice(name.lastIndexOf('/') + 1));
  const isMeant = (name: string): boolean =>
    last.length === 0 || last.some((each) => each === name || groups[each]?.test(name) === true);
  return rules
    .filter(({ peers: named = [] }) =>
      named.some((name) => name.startsWith(`${id}:`) && isMeant(name.slice(id.length + 1))),
    )
    .map((rule) => rule.id);
}

function isHead({ statements, mapped: { text } }: Outline, comment: Span): boolean {
  const first = statements[0]?.span.start ?? text.length;
  return comment.end <= first && /\n[ \t]*\r?\n/.test(text.slice(comment.end, first));
}
