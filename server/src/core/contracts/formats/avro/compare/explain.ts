import { follow } from '../link.ts';
import { isNamed, type Schema } from '../schema.ts';
import type { Incompatibility } from './incompatibility.ts';
import { namesMatch, resolve } from './resolution.ts';
import type { Session } from './session.ts';

/** What Apache says, and the incompatibility behind it that says what changed. */
export interface Explained {
  readonly shown: Incompatibility;
  readonly told: Incompatibility;
}

/**
 * Of a union Apache says only that no branch takes a record. Where one of that name is there, what differs inside it is the reason:
 * of a change event, the column of its table, which `before` and `after` lack alike.
 */
export function explain(told: Incompatibility, session: Session): readonly Explained[] {
  return reasons(told, session, new Set()).map((shown) => ({ shown, told }));
}

function reasons(one: Incompatibility, session: Session, seen: Set<Schema>): readonly Incompatibility[] {
  const branch = branchMeant(one, session);
  if (branch === undefined || seen.has(one.writer)) return [one];
  seen.add(one.writer);
  const { incompatibilities } = resolve(session, branch, one.writerWord);
  const found = incompatibilities.flatMap((inner) => reasons(inner, session, seen));
  return found.length === 0 ? [one] : found;
}

function branchMeant({ kind, reader, writer }: Incompatibility, { readers }: Session): Schema | undefined {
  if (kind !== 'MISSING_UNION_BRANCH' || reader.kind !== 'union' || !isNamed(writer)) return undefined;
  return reader.branches.find((one) => {
    const branch = follow(readers, one);
    return branch.kind === writer.kind && isNamed(branch) && namesMatch(branch, writer);
  });
}
