import { Range, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata } from 'vscode';
import type * as lsp from 'vscode-languageclient';

/**
 * The server's edit as VS Code's. A file that is created gets its text with its creation: as a text edit on a file that
 * nobody has open, it could not be undone once VS Code has saved it, and an undo would stop halfway.
 */
export function toWorkspaceEdit({ documentChanges = [], changeAnnotations = {} }: lsp.WorkspaceEdit): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const metadata = (id: string | undefined): WorkspaceEditEntryMetadata | undefined => {
    const annotation = id === undefined ? undefined : changeAnnotations[id];
    if (annotation === undefined) return undefined;
    return { label: annotation.label, needsConfirmation: annotation.needsConfirmation === true };
  };
  const texts = initialTexts(documentChanges);
  for (const change of documentChanges) {
    if ('edits' in change) {
      if (texts.has(change.textDocument.uri)) continue;
      for (const each of change.edits)
        if ('newText' in each)
          edit.replace(
            Uri.parse(change.textDocument.uri),
            rangeOf(each.range),
            each.newText,
            metadata(annotationOf(each)),
          );
      continue;
    }
    switch (change.kind) {
      case 'create': {
        const contents = new TextEncoder().encode(texts.get(change.uri) ?? '');
        edit.createFile(Uri.parse(change.uri), { ...change.options, contents }, metadata(change.annotationId));
        break;
      }
      case 'rename':
        edit.renameFile(
          Uri.parse(change.oldUri),
          Uri.parse(change.newUri),
          change.options,
          metadata(change.annotationId),
        );
        break;
      case 'delete':
        edit.deleteFile(Uri.parse(change.uri), change.options, metadata(change.annotationId));
        break;
      default: {
        const never: never = change;
        return never;
      }
    }
  }
  return edit;
}

/** uri of a created file -> what it starts with. */
function initialTexts(changes: NonNullable<lsp.WorkspaceEdit['documentChanges']>): ReadonlyMap<string, string> {
  const created = new Set(
    changes.flatMap((change) => ('kind' in change && change.kind === 'create' ? [change.uri] : [])),
  );
  const texts = new Map<string, string>();
  for (const change of changes) {
    if (!('edits' in change) || !created.has(change.textDocument.uri)) continue;
    texts.set(change.textDocument.uri, change.edits.map((each) => ('newText' in each ? each.newText : '')).join(''));
  }
  return texts;
}

function annotationOf(edit: lsp.TextEdit | lsp.AnnotatedTextEdit): string | undefined {
  return 'annotationId' in edit ? edit.annotationId : undefined;
}

function rangeOf({ start, end }: lsp.Range): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
