import { readProto } from '../../syntax/read.ts';
import type { ProtoSyntax } from '../../syntax/tree.ts';
import { descriptor } from './descriptor.ts';
import { features } from './features.ts';
import { plugin } from './plugin.ts';
import { types } from './types.ts';

let files: ReadonlyMap<string, ProtoSyntax> | undefined;

/** Files that every compiler brings along, by import path. */
export function wellKnown(): ReadonlyMap<string, ProtoSyntax> {
  files ??= new Map(
    Object.entries({ ...descriptor, ...types, ...features, ...plugin }).map(([path, text]) => [
      path,
      readProto({ path: `/${path}`, text }),
    ]),
  );
  return files;
}

export function isBuiltIn(syntax: ProtoSyntax): boolean {
  return wellKnown().get(syntax.content.path.slice(1)) === syntax;
}
