import { LONGEST_PARSED } from '#core/sql/script.ts';

/** Statements that go to the other thread in one message. */
export type Slice = readonly string[];

/** Small enough for the other thread never to be waited for long, large enough that messages cost nothing. */
const largest = { statements: 128, characters: 64 * 1024 };

/** Statements in slices. What is too long to be parsed is left out: to copy it costs more than to read it. */
export function* sliced(statements: Iterable<string>): Generator<Slice, void> {
  let slice: string[] = [];
  let characters = 0;
  for (const statement of statements) {
    if (statement.length > LONGEST_PARSED) continue;
    slice.push(statement);
    characters += statement.length;
    if (slice.length < largest.statements && characters < largest.characters) continue;
    yield slice;
    slice = [];
    characters = 0;
  }
  if (slice.length > 0) yield slice;
}
