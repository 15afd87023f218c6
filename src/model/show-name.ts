import { maskName } from '../secrets/mask-text.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** A name is a stranger's text as well: it stands on one line, and nothing in it is hidden. */
export function showName(name: string): string {
  return escapeInvisible(maskName(name).replaceAll('\n', '\\n'));
}
