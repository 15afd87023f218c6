/** What stands between brackets, of which the first is at `open`; null: they do not close within what is looked at. */
export function betweenBrackets(text: string, open: number, most: number = 2000): string | null {
  let depth = 0;
  let quote = '';
  for (let at = open; at < Math.min(text.length, open + most); at += 1) {
    const one = text.charAt(at);
    if (quote !== '') {
      if (one === '\\' && quote !== '`') at += 1;
      else if (one === quote) quote = '';
    } else if (one === '"' || one === '`' || one === "'") quote = one;
    else if ('([{'.includes(one)) depth += 1;
    else if (')]}'.includes(one)) {
      depth -= 1;
      if (depth === 0) return text.slice(open + 1, at);
    }
  }
  return null;
}

/** The parts of a list that commas divide, without those inside of brackets and texts. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if ('([{'.includes(one)) at += (betweenBrackets(text, at) ?? '').length + 1;
    else if (one === '"' || one === '`') at = Math.max(at, text.indexOf(one, at + 1));
    else if (one === ',') {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== '');
}

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
  const parameters = splitList(listed).map((one) => (one.includes('...') ? '' : (/^\w+/.exec(one)?.[0] ?? '')));
  return { name: head[2] ?? '', isMethod: head[1] !== undefined, parameters, text };
}
