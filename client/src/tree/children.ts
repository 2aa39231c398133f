import type { StatusProject, StatusTarget } from '../../../server/src/protocol/status.ts';
import { type Group, groupOf, groups, type Node } from './node.ts';

/** Rows below a row; pure, so that tests need no editor. A level that would hold one row only is left out. */
export function childrenOf(node: Node | undefined, projects: readonly StatusProject[]): readonly Node[] {
  if (node === undefined) return projects.length === 1 ? projects.flatMap(projectChildren) : projects.map(projectNode);
  switch (node.kind) {
    case 'project':
      return projectChildren(node.project);
    case 'target':
      return targetChildren(node.project, node.target);
    case 'group':
      return entryNodes(node);
    case 'evolutions':
      return node.project.evolutions.map((evolution) => ({
        kind: 'evolution',
        id: `${node.id}/${evolution.id}`,
        project: node.project,
        evolution,
      }));
    case 'evolution':
      return node.evolution.files.map((file) => ({
        kind: 'evolution-file',
        id: `${node.id}/${file.uri}`,
        evolution: node.evolution,
        file,
      }));
    case 'entry':
    case 'problem':
    case 'notice':
    case 'evolution-file':
      return [];
    default: {
      const never: never = node;
      return never;
    }
  }
}

function projectNode(project: StatusProject): Node {
  return { kind: 'project', id: project.name, project };
}

/** Databases; and git while none of them says what is applied. */
function projectChildren(project: StatusProject): readonly Node[] {
  const shown = shownTargets(project);
  const below =
    shown.filter(({ reachable }) => reachable).length <= 1
      ? shown.flatMap((target) => targetChildren(project, target))
      : shown.map((target) => targetNode(project, target));
  const evolutions: readonly Node[] =
    project.evolutions.length === 0 ? [] : [{ kind: 'evolutions', id: `${project.name}//evolutions`, project }];
  const notices = project.notices.map(
    (text, index): Node => ({ kind: 'notice', id: `${project.name}//notice ${index}`, project, text }),
  );
  return [...below, ...evolutions, ...notices];
}

function shownTargets({ targets }: StatusProject): readonly StatusTarget[] {
  const databases = targets.filter(({ kind }) => kind !== 'git');
  return databases.some(({ reachable }) => reachable) ? databases : targets;
}

function targetNode(project: StatusProject, target: StatusTarget): Node {
  return { kind: 'target', id: `${project.name}//${target.name}`, project, target };
}

function targetChildren(project: StatusProject, target: StatusTarget): readonly Node[] {
  const id = `${project.name}//${target.name}`;
  const problem: readonly Node[] =
    target.problem === undefined
      ? []
      : [{ kind: 'problem', id: `${id}//problem`, project, target, text: target.problem }];
  const found = groups.flatMap((group): readonly Node[] => {
    const entries = target.entries.filter((entry) => groupOf(entry) === group);
    return entries.length === 0 ? [] : [{ kind: 'group', id: `${id}//${group}`, project, target, group, entries }];
  });
  return [...problem, ...found];
}

function entryNodes({ id, project, target, group, entries }: Extract<Node, { kind: 'group' }>): readonly Node[] {
  const ordered = newestFirst.has(group) ? [...entries].reverse() : entries;
  const seen = new Map<string, number>();
  return ordered.map((entry) => {
    const key = `${id}/${entry.kind}/${entry.version ?? ''}/${entry.script}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return { kind: 'entry', id: count === 0 ? key : `${key}#${count}`, project, target, group, entry };
  });
}

/** What ran last is what somebody looks for. */
const newestFirst: ReadonlySet<Group> = new Set(['applied', 'changed']);
