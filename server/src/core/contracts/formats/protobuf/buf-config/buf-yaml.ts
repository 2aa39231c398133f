import { LineCounter, parseDocument } from 'yaml';
import type { FileContent } from '../../../../model/text.ts';
import { tooDeep, tooDeepAt } from '../../../../text/yaml.ts';
import type { ContractNotice } from '../../../finding.ts';
import { type BufVersion, bufVersions } from './categories.ts';

/** `breaking` of a `buf.yaml`, as it is written. */
export interface BreakingConfig {
  readonly version: BufVersion;
  /** Empty: buf's default, which is `FILE`. */
  readonly use: readonly string[];
  readonly except: readonly string[];
  /** Paths relative to the file that holds them. */
  readonly ignore: readonly string[];
  readonly ignoreOnly: ReadonlyMap<string, readonly string[]>;
  readonly ignoreUnstablePackages: boolean;
  readonly disableBuiltin: boolean;
}

export interface ModuleConfig {
  /** Relative to the folder of the configuration; `.` is that folder. */
  readonly path: string;
  /** Where import paths begin, relative like the path; one, the path itself, but in v1beta1. */
  readonly roots: readonly string[];
  readonly name: string | undefined;
  /** Relative like the path; empty: everything. */
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
  readonly breaking: BreakingConfig;
}

export interface BufYaml {
  readonly version: BufVersion;
  readonly modules: readonly ModuleConfig[];
  readonly notices: readonly ContractNotice[];
}

export const defaultBreaking: BreakingConfig = {
  version: 'v2',
  use: [],
  except: [],
  ignore: [],
  ignoreOnly: new Map(),
  ignoreUnstablePackages: false,
  disableBuiltin: false,
};

export const defaultModule: ModuleConfig = {
  path: '.',
  roots: ['.'],
  name: undefined,
  includes: [],
  excludes: [],
  breaking: defaultBreaking,
};

/** Says once why a configuration is not followed; what it does not say, or says wrong, is as if it were not written. */
export type Complain = (message: string, offset?: number) => void;

type Mapping = Readonly<Record<string, unknown>>;

/** Reads a `buf.yaml`; never throws. */
export function readBufYaml(
  { text }: Pick<FileContent, 'text'>,
  complain: Complain,
): Pick<BufYaml, 'version' | 'modules'> {
  const root = mapping(parse(text, complain));
  const version = versionOf(root, complain);
  const breaking = readBreaking(mapping(root.breaking), version, complain);
  return { version, modules: modulesOf(root, version, breaking, complain) };
}

/** The folders that a `buf.work.yaml` names. */
export function readBufWork({ text }: Pick<FileContent, 'text'>, complain: Complain): readonly string[] {
  return strings(mapping(parse(text, complain)).directories, 'directories', complain);
}

function parse(text: string, complain: Complain): unknown {
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    complain(`is ${tooDeep}`, deep);
    return undefined;
  }
  const document = parseDocument(text, { lineCounter: new LineCounter(), merge: false, logLevel: 'silent' });
  const [error] = document.errors;
  try {
    if (error === undefined) return document.toJS({ maxAliasCount: 100 });
    complain(`is no valid YAML: ${error.message.split('\n', 1)[0] ?? ''}`, error.pos[0]);
  } catch (thrown) {
    // Of aliases that lead nowhere, or to more and more.
    complain(`is no valid YAML: ${thrown instanceof Error ? thrown.message : ''}`);
  }
  return undefined;
}

function versionOf({ version }: Mapping, complain: Complain): BufVersion {
  const known = bufVersions.find((each) => each === version);
  if (known !== undefined) return known;
  if (version !== undefined) complain(`has version ${JSON.stringify(version)}; known are ${bufVersions.join(', ')}`);
  return version === undefined ? 'v1beta1' : 'v2';
}

function modulesOf(
  root: Mapping,
  version: BufVersion,
  breaking: BreakingConfig,
  complain: Complain,
): readonly ModuleConfig[] {
  switch (version) {
    case 'v2': {
      const modules = list(root.modules, 'modules', complain).map(mapping);
      if (modules.length === 0) return [{ ...defaultModule, name: text(root.name), breaking }];
      return modules.map((module) => ({
        path: text(module.path) ?? '.',
        roots: [text(module.path) ?? '.'],
        name: text(module.name),
        includes: strings(module.includes, 'includes', complain),
        excludes: strings(module.excludes, 'excludes', complain),
        breaking: module.breaking == null ? breaking : readBreaking(mapping(module.breaking), version, complain),
      }));
    }
    case 'v1':
    case 'v1beta1': {
      const build = mapping(root.build);
      const excludes = strings(build.excludes, 'build.excludes', complain);
      const roots = version === 'v1beta1' ? strings(build.roots, 'build.roots', complain) : [];
      const path = '.';
      return [
        { path, roots: roots.length === 0 ? [path] : roots, name: text(root.name), includes: [], excludes, breaking },
      ];
    }
  }
}

function readBreaking(breaking: Mapping, version: BufVersion, complain: Complain): BreakingConfig {
  const only = mapping(breaking.ignore_only);
  return {
    version,
    use: strings(breaking.use, 'breaking.use', complain),
    except: strings(breaking.except, 'breaking.except', complain),
    ignore: strings(breaking.ignore, 'breaking.ignore', complain),
    ignoreOnly: new Map(
      Object.entries(only).map(([id, paths]) => [id, strings(paths, `breaking.ignore_only.${id}`, complain)]),
    ),
    ignoreUnstablePackages: breaking.ignore_unstable_packages === true,
    disableBuiltin: breaking.disable_builtin === true,
  };
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown, key: string, complain: Complain): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  complain(`needs a list in ${key}`);
  return [];
}

function strings(value: unknown, key: string, complain: Complain): readonly string[] {
  return list(value, key, complain).filter((each) => typeof each === 'string');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
