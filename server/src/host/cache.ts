import type { StatementMemo } from '#core/sql/script.ts';

export function openReadingCache(_memo: StatementMemo): void {}
