import { l10n } from 'vscode';

/** States of the protocol in the words of the tree. An unknown one is shown as it is. */
export function stateWords(state: string): string {
  const words: Readonly<Record<string, string>> = {
    pending: l10n.t('pending'),
    applied: l10n.t('applied'),
    'out-of-order': l10n.t('ran out of order'),
    failed: l10n.t('failed'),
    missing: l10n.t('applied, file is missing'),
    'failed-missing': l10n.t('failed, file is missing'),
    future: l10n.t('applied, newer than every file'),
    'failed-future': l10n.t('failed, newer than every file'),
    ignored: l10n.t('ignored: a higher version has run'),
    'above-target': l10n.t('above target'),
    'below-baseline': l10n.t('below baseline'),
    baseline: l10n.t('baseline'),
    'baseline-ignored': l10n.t('ignored by the baseline'),
    outdated: l10n.t('outdated, runs again'),
    superseded: l10n.t('superseded'),
    deleted: l10n.t('deleted'),
    undone: l10n.t('undone'),
    available: l10n.t('undo available'),
    'on-base': l10n.t('on the base branch'),
  };
  return words[state] ?? state;
}

export function operationWords(operation: string): string {
  const words: Readonly<Record<string, string>> = {
    'rename-column': l10n.t('Rename column'),
    'add-required-column': l10n.t('Add required column'),
    'set-not-null': l10n.t('Set NOT NULL'),
    'change-column-type': l10n.t('Change column type'),
    'drop-column': l10n.t('Drop column'),
  };
  return words[operation] ?? operation;
}

export function phaseWords(phase: string): string {
  const words: Readonly<Record<string, string>> = {
    planned: l10n.t('planned'),
    expand: l10n.t('expand'),
    sync: l10n.t('sync'),
    backfill: l10n.t('backfill'),
    verify: l10n.t('verify'),
    switch: l10n.t('switch'),
    contract: l10n.t('contract'),
    done: l10n.t('done'),
    broken: l10n.t('broken'),
  };
  return words[phase] ?? phase;
}
