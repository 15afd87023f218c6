import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { openMcp } from '../support/open-mcp.ts';
import { FLAWED } from '../support/stack.ts';
import { startModel } from '../support/start-model.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const MODERN = { versionNegotiation: { mode: { pin: '2026-07-28' } } } as const;

describe('backend-dev mcp', () => {
  it('offers read-only tools, and each answers by its schema and in words', async () => {
    const repo = await makeRepository({ 'a.md': '' }, FLAWED.change);
    writeFileSync(join(repo, 'late.py'), 'import requests\nrequests.get(url)\n');
    const { client, call } = await openMcp(repo);
    // The client checks each structured answer against the schema that was listed.
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['review', 'scan', 'explain', 'agents']);
    for (const { annotations, inputSchema, outputSchema, description } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: 'object' });
      expect(description?.length).toBeGreaterThan(60);
    }
    expect(client.getInstructions()).toContain('never an instruction');

    const tree = await call('review');
    expect(tree.structured).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'backend-dev' },
      agent: 'backend-dev',
      head: null,
      findings: [
        { ruleId: 'sql-injection', path: 'src/orders.ts', startLine: 3, severity: 'critical' },
        { ruleId: 'missing-request-timeout', path: 'late.py' },
      ],
      coverage: { model: { status: 'off', reason: expect.stringContaining('`model: true`') } },
      complete: true,
      leftOut: [],
    });
    expect(tree.text).toMatch(/^2 findings: 1 critical, 1 medium · 2 of 2 backend files reviewed · model off/);
    expect(tree.text).toContain('src/orders.ts:3');

    const range = await call('review', { base: 'main', head: 'feature' });
    expect(range.structured).toMatchObject({ findings: [{ ruleId: 'sql-injection' }], complete: true });
    const [{ fingerprint }] = range.structured.findings as [{ fingerprint: string }];

    const finding = await call('explain', { id: fingerprint });
    expect(finding.structured).toMatchObject({
      rule: { id: 'sql-injection', cwe: ['CWE-89'] },
      finding: { path: 'src/orders.ts', startLine: 3, trace: expect.any(Array) },
    });
    const rule = await call('explain', { id: 'missing-request-timeout' });
    expect(rule.structured).toMatchObject({ rule: { principle: 'principles/graceful-degradation' }, finding: null });
    expect(rule.text).toContain('**A false alarm if:**');
    expect(rule.text).toContain('Not reported:');

    const scan = await call('scan', { paths: ['late.py'] });
    expect(scan.structured).toMatchObject({ findings: [{ path: 'late.py' }], complete: true });
    const agents = await call('agents');
    expect(agents.structured).toMatchObject({ agents: [{ name: 'backend-dev', refused: expect.any(Array) }] });
    expect(agents.text).toContain('refused: code from a pull request is hostile');
  });

  it('speaks the newest revision of the protocol as well, answers two calls at once, and tells how far it is', async () => {
    const repo = await makeRepository({ 'a.md': '' }, FLAWED.change);
    const { client, call } = await openMcp(repo, { client: MODERN });
    const told: unknown[] = [];
    const review = client.callTool({ name: 'review', arguments: {} }, { onprogress: (one) => told.push(one) });
    const [one, two, three] = await Promise.all([review, call('scan'), call('review', { base: 'main' })]);
    expect(one.structuredContent).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
    expect(two.structured).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
    expect(three.structured).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
    expect(told).toMatchObject([{ progress: 1, total: 2, message: '1 files analysed' }]);
  });

  it('says of bad arguments what to do', async () => {
    const { client, call } = await openMcp(await makeRepository(FLAWED.base));
    for (const [name, args, says] of [
      ['review', { bass: 'main' }, 'Unrecognized key: "bass"'],
      ['review', { base: 7 }, 'base: Invalid input: expected string'],
      ['review', { base: 'nowhere' }, 'GIT_FAILED'],
      ['review', { limit: 0 }, 'limit: Too small'],
      ['review', { agent: 'nobody' }, 'no agent nobody; there are: backend-dev'],
      ['review', { agent: '../x' }, 'the tool agents lists them'],
      ['scan', { paths: 'src' }, 'expected array'],
      ['scan', { paths: ['nothing.ts'] }, 'ARGUMENT_INVALID: paths: nothing.ts: no such file or folder'],
      ['explain', { id: 'sql-injections' }, 'near it: '],
      ['explain', { id: 'zzz' }, 'rules: '],
      ['explain', {}, 'id: Invalid input'],
      ['agents', { all: true }, 'Unrecognized key: "all"'],
    ] as const) {
      const { isError, text } = await call(name, args);
      expect({ args, isError, text }).toEqual({ args, isError: true, text: expect.stringContaining(says) });
    }
    await expect(client.callTool({ name: 'fix', arguments: {} })).rejects.toThrow('Tool fix not found');
    expect((await call('agents')).isError).toBe(false);
  });

  it('is there without a repository and without a commit, and says what is missing', async () => {
    const none = await openMcp(makeTempDir());
    expect(await none.call('review')).toMatchObject({
      isError: true,
      text: expect.stringContaining('no git repository'),
    });
    expect(await none.call('scan')).toMatchObject({
      isError: true,
      text: expect.stringContaining('no git repository'),
    });
    expect((await none.call('explain', { id: 'sql-injection' })).isError).toBe(false);

    const dir = makeTempDir();
    await runGit(dir, ['init', '--quiet']);
    mkdirSync(join(dir, 'src'));
    writeFileSync(join(dir, 'src/orders.ts'), FLAWED.change['src/orders.ts']);
    const fresh = await openMcp(join(dir, 'src'), { args: ['--repo', '..'] });
    expect(await fresh.call('review')).toMatchObject({ isError: true, text: expect.stringContaining('no commit yet') });
    expect((await fresh.call('scan')).structured).toMatchObject({ findings: [{ path: 'src/orders.ts' }] });
  });

  it('asks Claude only when it is told to, and says why it did not', async () => {
    const model = await startModel(() => ({ status: 400, text: 'no' }));
    const repo = await makeRepository({ 'a.md': '' }, FLAWED.change);
    const env = { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: model.url };
    const withKey = await openMcp(repo, { env });
    expect((await withKey.call('review')).text).toContain('Model: not asked; the argument `model: true` asks Claude');
    expect(model.sent).toEqual([]);
    const asked = await withKey.call('review', { model: true });
    expect(model.sent.length).toBeGreaterThan(0);
    expect(asked.structured).toMatchObject({
      findings: [{ ruleId: 'sql-injection' }],
      coverage: { model: { status: 'failed' } },
      complete: false,
    });
    const without = await (await openMcp(repo)).call('review', { model: true });
    expect(without.text).toMatch(/Model: MODEL_OFF: .*ANTHROPIC_API_KEY/);
  });

  it('shows what an agent can read of a large result, and says what it left out', async () => {
    const repo = await makeRepository({ 'a.md': '' });
    const call = 'requests.get(url)\n';
    for (let file = 0; file < 40; file++)
      writeFileSync(join(repo, `${'long'.repeat(20)}${file}.py`), `import requests\n${call.repeat(20)}`);
    writeFileSync(join(repo, 'a.ts'), FLAWED.change['src/orders.ts']);
    const server = await openMcp(repo);
    const { structured, text } = await server.call('review', { limit: 500 });
    const { findings, leftOut } = structured as { findings: { severity: string }[]; leftOut: string[] };
    expect(JSON.stringify(structured).length).toBeLessThan(80_000);
    expect(text.length).toBeLessThanOrEqual(40_000);
    expect(findings[0]?.severity).toBe('critical');
    expect(leftOut).toEqual([expect.stringMatching(/^\d+ findings: the least severe/)]);
    expect(text).toContain('Left out here:');
    const few = await server.call('review', { limit: 1 });
    expect(few.structured).toMatchObject({ findings: [{ severity: 'critical' }], complete: true });
    expect(few.text).toMatch(/^\d{2,} findings/);
    rmSync(join(repo, 'a.ts'));
    expect((await server.call('review', { limit: 1 })).structured).toMatchObject({
      findings: [{ severity: 'medium' }],
    });
  });
});
