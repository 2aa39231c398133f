import type { FileDescriptor } from '../descriptor.ts';
import { protoRules } from '../rules/index.ts';
import type { RuleHead } from '../rules/rule.ts';
import type { BreakingConfig, Complain } from './buf-yaml.ts';
import { rulesMeant } from './categories.ts';
import { isWithin, join } from './paths.ts';
import type { BufModule } from './workspace.ts';

/** Which findings a module wants to hear of. */
export interface Selection {
  /** Of buf's rules; none of ours. */
  readonly rules: ReadonlySet<RuleHead>;
  /** Is the file, by its path in the tree, out of sight for the rule? */
  ignores(rule: RuleHead, file: FileDescriptor, treePath: string): boolean;
}

/** `category` is that of a profile which was asked for: it stands for `use`, and exceptions and ignored paths remain. */
export function selectionOf(module: BufModule, category: string | undefined, complain: Complain): Selection {
  const { breaking } = module;
  const meant = (names: readonly string[], key: string): ReadonlySet<string> =>
    new Set(names.flatMap((name) => meaning(name, key, breaking, complain)));
  const used = meant(category === undefined ? breaking.use : [category], 'use');
  const wanted = category === undefined && breaking.use.length === 0 ? meant(['FILE'], 'use') : used;
  const except = meant(breaking.except, 'except');
  const rules = protoRules.filter(({ peer }) => peer !== undefined && wanted.has(peer) && !except.has(peer));
  const everywhere = breaking.ignore.map((path) => join(module.configRoot, path));
  const only = ignoredOnly(module, meant);
  return {
    rules: new Set(breaking.disableBuiltin ? [] : rules),
    ignores: (rule, file, treePath) =>
      everywhere.some((folder) => isWithin(folder, treePath)) ||
      (only.get(rule.peer ?? '') ?? []).some((folder) => isWithin(folder, treePath)) ||
      (breaking.ignoreUnstablePackages && isUnstable(file.package)),
  };
}

function ignoredOnly(
  { breaking, configRoot }: BufModule,
  meant: (names: readonly string[], key: string) => ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const only = new Map<string, string[]>();
  for (const [name, paths] of breaking.ignoreOnly) {
    const folders = paths.map((path) => join(configRoot, path));
    for (const id of meant([name], 'ignore_only')) only.set(id, [...(only.get(id) ?? []), ...folders]);
  }
  return only;
}

function meaning(name: string, key: string, { version }: BreakingConfig, complain: Complain): readonly string[] {
  const ids = rulesMeant(name, version, protoRules);
  if (ids === undefined) complain(`names "${name}" in breaking.${key}, which is no rule or category of ${version}`);
  return ids ?? [];
}

/** `foo.v1beta1`: buf's notion of a package that may still change. */
export function isUnstable(name: string): boolean {
  return /\.v[1-9]\d*(?:test[^.]*|(?:p[1-9]\d*)?(?:alpha|beta)(?:[1-9]\d*)?)$/.test(name);
}
