import type { MessageArgs } from '../model/finding.ts';
import { withoutMarks } from '../text/stand-in.ts';

/** `{name}` becomes the argument; an argument that is missing stays visible, so that a test finds it. */
export function renderMessage(template: string, args: MessageArgs): string {
  return template.replace(/\{([a-zA-Z0-9]+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : withoutMarks(String(value));
  });
}
