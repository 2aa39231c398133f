import { checkFile } from '#core/contracts/formats/avro/check.ts';
import { resolve } from '#core/contracts/formats/avro/compare/resolution.ts';
import { newSession } from '#core/contracts/formats/avro/compare/session.ts';
import { linkFiles } from '#core/contracts/formats/avro/link.ts';
import { parseAvsc } from '#core/contracts/formats/avro/parse/avsc.ts';
import type { AvroFile } from '#core/contracts/formats/avro/schema.ts';
import type { Answer } from './apache.ts';

/** One schema by itself, as a parser sees it that knows no other. */
export function readAlone(text: string, parse: (content: { path: string; text: string }) => AvroFile = parseAvsc) {
  const file = parse({ path: '/schema', text });
  const set = linkFiles(new Map([['schema', file]]));
  const problems = [...file.problems, ...checkFile(file, set)].filter(({ harmless }) => harmless !== true);
  return { file, set, problems };
}

/** What we say where Java answers about compatibility. */
export function ourCompatibility(readerText: string, writerText: string): Answer {
  const reader = readAlone(readerText);
  const writer = readAlone(writerText);
  const [problem] = [...reader.problems, ...writer.problems];
  if (problem !== undefined) return { refused: problem.message };
  if (reader.file.main === undefined || writer.file.main === undefined) return { refused: 'no schema' };
  const { incompatibilities, ambiguous } = resolve(
    newSession(reader.set, writer.set),
    reader.file.main,
    writer.file.main,
  );
  if (ambiguous.length > 0) return { refused: 'ambiguous' };
  return { incompatibilities: incompatibilities.map((one) => `${one.kind}@${one.location} : ${one.message}`) };
}
