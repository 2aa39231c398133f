import type {
  CodeActionKind,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  Location,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Files } from '#core/migrations/tool.ts';
import type { ReportedFinding, Severity } from '#core/model/finding.ts';
import type { Proposal, ProposedEdit } from '#core/model/proposal.ts';
import type { FileContent, FilePath, Span } from '#core/model/text.ts';
import type { ActionOffer, Completion, Place, SymbolInfo } from '#core/service.ts';
import { type LineIndex, lineIndex } from '#core/text/positions.ts';
import { toUri } from '#host/paths.ts';

/** The one file that knows both the core's values and LSP's. Everything that leaves is made here. */
export interface Converter {
  range(path: FilePath, span: Span): Range;
  position(path: FilePath, offset: number): Position;
  offset(path: FilePath, position: Position): number;
  diagnostic(finding: ReportedFinding): Diagnostic;
  location(place: Place): Location;
  symbol(path: FilePath, symbol: SymbolInfo): DocumentSymbol;
  completion(path: FilePath, completion: Completion): CompletionItem;
  edit(proposal: Proposal): WorkspaceEdit;
}

/** Texts of the baseline, and whether the client can show them. */
export interface Baseline {
  readonly get: (path: FilePath) => FileContent | undefined;
  readonly uri: ((path: FilePath) => string) | undefined;
}

const noBaseline: Baseline = { get: () => undefined, uri: undefined };

export function converter(files: Files, baseline: Baseline = noBaseline): Converter {
  const lines = (path: FilePath): LineIndex => linesOf(files, path);
  const range = (path: FilePath, span: Span): Range => ({
    start: lines(path).position(span.start),
    end: lines(path).position(span.end),
  });
  const uris = new Map<FilePath, string>();
  const uriOf = (path: FilePath): string => {
    const uri = uris.get(path) ?? toUri(path);
    uris.set(path, uri);
    return uri;
  };
  const location = ({ path, span }: Place): Location => ({ uri: uriOf(path), range: range(path, span) });
  /** A place in an old text; where the client cannot open that, the place of the finding. */
  const old = ({ path, span }: Place, finding: ReportedFinding): Location => {
    const content = baseline.get(path);
    if (baseline.uri === undefined || content === undefined) return location(finding);
    const index = indexOf(content);
    return { uri: baseline.uri(path), range: { start: index.position(span.start), end: index.position(span.end) } };
  };
  const symbol = (path: FilePath, each: SymbolInfo): DocumentSymbol => ({
    name: each.name === '' ? each.detail : each.name,
    detail: each.detail,
    kind: symbolKinds[each.kind],
    range: range(path, each.span),
    selectionRange: range(path, each.nameSpan),
    children: each.children.map((child) => symbol(path, child)),
  });
  return {
    range,
    location,
    symbol,
    position: (path, offset) => lines(path).position(offset),
    offset: (path, position) => lines(path).offset(position),
    diagnostic: (finding) => ({
      range: range(finding.path, finding.head ?? finding.span),
      severity: severities[finding.severity],
      source: 'schemaward',
      code: finding.rule,
      codeDescription: { href: finding.docs },
      message: finding.message,
      ...(finding.tags === undefined || finding.tags.length === 0
        ? {}
        : { tags: finding.tags.map((tag) => (tag === 'unnecessary' ? 1 : 2)) }),
      ...(finding.relatedPlaces.length === 0
        ? {}
        : {
            relatedInformation: finding.relatedPlaces.map((each) => ({
              location: each.side === undefined ? location(each) : old(each, finding),
              message: each.message,
            })),
          }),
      data: { fingerprint: finding.fingerprint },
    }),
    completion: (path, { label, kind, detail, documentation, replace, insert, also = [] }) => ({
      label,
      kind: completionKinds[kind],
      detail,
      documentation,
      textEdit: { range: range(path, replace), newText: insert },
      additionalTextEdits: also.map(({ span, newText }) => ({ range: range(path, span), newText })),
    }),
    edit: (proposal) => workspaceEdit(proposal, files, range),
  };
}

const indexes = new WeakMap<object, LineIndex>();

function linesOf(files: Files, path: FilePath): LineIndex {
  const content = files.get(path);
  return content === undefined ? lineIndex('') : indexOf(content);
}

function indexOf(content: FileContent): LineIndex {
  const known = indexes.get(content) ?? editorLines(content.text);
  indexes.set(content, known);
  return known;
}

/** An editor takes the byte order mark off: its first line begins behind it. */
function editorLines(text: string): LineIndex {
  if (!text.startsWith('\ufeff')) return lineIndex(text);
  const index = lineIndex(text.slice(1));
  return {
    lineCount: index.lineCount,
    position: (offset) => index.position(offset - 1),
    offset: (position) => index.offset(position) + 1,
  };
}

