import type { FieldDescriptor, ProtoSet } from '../descriptor.ts';
import type { Declared } from './outline.ts';
import { isBuiltIn } from './well-known/index.ts';

type Problems = ProtoSet['problems'];

/** What several files or statements claim for themselves. Each but the first is told of the first. */
export function conflicts(
  names: ReadonlyMap<string, readonly Declared[]>,
  numbers: ReadonlyMap<string, readonly FieldDescriptor[]>,
): Problems {
  const problems: Problems[number][] = [];
  for (const [name, row] of names) {
    const own = row.filter(({ outline }) => !isBuiltIn(outline.syntax));
    for (const { span, outline } of own.slice(1))
      problems.push({
        path: outline.path,
        span: { start: span.start, end: span.end },
        message: `\`${name}\` is declared ${place(own[0]?.outline.path, outline.path)} already.`,
      });
  }
  for (const row of numbers.values())
    for (const { file, numberSpan, extendee, number } of row.slice(1))
      problems.push({
        path: file.path,
        span: { start: numberSpan.start, end: numberSpan.end },
        message: `Number ${number} of \`${extendee}\` is taken by \`${row[0]?.fullName}\`, ${place(row[0]?.file.path, file.path)}.`,
      });
  return problems;
}

function place(first: string | undefined, here: string): string {
  return first === here || first === undefined ? 'in this file' : `in ${first}`;
}
