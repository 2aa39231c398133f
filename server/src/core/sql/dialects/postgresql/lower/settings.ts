import { type PgNode, textsOf } from '../tree.ts';

/** `name = value` as a statement's options have them; a name alone is `true`. */
export type Settings = Readonly<Record<string, string>>;

/** `{ settings }` of WITH (...), of OPTIONS (...), of a sequence or a function; nothing where there are none. */
export function settingsOption(
  options: readonly PgNode[] | undefined,
  apart: readonly string[] = [],
): { readonly settings?: Settings } {
  const found = (options ?? []).flatMap(({ DefElem }): readonly (readonly [string, string])[] => {
    if (DefElem?.defname === undefined || apart.includes(DefElem.defname)) return [];
    const { defnamespace, defname, arg } = DefElem;
    return [[defnamespace === undefined ? defname : `${defnamespace}.${defname}`, settingText(arg)]];
  });
  return found.length === 0 ? {} : { settings: Object.fromEntries(found) };
}

function settingText(arg: PgNode | undefined): string {
  if (arg?.Integer !== undefined) return String(arg.Integer.ival ?? 0);
  if (arg?.Float !== undefined) return arg.Float.fval ?? '0';
  if (arg?.Boolean !== undefined) return String(arg.Boolean.boolval === true);
  if (arg?.TypeName !== undefined) return textsOf(arg.TypeName.names).join('.');
  if (arg?.List !== undefined) return textsOf(arg.List.items).join('.');
  return arg?.String?.sval ?? 'true';
}
