import { maskName } from '../secrets/mask-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import type { Context } from './context.ts';

/** Pieces as the reviewer reads them, each with its place and why it is there, and what is left out. */
export function showContext({ pieces, left }: Context, nonce: string): string {
  const parts = pieces.map(({ role, path, side, startLine, text, because }) => {
    const rows = text
      .split('\n')
      .map((line, index) => ` ${String(startLine + index).padStart(5)} | ${line.replace(/\r$/, '')}`);
    const head = `path=${quote(path)} side="${side}" role="${role}" because=${quote(because)}`;
    return `<context-${nonce} ${head}>\n${escapeInvisible(rows.join('\n'))}\n</context-${nonce}>`;
  });
  if (left.length > 0)
    parts.push(
      `<left-out-${nonce}>\n${escapeInvisible(maskName(left.map((one) => `- ${one.replace(/\s+/g, ' ')}`).join('\n')))}\n</left-out-${nonce}>`,
    );
  return parts.join('\n\n');
}

function quote(text: string): string {
  return JSON.stringify(escapeInvisible(maskName(text)));
}
