/** In the folder of an evolution: what may change while both sides stand. */
export const planFileName = 'evolution.yaml';

/** A value that we wrote ourselves, or a person in its place; the rest of the file belongs to people. Empty where there is none. */
export function planField(text: string, key: string): string {
  const value = new RegExp(`^${key}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'm').exec(text)?.[1] ?? '';
  const [, double, single, plain = ''] =
    /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|(.*?))(?:[ \t]+#.*)?$/.exec(value) ?? [];
  return double?.replaceAll('\\"', '"') ?? single?.replaceAll("''", "'") ?? plain;
}

/** Folders of evolutions, and what their plan files say. */
export function planFilesIn(
  files: ReadonlyMap<string, { readonly text: string }>,
  dir: string,
): readonly { readonly id: string; readonly path: string; readonly text: string }[] {
  const form = /^\/([a-z0-9-]+)\/evolution\.yaml$/;
  return [...files].flatMap(([path, { text }]) => {
    const id = path.startsWith(`${dir}/`) ? form.exec(path.slice(dir.length))?.[1] : undefined;
    return id === undefined ? [] : [{ id, path, text }];
  });
}
