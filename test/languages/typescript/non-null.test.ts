import { beforeAll, describe, expect, it } from 'vitest';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';
import type { Syntax } from '../../../src/languages/syntax-node.ts';

beforeAll(async () => await loadGrammars(['typescript']));

/** Each operation in parentheses; `!` of TypeScript is left out. */
function print({ kind, named, start, end, children }: Syntax, text: string): string {
  if (kind === 'non_null_expression' || kind === 'parenthesized_expression')
    return children
      .filter((child) => child.named)
      .map((child) => print(child, text))
      .join('');
  if (children.length === 0 || !named) return text.slice(start, end);
  const inner = children.map((child) => print(child, text)).join(' ');
  return /^(?:binary|unary|ternary|assignment)_expression$/.test(kind) ? `(${inner})` : inner;
}

function read(text: string): string {
  const { root, errors } = readSyntax('typescript', text);
  expect(errors).toBe(0);
  return print(root, text);
}

describe('the `!` behind a name', () => {
  it.each([
    'a + b!.c',
    'a && b!.c',
    '!a!.b',
    'typeof a!.b',
    '-a!.b!.c',
    'a + b!',
    'a < b! && c',
    'a + b![0].d(e)',
    'a + b!.c`x`',
    'a!.b!.c + d!.e',
    'a || b! || c!.d',
    'a + b!?.c',
    'a && b!.c === d',
    'a === b!.c && d && e!.f > 1 || g',
    '!f.g(h) || !i.j!.k',
    'a + b ** c!.d ** e - f',
    'a * (b + c)!.d + e',
    'x ? a + b!.c : d && e!.f',
    'f(a + b!.c, !d!.e, (g) => g + h!.i)',
    'a instanceof b!.c || d',
    'a = b & c!.d | e ^ f << g!.h',
  ])('belongs to the name alone: %s', (text) => {
    expect(read(text)).toBe(
      read(text.replaceAll('!', (sign, at: number) => (/[\w\])]/.test(text[at - 1] ?? '') ? '' : sign))),
    );
  });

  it('keeps the places', () => {
    const text = 'const name = folder + file!.name;';
    const { root } = readSyntax('typescript', text);
    const all = (node: Syntax): Syntax[] => [node, ...node.children.flatMap(all)];
    const textOf = (kind: string) =>
      all(root)
        .filter((one) => one.kind === kind)
        .map((one) => text.slice(one.start, one.end));
    expect([textOf('binary_expression'), textOf('member_expression')]).toEqual([
      ['folder + file!.name'],
      ['file!.name'],
    ]);
  });
});
