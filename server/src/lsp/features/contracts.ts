import type { ContractStatus } from '#core/service.ts';
import { baselineChoices } from '#host/git/contract-baselines.ts';
import { fromUri, toUri } from '#host/paths.ts';
import { baselines, baselineText, type ContractGroup, contracts as contractsMethod } from '#protocol/contracts.ts';
import { type Converter, converter } from '../convert.ts';
import { onOwn } from '../own.ts';
import type { Feature } from '../session.ts';

/** The Contracts view, and a contract as its baseline has it. */
export const contracts: Feature = (session) => {
  const { service, workspace } = session;
  onOwn(session, contractsMethod, { ready: false, groups: [] }, () => {
    const { snapshot } = workspace;
    const convert = converter(snapshot.files);
    return { ready: session.isReady, groups: service.contracts(snapshot).map((each) => groupOf(each, convert)) };
  });
  onOwn(session, baselineText, null, ({ uri }) => {
    const path = fromUri(uri);
    const content = path === undefined ? undefined : service.baselineText(workspace.snapshot, path);
    return content === undefined ? null : { text: content.text };
  });
  onOwn(session, baselines, [], async ({ rootUri }) => {
    const root = fromUri(rootUri);
    const repository = root === undefined ? undefined : workspace.repositories.get(root);
    return repository === undefined || !workspace.options.trusted ? [] : baselineChoices(repository);
  });
};

function groupOf({ root, contracts: all, evolutions, ...group }: ContractStatus, convert: Converter): ContractGroup {
  return {
    ...group,
    rootUri: toUri(root),
    contracts: all.map(({ name, breaking, bump, files, changes, deprecated }) => ({
      name,
      breaking,
      bump,
      files: files.map(({ side, path }) => ({ uri: toUri(path), gone: side === 'before' })),
      changes: changes.map(({ object, rule, message, path, span, side }) => ({
        object,
        rule,
        message,
        uri: toUri(path),
        gone: side === 'before',
        range: convert.range(path, side === 'before' ? { start: 0, end: 0 } : span),
      })),
      deprecated: deprecated.map(({ object, path, span, removeAfter }) => ({
        object,
        uri: toUri(path),
        range: convert.range(path, span),
        ...(removeAfter === undefined ? {} : { removeAfter }),
      })),
    })),
    evolutions: evolutions.map(({ number: _, path: __, file, place, ...each }) => ({
      ...each,
      uri: toUri(file),
      ...(place === undefined ? {} : { place: convert.location(place) }),
    })),
  };
}
