import type { Expression } from '../form.ts';
import { SIMPLE_ESCAPES } from '../simple-escapes.ts';
import { spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type Scope, textOf } from './scope.ts';

export function lowerNumber(node: Syntax, scope: Scope): Expression {
  return { kind: 'value', value: readNumber(textOf(node, scope)), span: spanOf(node) };
}

function readNumber(written: string): number {
  // A complex number by its figure, the long integers and octals of Python 2.
  const plain = written.replace(/_/g, '').replace(/(?<!^0x.*)[jl]$/i, '');
  return Number(/^0\d+$/.test(plain) ? `0o${plain}`.replace(/^0o0*(?=\d)/, '0o') : plain);
}

/** A text; an f-string is put together of texts and values. */
export function lowerString(node: Syntax, scope: Scope): Expression {
  const parts = stringParts(node, scope);
  if (parts.every((part) => part.kind === 'text')) {
    return { kind: 'text', value: parts.map(({ value }) => value).join(''), span: spanOf(node) };
  }
  return { kind: 'concat', parts, span: spanOf(node) };
}

/** Strings side by side are one. */
export function lowerStrings(node: Syntax, scope: Scope): Expression {
  const all = node.children.filter(({ kind }) => kind === 'string').map((one) => lowerString(one, scope));
  if (all.every((one) => one.kind === 'text')) {
    return { kind: 'text', value: all.map(({ value }) => value).join(''), span: spanOf(node) };
  }
  const parts = all.flatMap((one) => (one.kind === 'concat' ? one.parts : [one]));
  return { kind: 'concat', parts, span: spanOf(node) };
}

function stringParts(node: Syntax, scope: Scope): Expression[] {
  const parts: Expression[] = [];
  for (const child of node.children) {
    if (child.kind === 'string_content')
      parts.push({ kind: 'text', value: contentOf(child, scope), span: spanOf(child) });
    else if (child.kind === 'interpolation') parts.push(...lowerInterpolation(child, scope));
  }
  return parts;
}

/** `{x}`, `{x!r:>{width}}`, `{x=}`. */
function lowerInterpolation(node: Syntax, scope: Scope): Expression[] {
  const parts: Expression[] = [];
  let format: Expression[] = [];
  const isNamed = node.children.some(({ kind }) => kind === '=');
  const isConverted = node.children.some(({ kind }) => kind === 'type_conversion');
  for (const child of node.children) {
    if (child.field === 'expression') parts.push(scope.file.expression(child, scope));
    else if (child.kind === 'type_conversion') convert(parts, child, scope);
    else if (child.kind === 'format_specifier') {
      format = formatParts(child, scope);
      if (NUMERIC.test(textOf(child, scope))) callLast(parts, 'float');
    } else if (child.kind === '=') {
      const written = scope.file.text.slice(node.start + 1, child.end);
      parts.unshift({ kind: 'text', value: written, span: [node.start + 1, child.end] });
    }
  }
  // Without a format or `!s` it is the `repr`.
  if (isNamed && !isConverted && format.length === 0) callLast(parts, 'repr');
  const last = parts.at(-1);
  if (last && format.length > 0)
    parts[parts.length - 1] = { kind: 'other', parts: [last, ...format], span: spanOf(node) };
  return parts;
}

/** `:d`, `:.2f`: any text would throw. */
const NUMERIC = /[bcdeEfFgGnoxX%]$/;

/** `{x!r}` is `repr(x)`. */
function convert(parts: Expression[], node: Syntax, scope: Scope): void {
  if (textOf(node, scope) === '!r') callLast(parts, 'repr');
}

function callLast(parts: Expression[], name: string): void {
  const last = parts.at(-1);
  if (!last) return;
  const of: Expression = { kind: 'name', name, span: last.span };
  parts[parts.length - 1] = {
    kind: 'call',
    of,
    arguments: [{ name: null, value: last }],
    made: false,
    span: last.span,
  };
}

function formatParts(node: Syntax, scope: Scope): Expression[] {
  return node.children.flatMap((child) => {
    if (child.field === 'expression') return [scope.file.expression(child, scope)];
    return child.named ? formatParts(child, scope) : [];
  });
}

function contentOf(node: Syntax, scope: Scope): string {
  const { text } = scope.file;
  if (node.children.length === 0) return text.slice(node.start, node.end);
  let value = '';
  let at = node.start;
  for (const { kind, start, end } of node.children) {
    value += text.slice(at, start);
    const written = text.slice(start, end);
    value += kind === 'escape_interpolation' ? written[0] : kind === 'escape_sequence' ? readEscape(written) : written;
    at = end;
  }
  return value + text.slice(at, node.end);
}

function readEscape(written: string): string {
  const mark = written[1] ?? '';
  const known = SIMPLE_ESCAPES[mark];
  if (known !== undefined) return known;
  if (mark === '\n' || mark === '\r') return '';
  if (/[xuU]/.test(mark)) return fromCode(Number.parseInt(written.slice(2), 16), written);
  if (/[0-7]/.test(mark)) return fromCode(Number.parseInt(written.slice(1), 8), written);
  // A character by its name (`\N{BULLET}`): we have no table of them.
  return mark === 'N' ? '\uFFFD' : mark;
}

function fromCode(code: number, written: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : written;
}