/**
 * Creates first, then edits, renames and deletes, each with its annotation: a failed create is not rolled back by the
 * client, and an edit must not be left pointing at a file that was not made.
 */
function workspaceEdit(proposal: Proposal, files: Files, range: (path: FilePath, span: Span) => Range): WorkspaceEdit {
  const annotations: NonNullable<WorkspaceEdit['changeAnnotations']> = {};
  const annotate = (label: string, needsConfirmation: boolean): string => {
    annotations[label] ??= { label, needsConfirmation };
    return label;
  };
  const changes: NonNullable<WorkspaceEdit['documentChanges']> = [];
  for (const { path, text, label, role } of proposal.creates) {
    // The contract is the part that a person must want: it opens the preview, unticked.
    const annotationId = annotate(label, role === 'draft');
    const uri = toUri(path);
    const start = { line: 0, character: 0 };
    changes.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false }, annotationId });
    changes.push({
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text, annotationId }],
    });
  }
  for (const [path, edits] of byPath([...proposal.edits, ...proposal.configEdits])) {
    const uri = toUri(path);
    const annotated = edits.map((each) => ({
      range: range(path, each.span),
      newText: each.newText,
      annotationId: annotate(each.label, false),
    }));
    if (!files.has(path))
      changes.push({
        kind: 'create',
        uri,
        options: { ignoreIfExists: true },
        annotationId: annotate(edits[0]?.label ?? '', false),
      });
    changes.push({ textDocument: { uri, version: null }, edits: annotated });
  }
  for (const { from, to, label } of proposal.renames) {
    changes.push({ kind: 'rename', oldUri: toUri(from), newUri: toUri(to), annotationId: annotate(label, false) });
  }
  for (const path of proposal.deletes) {
    changes.push({
      kind: 'delete',
      uri: toUri(path),
      options: { ignoreIfNotExists: true },
      annotationId: annotate('Delete what has moved', false),
    });
  }
  return { documentChanges: changes, changeAnnotations: annotations };
}

/** For a client that knows neither resource operations nor annotations: plain edits, and only when nothing else is needed. */
export function plainEdit(proposal: Proposal, range: (path: FilePath, span: Span) => Range): WorkspaceEdit | undefined {
  if (proposal.creates.length + proposal.renames.length + proposal.deletes.length > 0) return undefined;
  const changes: Record<string, TextEdit[]> = {};
  for (const { path, span, newText } of [...proposal.edits, ...proposal.configEdits]) {
    const uri = toUri(path);
    changes[uri] = [...(changes[uri] ?? []), { range: range(path, span), newText }];
  }
  return { changes };
}

export const FIX_ALL = 'source.fixAll.schemaward';

/** Below `quickfix` each has a kind of its own, so that a key can be bound to it; a plan answers a finding as a fix does. */
export function actionKind({ kind }: ActionOffer): CodeActionKind {
  if (kind === 'promote' || kind === 'evolve' || kind === 'translate') return 'refactor.rewrite';
  if (kind === 'fix-all') return FIX_ALL;
  return kind === 'fix' ? 'quickfix' : `quickfix.${kind}`;
}

function byPath(edits: readonly ProposedEdit[]): ReadonlyMap<FilePath, readonly ProposedEdit[]> {
  const grouped = new Map<FilePath, ProposedEdit[]>();
  for (const edit of edits) grouped.set(edit.path, [...(grouped.get(edit.path) ?? []), edit]);
  return grouped;
}

const severities: Readonly<Record<Severity, 1 | 2 | 3 | 4>> = { error: 1, warning: 2, info: 3, hint: 4 };

/** Numbers of LSP's CompletionItemKind; messages and fields have the signs that the outline gives them. */
const completionKinds: Readonly<Record<Completion['kind'], NonNullable<CompletionItem['kind']>>> = {
  keyword: 14,
  message: 22,
  enum: 13,
  'enum-member': 20,
  property: 10,
  value: 12,
  file: 17,
  namespace: 9,
  snippet: 15,
};

/** Numbers of LSP's SymbolKind. */
const symbolKinds: Readonly<Record<SymbolInfo['kind'], DocumentSymbol['kind']>> = {
  table: 23,
  column: 8,
  index: 20,
  constraint: 14,
  view: 11,
  function: 12,
  type: 10,
  statement: 25,
  package: 4,
  message: 23,
  field: 8,
  enum: 10,
  'enum-member': 22,
  service: 11,
  method: 6,
};
