import { describe, expect, it } from 'vitest';
import { lowerFile } from '../../../src/languages/lower-file.ts';
import { printModule } from '../print-form.ts';
import { readPrograms } from './read-programs.ts';

async function print(source: string): Promise<string> {
  const module = await lowerFile('a.py', source);
  return module ? printModule(module) : '';
}

describe('Python in the intermediate form', () => {
  it.each(readPrograms())('$behaviour', async ({ source, print: expected }) => {
    expect(await print(source)).toBe(expected);
  });

  it.each([
    ['parentheses', `${'('.repeat(1400)}a${')'.repeat(1400)}`],
    ['attributes', `a${'.b'.repeat(1400)}`],
    ['calls', `a${'.b()'.repeat(690)}`],
    ['sums', `a${' + b'.repeat(1400)}`],
    ['and', `x = a()${' and b()'.repeat(1400)}`],
    ['and within or', `x = ${'(a and b or '.repeat(450)}c${')'.repeat(450)}`],
    ['lambdas', `${'lambda x: '.repeat(1400)}a`],
    ['strings side by side', `f(${'"a" '.repeat(5000)})`],
  ])('stands many %s', async (_, source) => {
    const module = await lowerFile('a.py', source);
    expect(JSON.stringify(module).length).toBeLessThan(source.length * 200);
  });

  it.each([
    ['elif', `if a: b\n${'elif c: d\n'.repeat(2000)}`],
    ['comparisons', `a${' < b'.repeat(2000)}`],
    ['loops of a comprehension', `[a${' for a in b'.repeat(2000)}]`],
    ['with', `with ${'a() as b, '.repeat(2000)}c: pass`],
  ])('says that %s is nested too deeply', async (_, source) => {
    await expect(lowerFile('a.py', source)).rejects.toThrow('nested too deeply');
  });
});
