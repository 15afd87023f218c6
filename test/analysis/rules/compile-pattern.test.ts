import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AGENTS_DIR } from '../../../src/agents/load-agents.ts';
import { compilePattern } from '../../../src/analysis/rules/compile-pattern.ts';

it('(?i:…) around a whole pattern ignores case; around a part, which Node 22 cannot, it is no pattern on any Node', () => {
  expect(compilePattern('(?i:debug|(is_)?dev)').test('IS_DEV')).toBe(true);
  expect(compilePattern('debug').test('DEBUG')).toBe(false);
  for (const part of ['^(?i:a)b', '(?i:a)|(b)', '(?i:a(?-i:b))', '(?s:a)', 'a(?i-m:b)'])
    expect(() => compilePattern(part)).toThrow(SyntaxError);
  expect(compilePattern('(?:a)(?=b)(?<!c)(?<i>d)?').source).toBe('(?:a)(?=b)(?<!c)(?<i>d)?');
});

it('no rule of ours or flow asks of JavaScript what only a newer Node has', () => {
  const names = readdirSync(AGENTS_DIR, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));
  const lines = names.flatMap((name) =>
    readFileSync(join(AGENTS_DIR, name), 'utf8')
      .split('\n')
      .map((line) => `${name}: ${line}`),
  );
  // ast-grep's own `regex` is Rust's.
  const modified = lines.filter((line) => /\(\?[ims]+:/.test(line) && !/\bregex:/.test(line));
  const isWhole = (text: string): boolean => /^\(\?i:.*\)$/.test(text) && compilePattern(text) instanceof RegExp;
  const wrong = modified.filter((line) => {
    const quoted = [...line.matchAll(/'((?:[^']|'')*)'/g)].flatMap(([, text = '']) =>
      text.includes('(?') ? [text.replaceAll("''", "'")] : [],
    );
    return !quoted.some(isWhole) || quoted.some((text) => /\(\?[ims]+:/.test(text) && !isWhole(text));
  });
  expect(wrong).toEqual([]);
});
