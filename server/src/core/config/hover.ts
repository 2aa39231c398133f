import type { HoverInfo } from '../service.ts';
import { shapeAt } from './cursor.ts';

export function hoverConfig(text: string, offset: number): HoverInfo | undefined {
  const found = shapeAt(text, offset);
  if (found === undefined) return undefined;
  const values =
    found.shape.kind === 'enum' ? `\n\nOne of ${found.shape.values.map((value) => `\`${value}\``).join(', ')}.` : '';
  return { span: found.span, markdown: `**${found.key}**: ${found.shape.description}${values}` };
}
