import type { FilePath } from '#core/model/text.ts';

/** `c:\repo\db` and `/repo/db` to the core's form: `/` separators, a lower-case drive, no trailing separator. */
export function fromNative(path: string): FilePath {
  const slashed = path.replaceAll('\\', '/');
  const drive = /^([A-Za-z]):/.exec(slashed);
  const lower = drive === null ? slashed : `${drive[1]?.toLowerCase()}${slashed.slice(1)}`;
  return lower.length > 1 && !/^[a-z]:\/$/.test(lower) ? lower.replace(/\/+$/, '') : lower;
}

/** The path that Node's functions want; they take `/` on Windows too. */
export function toNative(path: FilePath): string {
  return /^[a-z]:$/.test(path) ? `${path}/` : path;
}

/**
 * `file:` URIs as editors write them: VS Code escapes the colon (`file:///c%3A/repo`), others do not. Other schemes keep
 * their name and authority in front, so that two of them never collide. `undefined` for what is no URI at all.
 */
export function fromUri(uri: string): FilePath | undefined {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri);
  if (match === null) return undefined;
  const [, scheme = '', authority = '', escaped = ''] = match;
  const path = unescapePath(escaped);
  if (scheme.toLowerCase() !== 'file') return fromNative(`${scheme}://${authority}${path}`);
  if (authority !== '') return fromNative(`//${authority}${path}`);
  return fromNative(/^\/[A-Za-z]:/.test(path) ? path.slice(1) : path);
}

/** The URI of a path, escaped as VS Code does, so that both sides compare equal. */
export function toUri(path: FilePath): string {
  const other = /^([a-z][a-z0-9+.-]+):\/\/([^/]*)(.*)$/.exec(path);
  if (other !== null) return `${other[1]}://${other[2]}${escapePath(other[3] ?? '')}`;
  if (path.startsWith('//')) {
    const end = path.indexOf('/', 2);
    return `file://${path.slice(2, end)}${escapePath(path.slice(end))}`;
  }
  return `file://${escapePath(/^[a-z]:/.test(path) ? `/${path}` : path)}`;
}

function escapePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, hex))
    .join('/');
}

function hex(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unescapePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([0-9a-f]{2})/gi, (whole, code: string) => {
      const value = Number.parseInt(code, 16);
      return value < 0x80 ? String.fromCharCode(value) : whole;
    });
  }
}
