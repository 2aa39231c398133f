import type { Recipe } from './recipe.ts';
import { addRequiredColumn } from './recipes/add-required-column.ts';
import { changeColumnType } from './recipes/change-column-type.ts';
import { dropColumn } from './recipes/drop-column.ts';
import { renameColumn } from './recipes/rename-column.ts';
import { setNotNull } from './recipes/set-not-null.ts';

/** Every expand/contract operation. A new one is a file and a line here. */
export const recipes: readonly Recipe[] = [renameColumn, addRequiredColumn, setNotNull, changeColumnType, dropColumn];

export function recipeFor(operation: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.operation === operation);
}
