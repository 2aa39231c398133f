import type { Finding } from '../model/finding.ts';
import { hash64 } from '../text/hash.ts';

/**
 * Names a finding across edits elsewhere: rule, project, object, statement without white space and case, and its place
 * among equal ones.
 */
export function fingerprint(finding: Finding): string {
  const { rule, project, object, anchor } = finding;
  const statement = anchor.statement === undefined ? fileName(anchor.file) : normalised(anchor.statement.text);
  const text = [rule, finding.messageId, project, object, statement, anchor.statement?.nth ?? 0].join('\u0000');
  return hash64(text);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function normalised(sql: string): string {
  return sql.replace(/\s+/g, ' ').toLowerCase();
}
