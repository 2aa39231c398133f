import type { ScalarType } from '../descriptor.ts';
import type { Name } from '../syntax/tree.ts';
import { isLocal } from './lookups.ts';
import type { Declared } from './outline.ts';
import { isAnything, isType } from './scope.ts';
import { report, type Unit } from './unit.ts';

const scalars: ReadonlySet<string> = new Set<ScalarType>([
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  'bytes',
  'uint32',
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
]);

export function isScalar(name: string): name is ScalarType {
  return scalars.has(name);
}

export interface Resolved {
  /** Full; as written where nothing was found. */
  readonly name: string;
  readonly is: 'message' | 'enum' | undefined;
  readonly declared: Declared | undefined;
}

/** The name that a problem says there is no type of. */
export function missingType(problem: string): string | undefined {
  return /^There is no type `([^`]+)`/.exec(problem)?.[1];
}

/** Resolves a name and says what is wrong with it. */
export function resolveType(unit: Unit, name: Name, within: string, wanted: 'message' | 'type'): Resolved {
  const found = unit.scope.resolve(name.text, within, wanted === 'message' ? isAnything : isType);
  const unknown: Resolved = { name: name.text.replace(/^\./, ''), is: undefined, declared: undefined };
  const problem = (message: string): Resolved => {
    report(unit, name, message);
    return unknown;
  };
  switch (found.kind) {
    case 'missing':
      return problem(`There is no type \`${name.text}\` here. Is an import missing?`);
    case 'hidden':
      return problem(
        `There is no type \`${name.text}\` in \`${found.by}\`, which its first word means here. Begin it with a dot to start outside.`,
      );
    case 'found': {
      const { declared } = found;
      if (!isType(declared)) return problem(`\`${declared.name}\` is no type.`);
      if (declared.kind === 'entry')
        return problem(`\`${declared.name}\` belongs to a map field and cannot be used by name.`);
      if (declared.outline.path !== unit.file.path && isLocal(declared))
        report(
          unit,
          name,
          `\`${declared.name}\` is local to ${declared.outline.path}; \`export\` it there to use it here.`,
        );
      const is = declared.kind === 'enum' ? 'enum' : 'message';
      if (wanted === 'message' && is === 'enum')
        return problem(`\`${declared.name}\` is an enum; a message is needed here.`);
      return { name: declared.name, is, declared };
    }
    default:
      return found satisfies never;
  }
}
