import type { Finding } from '../model/finding.ts';

/**
 * Names a finding across edits elsewhere: rule, project, object, statement without white space and case, and its place
 * among equal ones. Two independent 32-bit FNV-1a hashes as 16 hexadecimal digits.
 */
export function fingerprint(finding: Finding): string {
  const { rule, project, object, anchor } = finding;
  const statement = anchor.statement === undefined ? fileName(anchor.file) : normalised(anchor.statement.text);
  const text = [rule, finding.messageId, project, object, statement, anchor.statement?.nth ?? 0].join('\u0000');
  return hex(fnv(text, 0x811c9dc5)) + hex(fnv(text, 0x9747b28c));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function normalised(sql: string): string {
  return sql.replace(/\s+/g, ' ').toLowerCase();
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
