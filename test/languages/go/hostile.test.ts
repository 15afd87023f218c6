import { describe, expect, it } from 'vitest';
import { lowerText, printBody, printFile } from './print-go.ts';

describe('a Go file that nobody would write', () => {
  it.each([
    ['parentheses', '('.repeat(700) + 'x' + ')'.repeat(700)],
    ['calls', 'f('.repeat(600) + 'x' + ')'.repeat(600)],
    ['a chain of sums', Array.from({ length: 1400 }, () => 'a').join(' + ')],
    ['a chain of methods', `a${'.b()'.repeat(650)}`],
    ['functions', 'func() { _ = '.repeat(240) + 'x' + ' }'.repeat(240)],
    ['negations', `${'!'.repeat(1400)}x`],
  ])('is read to its end with many nested %s', async (_, expression) => {
    const module = await lowerText(`package p\nfunc f() { _ = ${expression} }\n`);
    expect(module.errors).toBe(0);
    expect(JSON.stringify(module).includes('"x"') || JSON.stringify(module).includes('"a"')).toBe(true);
  });

  it('says that it is nested too deeply, and nothing else', async () => {
    const deep = '('.repeat(5000) + 'x' + ')'.repeat(5000);
    await expect(lowerText(`package p\nvar x = ${deep}\n`)).rejects.toThrow('nested too deeply');
  });

  it('does not grow by cases that fall into each other', async () => {
    const count = (cases: number): Promise<number> =>
      printBody(
        `switch n {\n${Array.from({ length: cases }, (_, at) => `case ${at}: f(${at})\nfallthrough`).join('\n')}\ncase -1:\n}`,
      ).then((print) => print.length);
    expect((await count(400)) / (await count(200))).toBeLessThan(2.2);
  });

  it('does not grow by names that repeat a long constant', async () => {
    const long = Array.from({ length: 500 }, () => '"a"').join(' + ');
    const count = (names: number): Promise<number> =>
      printFile(`const (\na = ${long}\n${Array.from({ length: names }, (_, at) => `a${at}`).join('\n')}\n)`).then(
        (print) => print.length,
      );
    expect((await count(200)) / (await count(100))).toBeLessThan(2.2);
    expect(await count(200)).toBeLessThan(long.length * 4);
  });

  it('has types that are made of each other', async () => {
    expect(await printFile('type A B\ntype B A\nvar a A\nvar b = A{x}\nvar c = B{y: 1}')).toBe(
      [
        'type A = B',
        'type B = A',
        'f0 function ()',
        '  let a: A = A{}',
        '  let b = A{0: x}',
        '  let c = B{"y": 1}',
      ].join('\n'),
    );
  });

  it('has fields that are called like the words of another language', async () => {
    const { types } = await lowerText('package p\ntype A struct { __proto__ string; constructor int }');
    expect(types[0]?.type).toEqual({
      kind: 'record',
      fields: Object.fromEntries([
        ['__proto__', { kind: 'text', values: null }],
        ['constructor', { kind: 'plain', name: 'int' }],
      ]),
    });
  });

  it.each([
    'package',
    'package p\nfunc',
    'package p\nfunc f(',
    'package p\nfunc (s *) f() {}',
    'package p\nimport',
    'package p\nimport (\n"a',
    'package p\nvar x =',
    'package p\nvar a, b = 1',
    'package p\nvar a = 1, 2',
    'package p\nconst (a = iota; b; c, d)',
    'package p\ntype T struct { a',
    'package p\nfunc f() { if x := ; { } }',
    'package p\nfunc f() { for range { } }',
    'package p\nfunc f() { switch x := y.(type) { case',
    'package p\nfunc f() { a, b := ; return a, }',
    'package p\nfunc f() { x[ = 3; x.( ; T{a: ; "b }',
    'package p\nfunc f() { select { case ch <- : } }',
    '}{)(][',
    '\u0000\ufeff package p',
    "\"\\u12\" '' '\\' 0x 1e 09",
    '',
  ])('is read as far as can be: %j', async (text) => {
    const module = await lowerText(text);
    expect(module.functions[0]?.id).toBe(0);
  });

  it('keeps the functions around what cannot be read', async () => {
    const { functions, errors } = await lowerText(
      'package p\nfunc a() { g(1) }\n@@@ what is this\nfunc b() { h("x") }\n',
    );
    expect(errors).toBeGreaterThan(0);
    expect(functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['a', 'b']));
  });
});
