import type { FilePath } from '../../model/text.ts';
import type { WritingStyle } from '../../plans/recipe.ts';
import { isUpperCase } from '../../sql/keyword-case.ts';
import { type ProjectState, readOutlineOf } from '../project-state.ts';

/** As many of the newest migrations say how this project writes. */
const asked = 5;

/** How the file is written, else the newest migrations. */
export function styleOf(state: ProjectState, path: FilePath | undefined): WritingStyle {
  const written = state.timeline.migrations.filter(({ language }) => language === 'sql');
  const own = written.filter(({ file }) => file === path);
  const samples = [...own, ...written.slice(-asked).toReversed()].map((each) => readOutlineOf(state, each));
  const [first] = samples;
  const statements = samples.flatMap((each) => each.statements.filter(({ kind }) => kind === 'sql'));
  return {
    eol: first?.content.text.includes('\r\n') === true ? '\r\n' : '\n',
    upperCase: isUpperCase(statements.map(({ id }) => id.text)),
    lexical: state.dialect.lexical,
  };
}
