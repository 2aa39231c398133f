/** Names as Apache's default validator has them: letters of any script, digits and `_`. Undefined where it is valid. */
export function nameFault(name: string | undefined): string | undefined {
  if (name === undefined) return 'Null name';
  if (name === '') return 'Empty name';
  if (plain.test(name)) return undefined;
  if (!initial.test(name.charAt(0))) return `Illegal initial character: ${name}`;
  for (let at = 1; at < name.length; at += 1)
    if (!further.test(name.charAt(at))) return `Illegal character in: ${name}`;
  return undefined;
}

const plainFull = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Java asks every UTF-16 unit by itself, so that letters beyond the first plane are none. */
const initial = /^[\p{L}_]$/u;
const further = /^[\p{L}\p{Nd}_]$/u;

/** Of a full name, each part. */
export function fullNameFault(full: string): string | undefined {
  if (plainFull.test(full)) return undefined;
  const parts = javaSplit(full);
  for (const [at, part] of parts.entries()) {
    const fault = nameFault(part);
    if (fault !== undefined)
      return `${at < parts.length - 1 ? 'Namespace part' : 'Name'} "${part}" is invalid: ${fault}`;
  }
  return undefined;
}

/** `String.split` of Java leaves out empty parts at the end. */
function javaSplit(full: string): readonly string[] {
  const parts = full.split('.');
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

export interface SplitName {
  readonly full: string;
  readonly simple: string;
  readonly space: string;
}

/** A dot in the name takes over from the namespace. */
export function splitName(name: string, space: string): SplitName {
  const dot = name.lastIndexOf('.');
  const simple = name.slice(dot + 1);
  const own = dot < 0 ? space : name.slice(0, dot);
  return { full: own === '' ? simple : `${own}.${simple}`, simple, space: own };
}

/** What a name means where it is used. */
export function qualify(name: string, space: string): string {
  return space === '' || name.includes('.') ? name : `${space}.${name}`;
}
