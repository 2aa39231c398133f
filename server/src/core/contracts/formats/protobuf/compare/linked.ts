import { differing } from '../../../../text/patched.ts';
import type { ProtoSet } from '../descriptor.ts';
import { linkProtos } from '../link/link.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';

interface Linked {
  readonly files: ReadonlyMap<string, ProtoSyntax>;
  readonly like: ProtoSet | undefined;
  readonly set: ProtoSet;
}

/** The last sets, one per side and workspace: after an edit only what differs is linked again. */
const recent = new Map<string, Linked>();

/** A repository has few workspaces; beyond that the oldest is linked anew. */
const remembered = 32;

/**
 * Links the files, by import path. The answer depends on them alone; `slot` says which earlier answer it may resemble, and `like` is
 * the other side of a comparison: what has the same text and meaning there is the same descriptor here.
 */
export function linked(slot: string, files: ReadonlyMap<string, ProtoSyntax>, like?: ProtoSet): ProtoSet {
  const last = recent.get(slot);
  const resembles = last !== undefined && (like === undefined || last.like === like);
  if (resembles && differing(last.files, files).size === 0) return last.set;
  const set = linkProtos(files, resembles ? last.set : like);
  recent.delete(slot);
  recent.set(slot, { files, like: like ?? last?.like, set });
  const [oldest] = recent.keys();
  if (recent.size > remembered && oldest !== undefined) recent.delete(oldest);
  return set;
}
