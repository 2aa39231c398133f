import type { Impact } from '../../../../model/impact.ts';
import { type Handler, missing, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import {
  displayOf,
  isPlainView,
  locksOn,
  openedBy,
  type Relation,
  relationAt,
  relationOf,
  type Scene,
  viewLocks,
} from './reach.ts';

export const createView: Handler<'CreateView'> = (change, scene) => {
  const view = relationOf(scene, change.view);
  if (change.ifNotExists && view.found === 'known') return impactOf('if-not-exists-present');
  const read = change.reads.map(({ relation }) => relationOf(scene, relation));
  const sources = locksOn(read, 'source', 'ACCESS SHARE');
  if (change.materialized && change.withData) {
    const opened = openedBy(scene, read);
    return impactOf('create-materialized-view', {
      locks: locksOn(opened, 'source', 'ACCESS SHARE'),
      work: workOn(withOwnRows(scene, opened), 'scan'),
    });
  }
  if (change.materialized) return impactOf('create-materialized-view', { locks: sources, work: [] });
  if (change.replace && view.found === 'known')
    return impactOf('replace-view', { locks: [lock(view.display, 'target', 'ACCESS EXCLUSIVE'), ...sources] });
  return impactOf('create-view', { locks: sources, certain: !change.replace || view.found === 'absent' });
};

export const dropView: Handler<'DropView'> = (change, scene) => {
  const view = relationOf(scene, change.view);
  return (
    missing(view, change.ifExists) ??
    impactOf(change.materialized ? 'drop-materialized-view' : 'drop-view', {
      locks: [
        lock(view.display, 'target', 'ACCESS EXCLUSIVE'),
        ...viewIndexes(scene, view).map((name) => lock(name, 'index', 'ACCESS EXCLUSIVE')),
        ...(change.cascade && view.key !== undefined ? viewLocks(scene, view.key) : []),
      ],
    })
  );
};

export const renameView: Handler<'RenameView'> = (change, scene) => {
  const view = relationOf(scene, change.view);
  return missing(view, change.ifExists) ?? exclusively('rename-view', view);
};

export const renameViewColumn: Handler<'RenameViewColumn'> = (change, scene) =>
  exclusively('rename-view-column', relationOf(scene, change.view));

function exclusively(row: 'rename-view' | 'rename-view-column', view: Relation): Impact {
  return impactOf(row, { locks: [lock(view.display, 'target', 'ACCESS EXCLUSIVE')] });
}

/** REFRESH fills a new file and swaps it in; CONCURRENTLY compares with the old rows and lets readers go on. */
export const refreshView: Handler<'RefreshView'> = (change, scene) => {
  const view = relationOf(scene, change.view);
  const value = view.key === undefined ? undefined : scene.before.objects.get(view.key);
  const read = (value?.kind === 'view' ? value.reads : []).map(({ relation }) => relationAt(scene, relation));
  const sources = openedBy(scene, read);
  const scanned = withOwnRows(scene, sources);
  if (change.concurrently)
    return impactOf('refresh-view-concurrently', {
      locks: [lock(view.display, 'target', 'EXCLUSIVE'), ...locksOn(sources, 'source', 'ACCESS SHARE')],
      work: workOn([view, ...scanned], 'scan'),
    });
  return impactOf(change.withData ? 'refresh-view' : 'refresh-view-no-data', {
    locks: [
      lock(view.display, 'target', 'ACCESS EXCLUSIVE'),
      ...viewIndexes(scene, view).map((name) => lock(name, 'index', 'ACCESS EXCLUSIVE')),
      ...(change.withData ? locksOn(sources, 'source', 'ACCESS SHARE') : []),
    ],
    work: [...workOn([view], 'rewrite'), ...(change.withData ? workOn(scanned, 'scan') : [])],
  });
};

function withOwnRows(scene: Scene, opened: readonly Relation[]): readonly Relation[] {
  return opened.filter((each) => !isPlainView(scene, each));
}

function viewIndexes(scene: Scene, { key }: Relation): readonly string[] {
  const value = key === undefined ? undefined : scene.before.objects.get(key);
  return value?.kind === 'view' ? value.indexes.map((index) => displayOf(scene, index)) : [];
}
