import { expect, it } from 'vitest';
import { withAsciiClasses } from '../../src/analysis/rules/ascii-classes.ts';

it.each([
  ['^\\w+\\.get$', '^[0-9A-Za-z_]+\\.get$'],
  ['^[\\w.$]*x', '^[0-9A-Za-z_.$]*x'],
  ['[^\\s)]\\b', '[^ \\t\\r\\n\\f)](?-u:\\b)'],
  ['\\[\\d\\]', '\\[[0-9]\\]'],
  ['[\\[\\]\\d]', '[\\[\\]0-9]'],
  ['\\S\\W\\\\w', '\\S\\W\\\\w'],
])('%s becomes %s', (regex, expected) => {
  expect(withAsciiClasses({ any: [{ has: { regex } }] })).toEqual({ any: [{ has: { regex: expected } }] });
});
