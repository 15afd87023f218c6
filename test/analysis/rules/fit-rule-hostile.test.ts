import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';

describe('a function of thousands of calls', () => {
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map(({ id }) => id),
  );
  const rules = createAnalysers('backend-dev', principles).filter(({ name }) => name === 'rules');
  const read = async (count: number, more: string) => {
    const text = `import requests\ndef load():\n${more}${'    requests.get(url)\n'.repeat(count)}`;
    const { outcomes } = await analyseFile(rules, { path: 'load.py', kind: 'python', text, hunks: null });
    return outcomes[0]?.outcome;
  };

  it('is told by a rule that has an exception for what stands elsewhere in it', async () => {
    const outcome = await read(1000, '');
    expect(outcome && 'findings' in outcome && outcome.findings[0]?.ruleId).toBe('missing-request-timeout');
  });

  it('names the rule that would look through it for each of them', async () => {
    expect(await read(3000, "    base = 'http://localhost' + port\n")).toMatchObject({
      status: 'clipped',
      reason: expect.stringContaining('the rule missing-request-timeout was not asked') as string,
    });
  });
});
