import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import { startProcessorClock } from '../../support/processor-time.ts';

describe('a function of thousands of calls', () => {
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map(({ id }) => id),
  );
  const rules = createAnalysers('backend-dev', principles).filter(({ name }) => name === 'rules');
  const analyse = async (path: string, kind: 'python' | 'typescript' | 'go', text: string) => {
    const { outcomes } = await analyseFile(rules, { path, kind, text, hunks: null });
    return outcomes[0]?.outcome;
  };
  const read = (count: number, more: string) =>
    analyse('load.py', 'python', `import requests\ndef load():\n${more}${'    requests.get(url)\n'.repeat(count)}`);

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

  it('names the rule that would read its text for each of them', async () => {
    const sent = '  res.json({ pin });\n'.repeat(8000);
    const text = `app.post('/pin', async (req, res) => {\n  const pin = randomInt(1, 9);\n  await redis.set('pin:', pin);\n${sent}});\n`;
    expect(await analyse('pin.ts', 'typescript', text)).toMatchObject({
      status: 'clipped',
      reason: expect.stringContaining('the rule code-sent-to-client was not asked') as string,
    });
  });

  it('names the rule also where one of its utils would look through it', async () => {
    const text = `package a\nimport "net/http"\nvar c = http.Client{}\nfunc g() { s := "http://localhost" }\nfunc f() {\n${'\thttp.Get(url)\n'.repeat(5000)}}\n`;
    expect(await analyse('load.go', 'go', text)).toMatchObject({
      status: 'clipped',
      reason: expect.stringContaining('missing-request-timeout') as string,
    });
  });

  it('names it in a file that is too large, or has a gap, to be read a second time', async () => {
    const call = '  const c = jwt.decode(sent);\n';
    const load = (count: number, more: string) =>
      analyse(
        'load.ts',
        'typescript',
        `import jwt from 'jsonwebtoken';\nexport function load(sent) {\n${call.repeat(count)}}\n${more}`,
      );
    const reason = expect.stringContaining('jwt-not-verified') as string;
    expect(await load(8000, '')).toMatchObject({ status: 'clipped', reason });
    expect(await load(3000, 'const x = = ;\n')).toMatchObject({ status: 'clipped', reason });
    expect(await read(3, '    x = = 1\n')).toMatchObject({
      findings: [{ ruleId: 'missing-request-timeout' }, {}, {}],
    });
  });

  it('is looked through once for what its conditions say', async () => {
    const call = '  https.request({ rejectUnauthorized: false });\n';
    const load = (before: string, count = 400) =>
      analyse('load.ts', 'typescript', `export function load(insecure) {\n${before}${call.repeat(count)}}\n`);
    const costOf = async (count: number): Promise<number> => {
      const took = startProcessorClock();
      expect(await load('', count)).toMatchObject({ findings: expect.arrayContaining([]) as unknown });
      return took();
    };
    await costOf(10);
    // Where each match looked through the function anew it was sixteen times as much.
    const few = await costOf(100);
    expect((await costOf(400)) / few).toBeLessThan(10);
    expect(await load('  if (!insecure) return;\n')).toMatchObject({ status: 'analysed', findings: [] });
  });

  it('is certain by what its code says, and not by a comment', async () => {
    const certain = async (said: string) => {
      const outcome = await analyse(
        'a.ts',
        'typescript',
        `export function load() {\n  ${said}\n  https.request({ rejectUnauthorized: false });\n}\n`,
      );
      return outcome && 'findings' in outcome && outcome.findings[0]?.certain;
    };
    expect(await certain('const secret = read();')).toBe(true);
    expect(await certain('// No secret goes along.')).toBeUndefined();
  });
});
