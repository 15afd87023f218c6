import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lowerFile } from '../../src/languages/lower-file.ts';
import { printModule } from './print-form.ts';

const PROGRAMS = fileURLToPath(new URL('./programs/', import.meta.url));
const files = readdirSync(PROGRAMS).filter((name) => !name.endsWith('.txt'));

/**
 * What is the same in each language. Left out is what one language says and another cannot: the package, exports, who may call,
 * and whether a name belongs to its block or to its function.
 */
function sameInAll(print: string): string {
  return print
    .split('\n')
    .filter((line) => !/^(?:package|export) /.test(line))
    .map((line) => line.replace(/^(f\d+ )public /, '$1').replace(/^( +)let /, '$1'))
    .join('\n');
}

/** Each program is written in every language that can say it, and has one form. */
describe('the same program in each language', () => {
  it.each(files)('%s', async (file) => {
    const module = await lowerFile(file, readFileSync(`${PROGRAMS}${file}`, 'utf8'));
    expect(module?.errors).toBe(0);
    const expected = readFileSync(`${PROGRAMS}${parse(file).name}.txt`, 'utf8');
    expect(module && sameInAll(printModule(module))).toBe(expected);
  });

  it('is written in two languages at least', () => {
    const names = files.map((file) => parse(file).name);
    expect(names.filter((name) => names.indexOf(name) === names.lastIndexOf(name))).toEqual([]);
  });
});
