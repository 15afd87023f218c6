import { describe, expect, it } from 'vitest';
import { outlineText } from '../../src/analysis/outline/outline-text.ts';
import type { SelectedFile } from '../../src/change/selected-file.ts';
import type { FileKind } from '../../src/change/source-file.ts';
import { showFile } from '../../src/context/show-file.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

function show(
  base: string,
  head: string,
  {
    path = 'src/a.ts',
    kind = 'typescript',
    mostChars = 1e9,
  }: { path?: string; kind?: FileKind; mostChars?: number } = {},
): string[] {
  const file: SelectedFile = { path, kind, text: maskText(head), hunks: diffTexts(base, head) };
  return (showFile(file, 'N', { outline: outlineText(path, head), mostChars }) ?? '').split('\n').slice(1, -1);
}

const filler = (name: string, lines: number): string =>
  `function ${name}() {\n${Array.from({ length: lines }, (_, index) => `  step${index}();\n`).join('')}}\n`;

describe('a changed file as it is shown', () => {
  it('shows removed lines where they stood, with the numbers of the base', () => {
    expect(show('a();\ncheck();\nb();\n', 'a();\nb();\n')).toEqual([
      '     1 | a();',
      '-    2 | check();',
      '     2 | b();',
      '       (end of the file: 2 lines)',
    ]);
  });

  it('shows the changed function whole, the head of its class, the imports it uses, and names what is left out', () => {
    const head = `import { used } from './used.ts';\nimport { other } from './other.ts';\n${filler('before', 60)}class Orders {\n  constructor(private db: Db) {}\n${filler('x', 40).replace('function x', '  far')}  pay() {\n    used();\n${'    keep();\n'.repeat(30)}  }\n}\n${filler('after', 60)}`;
    const rows = show(head.replace('    used();\n', ''), head);
    expect(rows).toContain("     1 | import { used } from './used.ts';");
    expect(rows.join('\n')).not.toContain('./other.ts');
    expect(rows).toContain('    65 | class Orders {');
    expect(rows).toContain('    66 |   constructor(private db: Db) {}');
    expect(rows).toContain('+  110 |     used();');
    expect(rows.filter((row) => row.includes('keep()'))).toHaveLength(30);
    expect(rows).toContain('       … lines 67–108 not shown (far) …');
    expect(rows).toContain('       … lines 142–204 not shown (after) …');
    expect(rows.at(-1)).toBe('       (end of the file: 204 lines)');
  });

  it('shows a block that was indented anew as such, and not as a rewrite', () => {
    expect(show('f() {\n  a();\n  b();\n}\n', 'f() {\n  if (x) {\n    a();\n    b();\n  }\n}\n')).toEqual([
      '     1 | f() {',
      '+    2 |   if (x) {',
      '       ~ (lines 3–4 only re-indented, deeper by 2)',
      '~    3 |     a();',
      '~    4 |     b();',
      '+    5 |   }',
      '     6 | }',
      '       (end of the file: 6 lines)',
    ]);
  });

  it('says of a block that moved where it came from and where it went', () => {
    const block = 'one();\ntwo();\nthree();\n';
    const rest = Array.from({ length: 9 }, (_, index) => `rest${index}();\n`).join('');
    const rows = show(`${block}${rest}`, `${rest}${block}`);
    expect(rows).toContain('       … old lines 1–3 moved to lines 10–12 …');
    expect(rows).toContain('       … lines 10–12 moved here from old lines 1–3 …');
    expect(rows).toContain('~   10 | one();');
    expect(rows.some((row) => row.startsWith('-') || row.startsWith('+'))).toBe(false);
  });

  it('shows settings only around the change', () => {
    const base = Array.from({ length: 300 }, (_, index) => `key${index}: 1\n`).join('');
    const rows = show(base, base.replace('key150: 1', 'key150: 2'), { path: 'config/app.yml', kind: 'yaml' });
    expect(rows).toContain('+  151 | key150: 2');
    expect(rows.length).toBeLessThan(35);
    expect(rows[0]).toBe('       … lines 1–138 not shown …');
  });

  it('narrows what is too large for its budget, and never leaves out a changed line', () => {
    const base = filler('large', 900);
    const head = base.replace('step500();', 'changed();');
    const [ample, narrow] = [show(base, head), show(base, head, { mostChars: 800 })];
    expect(narrow.length).toBeLessThan(ample.length);
    expect(narrow).toContain('+  502 |   changed();');
    expect(narrow).toContain('-  502 |   step500();');
  });
});
