import type { Finding } from '../model/finding.ts';
import type { StatementId } from '../model/text.ts';
import { hash64 } from '../text/hash.ts';

/**
 * Names a finding across edits elsewhere: rule, project, object, statement without white space and case, and its place
 * among equal ones.
 */
export function fingerprint(finding: Finding): string {
  const { rule, project, object, anchor } = finding;
  const statement = anchor.statement === undefined ? fileName(anchor.file) : nameOf(anchor.statement);
  const text = [rule, finding.messageId, project, object, statement, anchor.statement?.nth ?? 0].join('\u0000');
  return hash64(text);
}

/** A statement of ten thousand columns has twenty thousand findings: it is looked through once. */
function nameOf(statement: StatementId): string {
  const known = names.get(statement);
  if (known !== undefined) return known;
  const text = normalised(statement.text);
  const name = text.length > LONG ? hash64(text) : text;
  names.set(statement, name);
  return name;
}

const names = new WeakMap<StatementId, string>();

/** Longer statements are named by their hash. */
const LONG = 4_096;

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function normalised(sql: string): string {
  return sql.replace(/\s+/g, ' ').toLowerCase();
}
