import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import matter from 'gray-matter';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadAgents } from '../../src/agents/load-agents.ts';

/** What Claude Code reads of a file in `.claude/agents/`. Source: code.claude.com/docs/en/sub-agents, supported front matter fields. */
const SubAgent = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  description: z.string().min(1),
  tools: z
    .string()
    .transform((tools) => tools.split(', '))
    .pipe(z.array(z.enum(['Read', 'Edit', 'Write', 'Bash', 'Grep', 'Glob', 'WebFetch', 'WebSearch', 'NotebookEdit'])))
    .optional(),
  model: z.enum(['sonnet', 'opus', 'haiku', 'inherit']).optional(),
  permissionMode: z.enum(['default', 'acceptEdits', 'dontAsk', 'bypassPermissions', 'plan']).optional(),
});

describe('our agents in Claude Code', () => {
  it.each([...loadAgents().values()].map(({ source }) => source))('%s is a sub-agent as it is', (source) => {
    const { data, content } = matter(readFileSync(fileURLToPath(new URL(`../../${source}`, import.meta.url)), 'utf8'));
    expect(SubAgent.safeParse(data).error?.message).toBeUndefined();
    expect(content.trim()).not.toBe('');
  });
});
