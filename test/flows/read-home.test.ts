import { expect, it } from 'vitest';
import { readHome } from '../../src/flows/program/read-home.ts';

it('keeps the form of files that are used again and again, and forgets those that are not', async () => {
  const used = ['src/used.ts', 'export const a = 1;\n'] as const;
  const first = await readHome(...used);
  const large = Array.from({ length: 6 }, (_, index) => [`src/${index}.ts`, `// ${'x'.repeat(1_000_000)}\n`] as const);
  const unused = await readHome('src/0.ts', large[0]?.[1] ?? '');
  for (const [path, text] of large) {
    await readHome(path, text);
    expect(await readHome(...used)).toBe(first);
  }
  expect(await readHome('src/0.ts', large[0]?.[1] ?? '')).not.toBe(unused);
  expect(await readHome(used[0], 'export const a = 2;\n')).not.toBe(first);
});

it('puts blanks in place of comments, and of texts of Python that are statements of their own', async () => {
  const text = [
    '"""Says limit."""',
    'def f(a):',
    "    'a limit'  # and a limit",
    '    """With a',
    '    limit."""',
    "    b = 'kept'",
    '    f"{g()}"',
    "    return a, 'kept'",
    '',
  ].join('\n');
  const home = await readHome('src/doc.py', text);
  expect(home?.text.split('\n').map((line) => line.trimEnd())).toEqual([
    '',
    'def f(a):',
    '',
    '',
    '',
    "    b = 'kept'",
    '    f"{g()}"',
    "    return a, 'kept'",
    '',
  ]);
  expect(home?.text.length).toBe(text.length);
  expect((await readHome('src/doc.ts', "'use strict';\nf();\n"))?.text).toBe("'use strict';\nf();\n");
});
