import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printBody, printFile } from './print-go.ts';

/** `## what it says`, Go, `->`, the form in print. */
function readTable(name: string): { says: string; source: string; print: string }[] {
  const text = readFileSync(new URL(`tables/${name}.txt`, import.meta.url), 'utf8');
  return text.split(/^## /m).flatMap((row) => {
    const [head = '', print = ''] = row.split('\n->\n');
    const [says = '', ...source] = head.split('\n');
    return says === '' ? [] : [{ says, source: source.join('\n'), print: print.trimEnd() }];
  });
}

describe('a Go file in the intermediate form', () => {
  it.each(readTable('statements'))('$says', async ({ source, print }) => {
    expect(await printBody(source)).toBe(print);
  });
  it.each(readTable('expressions'))('$says', async ({ source, print }) => {
    expect(await printBody(source)).toBe(print);
  });
  it.each(readTable('files'))('$says', async ({ source, print }) => {
    expect(await printFile(source)).toBe(print);
  });
});
