import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decidePermissions } from '../../src/agents/effective-permissions.ts';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { parseAgent } from '../../src/agents/parse-agent.ts';
import { AppError } from '../../src/errors.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const BODY = '\n**Security:**\n- Use parameterized queries\n';

describe('the built-in agent', () => {
  const agent = loadAgents().get('backend-dev');

  it('is the definition that the user gave, with every principle', () => {
    expect(agent).toMatchObject({
      name: 'backend-dev',
      model: 'sonnet',
      permissionMode: 'acceptEdits',
      tools: ['Read', 'Edit', 'Write', 'Bash', 'Grep', 'Glob'],
    });
    expect(agent?.principles.map((principle) => principle.id)).toMatchSnapshot();
    expect(agent?.body).toContain('Always consider: "What happens under load? What if this fails?"');
    expect(agent?.body).toContain('[12 Factor App](https://12factor.net/)');
  });

  it('gives each principle the line where it stands', () => {
    const lines = readFileSync(new URL('../../agents/backend-dev.md', import.meta.url), 'utf8').split('\n');
    for (const { line, text } of agent?.principles ?? []) expect(lines[line - 1]).toBe(`- ${text}`);
  });

  it('is refused a shell, with the reason', () => {
    const { granted, refused } = decidePermissions({ tools: ['Read', 'Bash'], permissionMode: 'acceptEdits' });
    expect(granted.map((one) => one.tool)).toEqual(['Read']);
    expect(refused).toEqual([{ tool: 'Bash', why: expect.stringContaining('no command ever runs on the server') }]);
  });
});

describe('a wrong definition', () => {
  it.each([
    { what: 'no name', text: `---\ndescription: x\n---${BODY}`, says: 'x.md:1: a name is required' },
    {
      what: 'an unknown tool',
      text: `---\nname: a\ndescription: x\ntools: Read, Teleport\n---${BODY}`,
      says: 'x.md:4: unknown tool "Teleport"',
    },
    {
      what: 'an unknown model',
      text: `---\nname: a\ndescription: x\nmodel: gpt\n---${BODY}`,
      says: 'x.md:4: unknown model',
    },
    {
      what: 'an unknown key',
      text: `---\nname: a\nhooks: x\ndescription: x\n---${BODY}`,
      says: 'x.md:3: Unrecognized key',
    },
    {
      what: 'an unoffered permission mode',
      text: `---\nname: a\ndescription: x\npermissionMode: bypassPermissions\n---${BODY}`,
      says: 'x.md:4: permissionMode',
    },
    { what: 'no principle', text: '---\nname: a\ndescription: x\n---\nhello\n', says: 'no principle found' },
    { what: 'front matter that is not closed', text: '---\nname: a\n', says: 'not closed' },
    { what: 'broken YAML', text: `---\nname: [a\n---${BODY}`, says: 'not valid YAML' },
  ])('with $what is named with file and line', ({ text, says }) => {
    expect(() => parseAgent(text, 'x.md')).toThrow(AppError);
    expect(() => parseAgent(text, 'x.md')).toThrow(says);
  });

  it.each(['---js', '---javascript', '--- js', '---coffee', '---json', '\n---js', '----js'])(
    'that starts with %j is no definition, and runs nothing',
    (first) => {
      const canary = globalThis as { ranAgentCode?: boolean };
      const text = `${first}\nglobalThis.ranAgentCode = true; module.exports = {name: 'a', description: 'b'}\n---${BODY}`;
      expect(() => parseAgent(text, 'x.md')).toThrow('the first line must be exactly ---');
      expect(canary.ranAgentCode).toBeUndefined();
    },
  );

  it.each([
    ['heading', `# a${'#'.repeat(60_000)}x`],
    ['blanks', `# a${' '.repeat(60_000)}x`],
    ['bullet', `- a${' '.repeat(60_000)}x`],
    ['brackets', `- ${'('.repeat(60_000)}`],
  ])('is read in a moment, whatever its lines hold: %s', (_, line) => {
    const took = startProcessorClock();
    const { principles } = parseAgent(`---\nname: a\ndescription: b\n---${BODY}${line}\n- the next\n`, 'x.md');
    const ms = took();
    expect(principles.map((one) => one.text)).toContain('the next');
    // Four to nine seconds each, by patterns that took the square of the line.
    expect(ms).toBeLessThan(3000);
  });

  it('cannot expand aliases without end', () => {
    const bomb = `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nname: *d\n---${BODY}`;
    expect(() => parseAgent(bomb, 'x.md')).toThrow(AppError);
  });
});
