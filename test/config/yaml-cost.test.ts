import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAgent } from '../../src/agents/parse-agent.ts';
import { parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { describeYamlCost } from '../../src/yaml-cost.ts';

const LENGTH = 30_000;

describe('YAML of strangers', () => {
  it.each([
    { what: 'brackets in brackets', text: `a: ${'['.repeat(LENGTH)}` },
    { what: 'brackets that close', text: `a: ${'['.repeat(LENGTH / 2)}${']'.repeat(LENGTH / 2)}` },
    { what: 'maps in maps', text: `a: ${'{a: '.repeat(LENGTH / 4)}` },
    { what: 'lists in lists', text: `a:\n ${'- '.repeat(LENGTH / 2)}` },
    { what: 'keys in keys', text: '? '.repeat(LENGTH / 2) },
    { what: 'tags in a row', text: `a: ${'!a '.repeat(LENGTH / 3)}` },
    { what: 'lone carriage returns', text: '\r'.repeat(LENGTH) },
    {
      what: 'aliases in a row',
      text: `a: &a {x: 1}\n${Array.from({ length: 1500 }, (_, at) => `b${at}: {<<: *a}`).join('\n')}`,
    },
    { what: 'keys of one map', text: Array.from({ length: 6000 }, (_, at) => `${at.toString(36)}:`).join('\n') },
    {
      what: 'keys of one map in brackets',
      text: `{${Array.from({ length: 5000 }, (_, at) => at.toString(36) + (at % 50 === 0 ? '\n' : '')).join(',')}}`,
    },
    { what: 'empty lists in a row', text: '[]'.repeat(LENGTH / 2) },
    { what: 'quotes in a row', text: `'"`.repeat(LENGTH / 2) },
    { what: 'lone tags in a row', text: '! '.repeat(LENGTH / 2) },
    { what: 'block texts in a row', text: 'a: |\n'.repeat(LENGTH / 5) },
    { what: 'documents in a row', text: '---\n'.repeat(LENGTH / 4) },
  ])('$what: is refused before it is parsed, with a word on why', ({ text }) => {
    expect(describeYamlCost(text)).toMatch(/deep|more than/);
    expect(parseRepositoryConfig(text)).toMatchObject({
      kind: 'invalid',
      problems: [expect.stringMatching(/deep|more than/)],
    });
    expect(() => parseAgent(`---\n${text}\n---\nx\n`, 'agent.md')).toThrow(/agent\.md:\d+: /);
  });

  it('that people write is let through, also when it is long', () => {
    const globs = Array.from({ length: 100 }, (_, at) => `    - "services/team${at}/**/*.[jt]s"`).join('\n');
    const guidance = Array.from(
      { length: 20 },
      () => `  - paths: ["**/*.ts", "!x"]\n    text: ${'use [x] & *y* - it is {good}! '.repeat(30)}`,
    ).join('\n');
    expect(describeYamlCost(`paths:\n  include:\n${globs}\nguidance:\n${guidance}\n`)).toBeNull();
    const agent = readFileSync(new URL('../../agents/backend-dev.md', import.meta.url), 'utf8');
    expect(parseAgent(agent, 'x').name).toBe('backend-dev');
  });
});
