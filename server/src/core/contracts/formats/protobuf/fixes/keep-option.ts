import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import type { FeatureSet } from '../descriptor.ts';
import { innermost } from '../language/elements.ts';
import type { OptionNode, ProtoSyntax } from '../syntax/tree.ts';
import { blockOf, type Edit, insertAfter } from './block.ts';
import { bodyOf, nodeAt } from './nodes.ts';
import { type Setting, withBracketOptions, withStatementOption } from './options.ts';
import { editsIn, type Site, siteOf } from './site.ts';

/** What a rule compares: options by name, and the features that say the same in editions. */
interface Subject {
  readonly options: readonly string[];
  readonly features?: readonly (readonly [name: string, key: keyof FeatureSet])[];
}

const json: Subject = { options: [], features: [['json_format', 'jsonFormat']] };

const subjects: Readonly<Record<string, Subject>> = {
  FIELD_SAME_DEFAULT: { options: ['default'] },
  FIELD_SAME_JSTYPE: { options: ['jstype'] },
  FIELD_SAME_CPP_STRING_TYPE: { options: ['ctype'], features: [['(pb.cpp).string_type', 'cppStringType']] },
  FIELD_SAME_UTF8_VALIDATION: { options: [], features: [['utf8_validation', 'utf8Validation']] },
  FIELD_SAME_JAVA_UTF8_VALIDATION: {
    options: [],
    features: [
      ['utf8_validation', 'utf8Validation'],
      ['(pb.java).utf8_validation', 'javaUtf8Validation'],
    ],
  },
  MESSAGE_SAME_JSON_FORMAT: json,
  ENUM_SAME_JSON_FORMAT: json,
  ENUM_SAME_TYPE: { options: [], features: [['enum_type', 'enumType']] },
  MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR: { options: ['no_standard_descriptor_accessor'] },
  RPC_SAME_IDEMPOTENCY_LEVEL: { options: ['idempotency_level'] },
};

/** An option says what it said, or is not there again; what an edition makes of a feature is written where it counts. */
export const keepOption: ContractFix = {
  id: 'proto-keep-option',
  title: ({ option, before }) => (before === undefined ? `Keep ${option}` : `Set ${option} back to ${before}`),
  propose(finding, request) {
    const site = siteOf(finding, request);
    if ('refused' in site) return site;
    const subject = subjects[finding.peerRule ?? ''];
    if (subject === undefined) return fileOption(site, finding, request);
    const old = finding.related.find(({ place }) => place.side === 'before')?.place.span;
    for (const kind of ['field', 'method', 'enum', 'message'] as const) {
      if (!finding.rule.startsWith(`proto/${kind === 'method' ? 'rpc' : kind}-`)) continue;
      const before = old && innermost(site.before.file, old, kind);
      const after = innermost(site.after.file, finding.place.span, kind);
      if (before === undefined || after === undefined) break;
      const nodes = [
        nodeAt(site.before.syntax, before.element.span, kind)?.node,
        nodeAt(site.after.syntax, after.element.span, kind)?.node,
      ] as const;
      const edits = optionEdits(site, subject, nodes[0], nodes[1]);
      if (edits.length > 0) return editsIn(site, edits);
      const features = differing(subject, before.element.features, after.element.features);
      if (features.length === 0 || site.after.file.syntax !== 'editions' || nodes[1] === undefined) break;
      return editsIn(site, [...setAll(site.after.syntax, nodes[1], features), ...languageImports(site, features)]);
    }
    return { refused: 'What changed is not written here: look at the options and the edition of the file.' };
  },
};

type Written = ReturnType<typeof nodeAt> extends infer P ? (P extends { readonly node: infer N } ? N : never) : never;

function differing({ features = [] }: Subject, before: FeatureSet, after: FeatureSet): readonly Setting[] {
  return features.flatMap(([name, key]): readonly Setting[] => {
    const value = before[key];
    return value === undefined || value === after[key] ? [] : [[`features.${name}`, value]];
  });
}

/** Features of a language are declared in a file of their own. */
function languageImports({ after: { file, syntax } }: Site, features: readonly Setting[]): readonly Edit[] {
  const block = blockOf(syntax, undefined);
  const place = syntax.body.findLast(({ kind }) => kind === 'import' || kind === 'package' || kind === 'edition');
  return features.flatMap(([name]) => {
    const language = /^features\.\(pb\.(\w+)\)/.exec(name)?.[1];
    const path = `google/protobuf/${language}_features.proto`;
    if (language === undefined || block === undefined || file.imports.some((each) => each.path === path)) return [];
    return [insertAfter(block, place, `import "${path}";`)];
  });
}

function optionEdits(
  site: Site,
  { options, features = [] }: Subject,
  before: Written | undefined,
  after: Written | undefined,
): readonly Edit[] {
  if (before === undefined || after === undefined) return [];
  const areFeatures = site.after.file.syntax === 'editions' && site.before.file.syntax === 'editions';
  const names = [...options, ...(areFeatures ? features.map(([name]) => `features.${name}`) : [])];
  const settings = names.flatMap((name): readonly Setting[] => {
    const old = valueText(site.before.syntax, optionsIn(before), name);
    return old === valueText(site.after.syntax, optionsIn(after), name) ? [] : [[name, old]];
  });
  return setAll(site.after.syntax, after, settings);
}

function optionsIn(node: Written): readonly OptionNode[] {
  if (node.kind === 'field' || node.kind === 'value') return node.options;
  return bodyOf(node).filter((each): each is OptionNode => each.kind === 'option');
}

function valueText(
  { content: { text } }: ProtoSyntax,
  options: readonly OptionNode[],
  name: string,
): string | undefined {
  const value = options.findLast((option) => option.name.text === name)?.value;
  return value && text.slice(value.start, value.end);
}

function setAll(syntax: ProtoSyntax, node: Written, settings: readonly Setting[]): readonly Edit[] {
  switch (node.kind) {
    case 'field':
    case 'value':
      return withBracketOptions(syntax, node, settings);
    case 'message':
    case 'enum':
    case 'method':
      return settings.flatMap(([name, value]) => withStatementOption(syntax, node, name, value));
    default:
      return [];
  }
}

/** `FILE_SAME_GO_PACKAGE` is about `go_package`. */
function fileOption(site: Site, { rule }: ContractFinding, _request: CompareRequest): readonly TreeEdit[] | Refused {
  const name = rule.slice('proto/file-same-'.length).replaceAll('-', '_');
  const [old, now] = [site.before, site.after].map(({ syntax }) =>
    valueText(
      syntax,
      syntax.body.filter((each): each is OptionNode => each.kind === 'option'),
      name,
    ),
  );
  if (old === now) return { refused: 'The option says the same as before.' };
  return editsIn(site, withStatementOption(site.after.syntax, undefined, name, old));
}
