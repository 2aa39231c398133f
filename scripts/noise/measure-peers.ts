import { rules } from '#core/rules/index.ts';
import { run } from '../oracles/tools.ts';
import type { Measured } from './measure.ts';
import type { Unavailable } from './page/index.ts';
import { type Peer, type PeerFinding, peers } from './peers.ts';

export interface PeerFigures extends Pick<Peer, 'name' | 'from' | 'flags'> {
  readonly findings: number;
  /** Those of rules that a rule of the preset `recommended` calls its own. */
  readonly shared: number;
  /** Files with at least one finding. */
  readonly files: number;
}

/** What each peer says of the very same files. One that cannot be had, or fails, is told apart. */
export async function measurePeers(
  measured: readonly Measured[],
): Promise<{ readonly figures: readonly PeerFigures[]; readonly missing: readonly Unavailable[] }> {
  const figures: PeerFigures[] = [];
  const missing: Unavailable[] = [];
  for (const peer of peers) {
    try {
      const found = await findingsOf(peer, measured);
      figures.push(figuresOf(peer, found));
    } catch (error) {
      const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
      missing.push({ name: peer.name, reason });
    }
  }
  return { figures, missing };
}

/** One run for each history, in its folder: no peer looks from one file into another. */
async function findingsOf(peer: Peer, measured: readonly Measured[]): Promise<readonly PeerFinding[]> {
  const [program = '', ...before] = await peer.command();
  const found: PeerFinding[] = [];
  for (const { root, files } of measured) {
    const names = files.map((file) => file.slice(root.length + 1));
    const printed = await printedBy(program, [...before, ...peer.flags, ...names], root);
    for (const each of peer.read(JSON.parse(printed))) found.push({ ...each, path: `${root}/${each.path}` });
  }
  return found;
}

/** A linter that found something fails, and has printed it. */
async function printedBy(program: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await run(program, args, { cwd, maxBuffer: 1 << 28, timeout: 300_000 })).stdout;
  } catch (error) {
    const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    if (!/^\s*[[{]/.test(printed)) throw error;
    return printed;
  }
}

function figuresOf({ name, from, flags }: Peer, found: readonly PeerFinding[]): PeerFigures {
  const shared = found.filter(({ rule }) => sharedRules.has(`${name}:${rule}`.toLowerCase())).length;
  return { name, from, flags, findings: found.length, shared, files: new Set(found.map(({ path }) => path)).size };
}

/** The peers' rules that ours take the place of, where `recommended` has them on. */
const sharedRules: ReadonlySet<string> = new Set(
  rules.flatMap(({ severity, peers: names = [] }) =>
    severity === 'hint' ? [] : names.map((each) => each.toLowerCase()),
  ),
);
