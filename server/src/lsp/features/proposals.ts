import type { Proposal, Refusal } from '#core/model/proposal.ts';
import type { ActionData } from '#core/service.ts';
import { fromUri, toUri } from '#host/paths.ts';
import { type Answer, type Ask, propose } from '#protocol/propose.ts';
import { converter } from '../convert.ts';
import { onOwn } from '../own.ts';
import type { Feature, Session } from '../session.ts';

/** Edits that the person asks for outside the lightbulb: a new migration, a contract that is due. */
export const proposals: Feature = (session) => {
  onOwn(session, propose, { kind: 'refused', reason: 'That did not work; the log says more.' }, (ask) =>
    answer(session, build(session, ask)),
  );
};

function build({ service, workspace: { snapshot } }: Session, ask: Ask): Proposal | Refusal {
  switch (ask.kind) {
    case 'new-migration':
      return service.newMigration(snapshot, ask.project, ask.description);
    case 'promote':
      return service.promote(snapshot, ask.id);
    case 'baseline':
      return service.setBaseline(snapshot, fromUri(ask.rootUri) ?? '', ask.words);
    case 'action':
      return service.resolveAction(snapshot, ask.data as ActionData);
    default: {
      const never: never = ask;
      return never;
    }
  }
}

function answer({ workspace }: Session, result: Proposal | Refusal): Answer {
  if (result.kind === 'refusal') return { kind: 'refused', reason: result.reason };
  const [first] = result.creates;
  const edit = converter(workspace.snapshot.files).edit(result);
  return { kind: 'edit', edit, notes: result.notes, ...(first === undefined ? {} : { open: toUri(first.path) }) };
}
