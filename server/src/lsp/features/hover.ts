import type { FilePath } from '#core/model/text.ts';
import { fromUri } from '#host/paths.ts';
import { verdict } from '#protocol/verdict.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import { onOwn } from '../own.ts';
import type { Feature, Session } from '../session.ts';
import { findingsOf } from './diagnostics.ts';

export const hover: Feature = (session) => {
  const { connection, service, workspace, abilities } = session;
  connection.onHover(({ textDocument, position }, token) =>
    guarded(session, 'hover', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const offset = convert.offset(path, position);
      const found = service.hover(snapshot, path, offset);
      if (found === undefined) return null;
      const whole = [found.markdown, found.verdict ?? ''].filter((part) => part !== '').join('\n\n');
      const markdown = abilities.own ? withoutRepeats(whole, saidAt(session, path, offset)) : whole;
      const value = abilities.markdownHover ? markdown : markdown.replace(/```\w*\n?|\*\*|`/g, '');
      return {
        contents: { kind: abilities.markdownHover ? 'markdown' : 'plaintext', value },
        range: convert.range(path, found.span),
      };
    }),
  );
  onOwn(session, verdict, null, ({ uri, position }) => {
    const path = fromUri(uri);
    if (path === undefined) return null;
    const { snapshot } = workspace;
    const convert = converter(snapshot.files);
    const offset = convert.offset(path, position);
    const found = service.hover(snapshot, path, offset);
    const markdown = withoutRepeats(found?.verdict ?? '', saidAt(session, path, offset));
    return found === undefined || markdown === '' ? null : { markdown, range: convert.range(path, found.span) };
  });
};

/** VS Code shows the problems of a place above its hover, which needs not say the same again. */
function saidAt(session: Session, path: FilePath, offset: number): ReadonlySet<string> {
  const here = findingsOf(session, path).filter(({ span, head = span }) => head.start <= offset && offset <= head.end);
  return new Set(here.map(({ message }) => message));
}

function withoutRepeats(markdown: string, said: ReadonlySet<string>): string {
  const isNew = (paragraph: string) => !said.has(paragraph.replace(/^\*\*[^*]*:\*\* /, ''));
  return said.size === 0 ? markdown : markdown.split('\n\n').filter(isNew).join('\n\n');
}
