import type { ChangeOf } from '../change.ts';
import { settingKey } from '../keys.ts';
import { pathOf } from '../search-path.ts';
import type { Editor } from './editor.ts';

/**
 * `ALTER ROLE r SET ...`, `ALTER DATABASE d SET ...`: which sessions begin so is not known here. With another search path,
 * what stands behind it may be made in schemas of which this history does not tell.
 */
export function setBeginning(editor: Editor, { options }: ChangeOf<'ChangeObject'>): void {
  const said = options?.begins as { readonly name: string; readonly value: string } | undefined;
  if (said === undefined || /^(default|0)$/i.test(said.value)) return;
  if (said.name !== 'search_path') return editor.taint(settingKey(said.name));
  const { initialSearchPath } = editor.catalog;
  if (pathOf(said.value).join() !== initialSearchPath.join()) editor.taint('*');
}
