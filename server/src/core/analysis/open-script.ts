import type { ChangeContext, MigrationContext } from '../rules/rule.ts';
import type { Catalog } from '../schema/catalog.ts';
import { type Environment, newNotes, StepContext, scriptContext } from './contexts.ts';
import { courseFrom } from './course.ts';
import type { Script } from './slot.ts';

export interface OpenedScript {
  readonly context: MigrationContext;
  readonly after: Catalog;
}

/** The contexts of a migration's changes. They hold catalogs: keep them briefly. */
export function openScript(environment: Environment, script: Script, start: Catalog): OpenedScript {
  const course = courseFrom(environment, script, start);
  const contexts: ChangeContext[] = [];
  const scene = { environment, script, course, contexts };
  for (const [index, step] of script.steps.entries()) {
    const notes = newNotes(new Set());
    course.pass(course.next(notes.reads));
    contexts.push(new StepContext(scene, step, index, notes));
  }
  return { context: scriptContext(environment, script, contexts), after: course.before(script.steps.length) };
}
