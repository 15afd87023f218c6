import { expect, it } from 'vitest';
import { code, escapeMarkdown, plainText } from '../../src/text/markdown.ts';

it.each([
  'fail_at: one of low|high',
  'a <b> & [c] `d` ~e~ #1 ! \\_ 100*2',
  'visit https://x.example/a_b|c',
  '@someone',
])('what was escaped for Markdown is plain again in a terminal: %s', (text) => {
  expect(plainText(escapeMarkdown(text)).replaceAll('`', '')).toBe(text.replaceAll('`', ''));
});

it('code keeps its marks in a terminal', () => {
  expect(plainText(code('a_b.yml'))).toBe('`a_b.yml`');
});
