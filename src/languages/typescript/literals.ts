import type { Expression } from '../form.ts';
import { spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Lowering, textOf } from './lowering.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

function resolveEscape(escape: string): string {
  const rest = escape.slice(1);
  // A line that goes on in the next one.
  if (/^[\r\n\u2028\u2029]/.test(rest)) return '';
  const code = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\})$/.exec(rest);
  if (code) {
    const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    return point > 0x10ffff ? '' : String.fromCodePoint(point);
  }
  return ESCAPES[rest] ?? rest;
}

/** What stands between the quotes of a text, as the program sees it. */
export function cookedText(c: Lowering, node: Syntax): string {
  let cooked = '';
  for (const child of node.children) {
    if (child.kind === 'escape_sequence') cooked += resolveEscape(textOf(c, child));
    // An attribute of JSX may hold `&amp;`; it stays as it is written.
    else if (child.named) cooked += textOf(c, child);
  }
  return cooked;
}

export function lowerText(c: Lowering, node: Syntax): Expression {
  return { kind: 'text', value: cookedText(c, node), span: spanOf(node) };
}

/** Texts and values of a template by turns, without empty texts. */
export function templateParts(c: Lowering, node: Syntax): Expression[] {
  const parts: Expression[] = [];
  let cooked = '';
  let start = -1;
  let end = -1;
  const flush = (): void => {
    if (start >= 0) parts.push({ kind: 'text', value: cooked, span: [start, end] });
    cooked = '';
    start = -1;
  };
  for (const child of node.children) {
    if (child.kind === 'template_substitution') {
      flush();
      for (const inner of child.children) if (inner.named && inner.kind !== 'comment') parts.push(c.expression(inner));
    } else if (child.named) {
      if (start < 0) start = child.start;
      end = child.end;
      cooked += child.kind === 'escape_sequence' ? resolveEscape(textOf(c, child)) : textOf(c, child);
    }
  }
  flush();
  return parts;
}

export function lowerTemplate(c: Lowering, node: Syntax): Expression {
  const parts = templateParts(c, node);
  if (node.children.some(({ kind }) => kind === 'template_substitution'))
    return { kind: 'concat', parts, span: spanOf(node) };
  const [only] = parts;
  return { kind: 'text', value: only?.kind === 'text' ? only.value : '', span: spanOf(node) };
}

export function lowerNumber(c: Lowering, node: Syntax): Expression {
  const written = textOf(c, node).replaceAll('_', '');
  // `0777` of old scripts counts by eights; `10n` is a number as well.
  const value = /^0[0-7]+$/.test(written) ? Number.parseInt(written, 8) : Number(written.replace(/n$/, ''));
  return { kind: 'value', value, span: spanOf(node) };
}

export function lowerPattern(c: Lowering, node: Syntax): Expression {
  const part = (kind: string): string => {
    const found = node.children.find((child) => child.kind === kind);
    return found ? textOf(c, found) : '';
  };
  return { kind: 'pattern', source: part('regex_pattern'), flags: part('regex_flags'), span: spanOf(node) };
}
