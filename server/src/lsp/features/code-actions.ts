import { type CodeAction, type CodeActionParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Span } from '#core/model/text.ts';
import type { ActionData, ActionOffer } from '#core/service.ts';
import { fromUri } from '#host/paths.ts';
import { actionKind, converter, FIX_ALL, plainEdit } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature, Session } from '../session.ts';

/** The menu is built from what stands under the cursor; the edit of an entry only when it is chosen. */
export const codeActions: Feature = (session) => {
  const { connection, workspace } = session;
  connection.onCodeAction((params, token) =>
    guarded(session, 'codeAction', token, null, () => {
      const path = fromUri(params.textDocument.uri);
      if (path === undefined || !session.settings.enable) return null;
      const convert = converter(workspace.snapshot.files);
      const span = { start: convert.offset(path, params.range.start), end: convert.offset(path, params.range.end) };
      const offers = offersAt(session, path, span, params).filter((offer) => isWanted(offer, params));
      return offers.flatMap((offer) => toAction(session, offer, params));
    }),
  );
  connection.onCodeActionResolve(async (action) => {
    const data = dataOf(action);
    if (data === undefined) return action;
    const resolved = await guarded(session, 'codeAction/resolve', undefined, action, () =>
      withEdit(session, action, data),
    );
    if (resolved instanceof ResponseError) throw resolved;
    return resolved;
  });
};

/** What is done to a whole file costs more than what stands under the cursor: only for who asks for it. */
function offersAt(
  { service, workspace: { snapshot } }: Session,
  path: string,
  span: Span,
  { context: { only } }: CodeActionParams,
): readonly ActionOffer[] {
  const isOfSource = (kind: string) => kind === 'source' || kind.startsWith('source.');
  const isAsked = only?.some((kind) => kind !== '' && isWithin(FIX_ALL, kind)) === true;
  return [
    ...(isAsked ? service.sourceActions(snapshot, path) : []),
    ...(only?.every(isOfSource) === true ? [] : service.actions(snapshot, path, span)),
  ];
}

function isWanted(offer: ActionOffer, { context }: CodeActionParams): boolean {
  if (context.only === undefined) return true;
  const kind = actionKind(offer);
  return context.only.some((only) => isWithin(kind, only));
}

/** Kinds are paths: whoever asks for one asks for all below it, and for everything with none. */
function isWithin(kind: string, asked: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

function toAction(session: Session, offer: ActionOffer, { context }: CodeActionParams): CodeAction[] {
  const { abilities } = session;
  if (offer.disabled !== undefined && !abilities.disabledActions) return [];
  const isCommand = offer.data.kind === 'explain';
  if (isCommand && !abilities.own) return [];
  const diagnostics = context.diagnostics.filter(({ source, code }) => source === 'schemaward' && code === offer.rule);
  const action: CodeAction = {
    title: offer.title,
    kind: actionKind(offer),
    ...(offer.preferred ? { isPreferred: true } : {}),
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
    ...(offer.disabled === undefined ? {} : { disabled: { reason: offer.disabled } }),
    ...(offer.data.kind === 'explain'
      ? { command: { title: offer.title, command: 'schemaward.explain', arguments: [offer.data.rule] } }
      : { data: offer.data }),
  };
  if (isCommand || abilities.resolveActions) return [action];
  const edited = withEdit(session, action, offer.data);
  return edited instanceof ResponseError || edited.edit === undefined ? [] : [edited];
}

function withEdit(session: Session, action: CodeAction, data: ActionData): CodeAction | ResponseError<void> {
  const { service, workspace, abilities } = session;
  const proposal = service.resolveAction(workspace.snapshot, data);
  if (proposal.kind === 'refusal') return new ResponseError<void>(LSPErrorCodes.RequestFailed, proposal.reason);
  const convert = converter(workspace.snapshot.files);
  const edit = abilities.resourceOperations ? convert.edit(proposal) : plainEdit(proposal, convert.range);
  if (edit === undefined) {
    if (abilities.resolveActions) return new ResponseError<void>(LSPErrorCodes.RequestFailed, noFiles);
    return action;
  }
  const plain = abilities.annotations ? edit : withoutAnnotations(edit);
  const isLong = abilities.own && (proposal.notes.length > 0 || proposal.creates.length > 0);
  if (!isLong) return { ...action, edit: plain };
  // Without arguments: VS Code forgets those of a command while the Refactor Preview is open. The client keeps `after`.
  const after = { notes: proposal.notes, creates: proposal.creates.map(({ path }) => path) };
  const command = { title: 'Say what is left to do', command: 'schemaward.afterEdit' };
  return { ...action, edit: plain, data: { ...data, after }, command };
}

const noFiles = 'It needs a file of its own, and this editor does not let a server make one.';

function withoutAnnotations(edit: NonNullable<CodeAction['edit']>): NonNullable<CodeAction['edit']> {
  const { changeAnnotations: _, ...rest } = edit;
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === 'annotationId' ? undefined : value))) as typeof edit;
}

function dataOf(action: CodeAction): ActionData | undefined {
  const { data } = action;
  return typeof data === 'object' && data !== null && 'kind' in data ? (data as ActionData) : undefined;
}
