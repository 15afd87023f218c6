import { betweenBrackets } from '../text/closing-of.ts';
import { splitList } from '../text/split-list.ts';

/** A function of Go by its text. */
export interface GoFunction {
  name: string;
  /** A method: it is called on something. */
  isMethod: boolean;
  parameters: readonly string[];
  /** Its text from `func` on, as far as the line that is asked about. */
  text: string;
}

/** The function around a line, which counts from 1; null: there is none, or its head is unusual. */
export function goFunctionAround(lines: readonly string[], line: number): GoFunction | null {
  const from = lines.slice(0, line).findLastIndex((one) => /^func\b/.test(one));
  const text = lines.slice(from, line).join('\n');
  const head = from < 0 ? null : /^func\s+(\([^()]*\)\s*)?(\w+)\s*\(/.exec(text);
  const listed = head && betweenBrackets(text, head[0].length - 1);
  if (!head || listed === null || lines.slice(from, line - 1).some((one) => one.startsWith('}'))) return null;
  const parameters = splitList(listed).map(({ text: one }) =>
    one.includes('...') ? '' : (/^\w+/.exec(one)?.[0] ?? ''),
  );
  return { name: head[2] ?? '', isMethod: head[1] !== undefined, parameters, text };
}
