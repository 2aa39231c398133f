import type { Phase } from '../model/proposal.ts';

export interface Marker {
  readonly id: string;
  readonly operation: string;
  readonly phase: Phase;
}

/** The comment that links the files of a pair. It never changes after the file is written, because tools checksum it. */
export function markerLine({ id, operation, phase }: Marker): string {
  return `-- schemaward:evolution v=1 id=${id} op=${operation} phase=${phase}`;
}

const form =
  /^[ \t]*-- schemaward:evolution v=1 id=([a-z0-9-]+) op=([a-z0-9-]+) phase=(expand|sync|backfill|verify|switch|contract)[ \t]*\r?$/gm;

export function markersIn(text: string): readonly Marker[] {
  if (!text.includes('schemaward:evolution')) return [];
  return [...text.matchAll(form)].map((match) => ({
    id: match[1] ?? '',
    operation: match[2] ?? '',
    phase: match[3] as Phase,
  }));
}
