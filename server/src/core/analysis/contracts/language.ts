import { formatOfFile } from '../../contracts/formats/index.ts';
import type { ContractLanguage, Cursor, Refused, TreeEdit, TreePlace } from '../../contracts/language.ts';
import type { Side } from '../../contracts/tree.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath } from '../../model/text.ts';
import { emptyProposal, refuse } from '../../rules/fix.ts';
import type { Completion, HoverInfo, Place, Renameable, SymbolInfo, Token } from '../../service.ts';
import type { World } from '../world.ts';
import { baselineText, contractAt } from './check.ts';
import { type ContractState, fileOf, keyOf, requestOf } from './state.ts';

/** A cursor in a contract, with what its format can do for editors. */
interface Opened {
  readonly state: ContractState;
  readonly language: ContractLanguage;
  readonly path: string;
}

/** Undefined: the file is no contract, and another part of the engine answers. */
function open(world: World, path: FilePath): Opened | undefined {
  const state = contractAt(world, path);
  const key = state === undefined ? undefined : keyOf(state, path);
  const language = state?.format.language;
  return state === undefined || key === undefined || language === undefined
    ? undefined
    : { state, language, path: key };
}

function cursor({ state, path }: Opened, offset: number): Cursor {
  return { tree: state.after, path, offset };
}

function placesOf({ state }: Opened, places: readonly TreePlace[]): readonly Place[] {
  return places.map(({ path, span }) => ({ path: fileOf(state, path), span }));
}

export function contractHover(world: World, path: FilePath, offset: number): HoverInfo | undefined {
  const opened = open(world, path);
  if (opened === undefined) return undefined;
  return opened.language.hover(cursor(opened, offset), requestOf(opened.state));
}

export function contractDefinition(world: World, path: FilePath, offset: number): readonly Place[] {
  const opened = open(world, path);
  return opened === undefined ? [] : placesOf(opened, opened.language.definition(cursor(opened, offset)));
}

export function contractReferences(
  world: World,
  path: FilePath,
  offset: number,
  withDeclaration: boolean,
): readonly Place[] {
  const opened = open(world, path);
  return opened === undefined
    ? []
    : placesOf(opened, opened.language.references(cursor(opened, offset), withDeclaration));
}

export function contractSymbols(world: World, path: FilePath): readonly SymbolInfo[] {
  const opened = open(world, path);
  return opened === undefined ? [] : opened.language.symbols(opened.state.after, opened.path);
}

export function contractCompletions(world: World, path: FilePath, offset: number): readonly Completion[] {
  const opened = open(world, path);
  return opened === undefined ? [] : opened.language.complete(cursor(opened, offset));
}

export function contractTokens(world: World, path: FilePath, side: Side): readonly Token[] {
  if (side === 'before') {
    const old = baselineText(world, path);
    return old === undefined ? [] : (formatOfFile(path)?.language?.tokens(old) ?? []);
  }
  const opened = open(world, path);
  const content = opened?.state.after.get(opened.path);
  return opened === undefined || content === undefined ? [] : opened.language.tokens(content);
}

export function contractRenameable(world: World, path: FilePath, offset: number): Renameable | Refusal {
  const opened = open(world, path);
  if (opened === undefined) return refuse('Only names in contracts can be renamed.');
  const found = opened.language.renameable(cursor(opened, offset));
  return 'refused' in found ? refuse(found.refused) : { kind: 'renameable', ...found };
}

/** Every edit is shown before it is made: a new name breaks whoever uses the old one. */
export function contractRename(world: World, path: FilePath, offset: number, name: string): Proposal | Refusal {
  const opened = open(world, path);
  if (opened === undefined) return refuse('Only names in contracts can be renamed.');
  return proposalOf(opened.state, opened.language.rename(cursor(opened, offset), name), `Rename to ${name}`);
}

export function proposalOf(
  state: ContractState,
  edits: readonly TreeEdit[] | Refused,
  label: string,
): Proposal | Refusal {
  if ('refused' in edits) return refuse(edits.refused);
  const isThere = ({ path }: TreeEdit): boolean => state.after.has(path);
  return {
    ...emptyProposal(),
    creates: edits
      .filter((edit) => !isThere(edit))
      .map(({ path, newText, label: own }) => ({
        path: fileOf(state, path),
        role: 'contract',
        text: newText,
        transactional: true,
        label: own ?? label,
      })),
    deletes: edits.filter(({ deletes }) => deletes).map(({ path }) => fileOf(state, path)),
    edits: edits
      .filter((edit) => isThere(edit) && !edit.deletes)
      .map((edit) => ({
        path: fileOf(state, edit.path),
        span: edit.span,
        newText: edit.newText,
        label: edit.label ?? label,
      })),
  };
}
