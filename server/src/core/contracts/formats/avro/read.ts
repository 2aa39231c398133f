import type { FileContent } from '../../../model/text.ts';
import type { Tree } from '../../tree.ts';
import { newElements } from './json/read.ts';
import { type AvroSet, linkFiles } from './link.ts';
import { parseAvdl } from './parse/avdl/parser.ts';
import { newStatements } from './parse/avdl/token-list.ts';
import { parseAvpr } from './parse/avpr.ts';
import { parseAvsc } from './parse/avsc.ts';
import type { AvroFile } from './schema.ts';

/** Most fields of a long file are those of its baseline, and those of before an edit. */
const elements = newElements();
const statements = newStatements();

/** A shorter file is read again in the time of a breath, and to remember its parts takes three times its memory. */
function isLong({ text }: FileContent): boolean {
  return text.length >= 64 * 1024;
}

/** By the end of the path: a file is read as what its tree calls it. */
const parsers: Readonly<Record<string, (content: FileContent) => AvroFile>> = {
  '.avsc': (content) => parseAvsc(content, isLong(content) ? elements : undefined),
  '.avpr': (content) => parseAvpr(content, isLong(content) ? elements : undefined),
  '.avdl': (content) => parseAvdl(content, isLong(content) ? statements : undefined),
};

export const avroExtensions: readonly string[] = Object.keys(parsers);

/** The Avro files of a tree, linked. A tree is read once, a file once however many trees hold it. */
export function readTree(tree: Tree): AvroSet {
  const known = sets.get(tree);
  if (known !== undefined) return known;
  const files = new Map<string, AvroFile>();
  for (const [path, content] of tree) {
    const ending = endingOf(path);
    if (ending !== undefined) files.set(path, readFile(content, ending));
  }
  const set = linkFiles(files);
  sets.set(tree, set);
  return set;
}

const sets = new WeakMap<Tree, AvroSet>();

/** One file by itself; undefined: it is no Avro file. */
export function readContent(content: FileContent): AvroFile | undefined {
  const ending = endingOf(content.path);
  return ending === undefined ? undefined : readFile(content, ending);
}

function endingOf(path: string): string | undefined {
  const lower = path.toLowerCase();
  return avroExtensions.find((ending) => lower.endsWith(ending));
}

function readFile(content: FileContent, ending: string): AvroFile {
  const known = read.get(content);
  if (known?.ending === ending) return known.file;
  const parse = parsers[ending] ?? parseAvsc;
  const file = parse(content);
  read.set(content, { ending, file });
  return file;
}

const read = new WeakMap<FileContent, { readonly ending: string; readonly file: AvroFile }>();
