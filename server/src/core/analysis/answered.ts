import type { Finding } from '../model/finding.ts';
import { planFacts } from '../plans/evolutions.ts';
import { recipeFor } from '../plans/index.ts';
import { type Marker, markersIn } from '../plans/marker.ts';
import type { ProjectState } from './project-state.ts';
import { evolutionsDir } from './status.ts';
import type { Owned } from './world.ts';

/** A contract is the end of a plan: what the plan was made for is not said again, once all before it has shipped. */
export function withoutAnswered({ state, migration }: Owned, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const text = state.files.get(migration.file)?.text ?? '';
  const contracts = markersIn(text).filter((marker) => marker.phase === 'contract' && isDue(state, marker));
  if (contracts.length === 0) return findings;
  return findings.filter((finding) => !contracts.some((marker) => answers(state, marker, finding)));
}

function isDue(state: ProjectState, { id }: Marker): boolean {
  const shipped = new Set<string>();
  for (const migration of state.timeline.migrations) {
    for (const marker of markersIn(state.files.get(migration.file)?.text ?? '')) {
      if (marker.id !== id || marker.phase === 'contract') continue;
      if (!state.sequence.frozen.has(migration.id)) return false;
      shipped.add(marker.phase);
    }
  }
  const { table, files } = planFacts(state.files, evolutionsDir(state), id);
  return (
    (table !== '' || shipped.size > 0) && files.every(({ phase, role }) => role !== 'migration' || shipped.has(phase))
  );
}

function answers(state: ProjectState, { id, operation }: Marker, { rule, object }: Finding): boolean {
  if (recipeFor(operation)?.answers.includes(rule) !== true) return false;
  if (rule === 'schema/drop-view') return true;
  const { old, new: added, final } = planFacts(state.files, evolutionsDir(state), id);
  return [old, added, final].some((column) => object.endsWith(`.${column}`));
}
