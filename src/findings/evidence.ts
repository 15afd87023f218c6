import { cutText } from '../text/cut-text.ts';

interface Split {
  text: string;
  lines: readonly string[];
}
let last: Split | undefined;
let other: Split | undefined;

/**
 * The lines of a text. Those of the last two are kept, a file before and after its change: ten thousand findings in it must not split
 * it ten thousand times.
 */
export function splitLines(text: string): readonly string[] {
  if (last?.text === text) return last.lines;
  [last, other] = [other?.text === text ? other : { text, lines: text.split('\n') }, last];
  return last.lines;
}

/** The lines `start`..`end` (1-based, inclusive) of a text, without line ends; at most `most` lines. */
export function quoteLines(text: string, start: number, end: number, most = 12): string {
  return splitLines(text)
    .slice(start - 1, Math.min(end, start - 1 + most))
    .map((line) => line.replace(/\r$/, ''))
    .join('\n');
}

/** The first lines of a node's text, as many as its evidence has: a change further down is no other finding. */
export function clipSnippet(text: string, most = 12): string {
  return text.split('\n', most).join('\n');
}

/**
 * Fills `{{NAME}}` of a rule's text. `quoted` writes the values that stand in code quotes. An unknown name is a defect of the rule and
 * throws; the rule's examples find it.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  quoted: (value: string) => string = (value) => value,
): string {
  return template
    .replace(/\{\{(\w+)\}\}/g, (_, name: string, at: number) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the text names {{${name}}}, which the match does not give`);
      const before = template.slice(template.lastIndexOf('\n', at) + 1, at);
      return before.split('`').length % 2 === 0 ? quoted(value) : value;
    })
    .trim();
}

/** Code inside a sentence: one line, at most 60 characters, no backtick that could close the quotation. */
export function inlineCode(code: string): string {
  return cutText(oneLine(code), 60, '…');
}

/** One line of code, without a backtick that could close its quotation. */
export function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
}
