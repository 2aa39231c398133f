import { generate } from '../../../support/proto/generate.ts';
import { mutate } from '../../../support/proto/mutate.ts';
import { randomOf } from '../../../support/proto/random.ts';
import { render } from '../../../support/proto/render.ts';
import { type BufFinding, bufBreaking, bufProblems, type Files, type Folders, inFolders, type Sides } from './run.ts';

/** Folder of a case: its packages and its paths begin with it. */
export function caseOf(path: string): string {
  return path.split(/[/.]/, 1)[0] ?? '';
}

/** Pairs of proto sets as packages of one module, without those that buf cannot compile. */
export function generatedCases(program: string, seed: number, count: number): Sides {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (let nth = 0; nth < count; nth += 1) {
    const random = randomOf(seed * 100_003 + nth);
    const files = generate(`c${nth}`, random);
    for (const file of files) before[file.path] = render(file, random);
    for (const file of mutate(files, random)) after[file.path] = render(file, random);
  }
  return compiling(program, { before, after });
}

/** Without the cases of which either side does not compile, or stops buf later on. */
export function compiling(program: string, sides: Sides): Sides {
  const broken = inFolders(sides, (folders) => {
    const problems = [folders.before, folders.after].flatMap((folder) => bufProblems(program, folder));
    return problems.length > 0 ? problems.map(caseOfProblem) : stopping(program, folders);
  });
  if (broken.length === 0) return sides;
  const names = new Set(broken);
  return compiling(program, { before: without(sides.before, names), after: without(sides.after, names) });
}

function caseOfProblem({ path, message }: BufFinding): string {
  if (path === undefined) throw new Error(message);
  return caseOf(path);
}

/** buf gives up at the first descriptor that Go's runtime refuses, though its compiler took it. */
function stopping(program: string, folders: Folders): readonly string[] {
  try {
    bufBreaking(program, folders, ['--config', '{"version":"v2","breaking":{"use":["ENUM_SAME_TYPE"]}}']);
    return [];
  } catch (error) {
    const name = /(?:field|enum|message) "(\w+)\./.exec(String(error))?.[1];
    if (name === undefined) throw error;
    return [name];
  }
}

function without(files: Files, names: ReadonlySet<string>): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !names.has(caseOf(path))));
}
