/** `rename-email-k3f9`: a word for the operation, the column, and four characters that tell equal ones apart. Derived, never random. */
export function evolutionId(operation: string, table: string, column: string, more: string): string {
  const word = words[operation] ?? operation;
  const slug = `${word}-${column}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 28);
  return `${slug.replace(/-+$/, '')}-${base32(hash([operation, table, column, more].join('\u0000')))}`;
}

const words: Readonly<Record<string, string>> = {
  'rename-column': 'rename',
  'add-required-column': 'require',
  'set-not-null': 'require',
  'change-column-type': 'retype',
  'drop-column': 'drop',
  'evolve-field': 'evolve',
};

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Without letters that are easily taken for digits. */
const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';

function base32(value: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < 4; i += 1) {
    text += alphabet[rest % 32];
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Name of an object that a plan makes in the database. */
export function objectName(id: string, part?: string): string {
  const base = `sw_${id.replaceAll('-', '_')}`;
  return (part === undefined ? base : `${base}_${part}`).slice(0, 63);
}
