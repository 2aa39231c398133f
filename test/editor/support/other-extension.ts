import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** An extension of somebody else, as a .vsix below `folder`: none for these languages can be fetched from a registry. */
export interface OtherExtension {
  readonly publisher: string;
  readonly name: string;
  readonly language: string;
  readonly ending: string;
  /** It has code, which answers with these words. Without, it only declares the language. */
  readonly says?: string;
}

export function pack(folder: string, { publisher, name, language, ending, says }: OtherExtension): string {
  const source = join(folder, name);
  mkdirSync(source, { recursive: true });
  const manifest = {
    name,
    publisher,
    version: '1.0.0',
    engines: { vscode: '^1.90.0' },
    contributes: { languages: [{ id: language, extensions: [ending] }] },
    ...(says === undefined
      ? {}
      : { main: './main.js', activationEvents: [`onLanguage:${language}`, 'onStartupFinished'] }),
  };
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(source, 'README.md'), `${name}\n`);
  if (says !== undefined) writeFileSync(join(source, 'main.js'), code(ending, says));
  const vsix = join(folder, `${name}.vsix`);
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@vscode/vsce/vsce'),
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--skip-license',
      '--out',
      vsix,
    ],
    { cwd: source, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  return vsix;
}

const code = (ending: string, says: string) => `
const vscode = require('vscode');
const selector = { pattern: '**/*${ending}' };
exports.activate = ({ subscriptions }) => {
  const { languages, CompletionItem, DocumentSymbol, Hover, Range, SymbolKind } = vscode;
  const whole = new Range(0, 0, 0, 1);
  subscriptions.push(
    languages.registerCompletionItemProvider(selector, { provideCompletionItems: () => [new CompletionItem('${says}')] }),
    languages.registerHoverProvider(selector, { provideHover: () => new Hover('${says}') }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: () => [new DocumentSymbol('${says}', '', SymbolKind.Class, whole, whole)],
    }),
  );
};
`;
