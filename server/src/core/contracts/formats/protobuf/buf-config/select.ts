import type { FileDescriptor } from '../descriptor.ts';
import { protoRules } from '../rules/index.ts';
import type { RuleHead } from '../rules/rule.ts';
import type { BreakingConfig } from './buf-yaml.ts';
import { rulesMeant } from './categories.ts';
import { isWithin, join, normalized, relativeTo } from './paths.ts';
import type { BufModule } from './workspace.ts';

/** Which findings a module wants to hear of. */
export interface Selection {
  /** Of buf's rules; none of ours. */
  readonly rules: ReadonlySet<RuleHead>;
  /** Is the file out of sight for the rule? */
  ignores(rule: RuleHead, file: FileDescriptor): boolean;
}

interface Selected {
  readonly category: string | undefined;
  readonly selection: Selection;
  readonly complaints: readonly Complaint[];
}

/** A word of the configuration that means nothing there. */
interface Complaint {
  readonly word: string;
  readonly message: string;
}

type Complain = (complaint: Complaint) => void;

const memo = new WeakMap<BufModule, Selected>();

/** `category` is that of a profile which was asked for: it stands for `use`, and exceptions and ignored paths remain. */
export function selectionOf(module: BufModule, category: string | undefined): Selected {
  const known = memo.get(module);
  if (known !== undefined && known.category === category) return known;
  const complaints: Complaint[] = [];
  const selected = { category, selection: select(module, category, (each) => complaints.push(each)), complaints };
  memo.set(module, selected);
  return selected;
}

function select(module: BufModule, category: string | undefined, complain: Complain): Selection {
  const { breaking } = module;
  const meant = (names: readonly string[], key: string): ReadonlySet<string> =>
    new Set(names.flatMap((name) => meaning(name, key, breaking, complain)));
  const configured = meant(breaking.use, 'use');
  // Of names that are all wrong nothing is left, which is as if none had been written.
  const isConfigured = breaking.use.some((name) => rulesMeant(name, breaking.version, protoRules) !== undefined);
  const wanted = category === undefined && isConfigured ? configured : ofCategory(category ?? 'FILE', breaking);
  const except = meant(breaking.except, 'except');
  const rules = protoRules.filter(({ peer }) => peer !== undefined && wanted.has(peer) && !except.has(peer));
  const everywhere = importPaths(module, breaking.ignore);
  const only = ignoredOnly(module, meant);
  return {
    rules: new Set(breaking.disableBuiltin ? [] : rules),
    ignores: (rule, { path, package: name }) =>
      everywhere.some((folder) => isWithin(folder, path)) ||
      (only.get(rule.peer ?? '') ?? []).some((folder) => isWithin(folder, path)) ||
      (breaking.ignoreUnstablePackages && isUnstable(name)),
  };
}

/** A category that only later versions know is taken from them. */
function ofCategory(category: string, { version }: BreakingConfig): ReadonlySet<string> {
  return new Set(rulesMeant(category, version, protoRules) ?? rulesMeant(category, 'v2', protoRules));
}

function ignoredOnly(
  module: BufModule,
  meant: (names: readonly string[], key: string) => ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const only = new Map<string, string[]>();
  for (const [name, paths] of module.breaking.ignoreOnly) {
    const folders = importPaths(module, paths);
    for (const id of meant([name], 'ignore_only')) only.set(id, [...(only.get(id) ?? []), ...folders]);
  }
  return only;
}

/**
 * Paths that are ignored, as import paths: that is what buf compares, so a file that a module only imports is not ignored by
 * its place in the workspace. Version 2 writes them from the workspace's folder, and those outside the module mean nothing to it.
 */
function importPaths({ root, configRoot, breaking }: BufModule, paths: readonly string[]): readonly string[] {
  if (breaking.version !== 'v2') return paths.map(normalized);
  return paths
    .map((path) => join(configRoot, path))
    .filter((path) => isWithin(root, path))
    .map((path) => relativeTo(root, path));
}

function meaning(name: string, key: string, { version }: BreakingConfig, complain: Complain): readonly string[] {
  const ids = rulesMeant(name, version, protoRules);
  if (ids === undefined)
    complain({
      word: name,
      message: `names "${name}" in breaking.${key}, which is no rule or category of ${version}`,
    });
  return ids ?? [];
}

/** `foo.v1beta1`: buf's notion of a package that may still change. Numbers are not zero. */
export function isUnstable(name: string): boolean {
  return /\.v0*[1-9]\d*(?:test[^.]*|(?:p0*[1-9]\d*)?(?:alpha|beta)(?:0*[1-9]\d*)?)$/.test(name);
}
