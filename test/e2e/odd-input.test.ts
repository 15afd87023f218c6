import { chmodSync } from 'node:fs';
import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { type Answer, type Candidate } from '../../src/model/answer.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { CANDIDATE } from '../support/claude-answers.ts';
import { bad, openPull } from '../support/live-pull.ts';
import { keepStack, waitForQuiet } from '../support/stack.ts';
import { keepModel, type Said } from '../support/start-model.ts';
import type { Tree } from '../support/temp.ts';

/** One App for all of them, with a Claude that says of each file what is noted here. */
let sandbox: Sandbox;
let databaseUrl: string;
const said = new Map<string, (prompt: string) => Partial<Candidate>>();

function answer(prompt: string): Said {
  const refuting = prompt.includes('# Task: disprove one claim');
  const findings = [...said].flatMap(([path, say]) =>
    prompt.includes(`path=\\"${path}\\"`) && !refuting ? [{ ...CANDIDATE, path, ...say(prompt) }] : [],
  );
  const own: Answer = { findings, verdicts: [] };
  return { status: 200, text: JSON.stringify(own) };
}

beforeAll(async () => {
  const model = await keepModel(answer);
  const stack = await keepStack('postgres', { ANTHROPIC_API_KEY: 'sk-ant-canary', ANTHROPIC_BASE_URL: model.url });
  ({ sandbox, databaseUrl } = stack);
  return async () => {
    await stack.close();
    model.close();
  };
});

const BASE = { 'src/a.ts': 'export const a = 1;\n' };
const TLS = "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n";

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

it('posts and stores a critical finding whose code, as it is quoted, would be cut in the middle of an emoji, wherever the cut falls', async () => {
  // A character more or less in front: one of the two halves an emoji at any length, and so do Claude's own words.
  const files = ['', ' '].map((blank, at) => {
    const field = `req.query['${blank}${'😀'.repeat(60)}']`;
    const line = `  return pool.query(\`select '\${${field}}' from t\`); //${blank}${'😀'.repeat(150)}`;
    return [`src/emoji${at}.ts`, `export async function list${at}(pool, req) {\n${line}\n}\n`] as const;
  });
  for (const [path, text] of files)
    said.set(path, () => ({
      line: 2,
      quote: text.split('\n')[1] ?? '',
      title: `Half ${'😀'.repeat(200)}\ud83d`,
      explanation: `\ude00${path}${'😀'.repeat(2000)}`,
      principle: 'security/use-parameterized-queries',
      cwe: ['CWE-89'],
      severity: 'critical',
    }));
  const it = await openPull(sandbox, BASE, Object.fromEntries(files));
  await waitForQuiet(sandbox);
  expect(it.see().filter((one) => one.includes('sql-injection'))).toEqual([
    'src/emoji0.ts:2 sql-injection open',
    'src/emoji1.ts:2 sql-injection open',
  ]);
  expect(it.see().at(-1)).toMatch(/^check failure: .*critical/);
  const posted = JSON.stringify([it.pull.reviews, it.pull.comments]);
  expect(posted).not.toMatch(/\\ud[89a-f]/i);
  expect(posted).toContain('Half 😀');
  // Nor is one mended afterwards: what was cut of the code ends with a whole character.
  const proven = it.pull.comments.flatMap(({ body }) => (body.includes('SQL text') ? [body] : []));
  expect(proven.map((body) => /`req\.query\[' ?(?:😀)+…`/u.test(body) && !body.includes('\uFFFD'))).toEqual([
    true,
    true,
  ]);
  // What is remembered of it stands there, whole; and nothing failed on the way.
  const rows = await query(
    `select p.failures, r.stage, r.error, r.attempts, p.reviewed::text from backend_dev.run r join backend_dev.pull_request p on p.id = r.pull_request_id where p.repository_id = ${it.repository.id}`,
  );
  expect(rows).toMatchObject([{ failures: 0, stage: 'done', error: null, attempts: 1 }]);
  expect(JSON.stringify(rows)).toContain('src/emoji0.ts');
});

it('reads a file in UTF-16 and one with a NUL byte for what they say, names what is no text at all, and is green for none of them', async () => {
  const flaw = bad('one');
  const sql = 'alter table orders drop column note;\n';
  const little = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const trees: [tree: Tree, said: RegExp][] = [
    [{ 'migrations/2_utf16le.sql': little(sql) }, /The previous release still.*2\\_utf16le\.sql:1\]/],
    [{ 'migrations/3_utf16be.sql': little(sql).swap16() }, /The previous release still.*3\\_utf16be\.sql:1\]/],
    [{ 'src/utf16.ts': Buffer.from(flaw, 'utf16le') }, /SQL text.*src\/utf16\.ts:2\]/],
    [{ 'src/nul.ts': `// \0\n${flaw}` }, /SQL text.*src\/nul\.ts:3\]/],
    [{ 'src/noise.ts': Buffer.from([0, 255, 1, 254, 0, 0, 216, 0, 216, 10]) }, /`src\/noise\.ts`: binary content/],
  ];
  const pulls = await Promise.all(
    trees.map(async ([tree, said]) => {
      const it = await openPull(sandbox, BASE, { ...tree, 'src/good.ts': 'export const good = 1;\n' });
      return { path: Object.keys(tree)[0], said, it };
    }),
  );
  for (const { path, said, it } of pulls) {
    expect(it.summary(), path).toMatch(said);
    expect(it.repository.checks.at(-1)?.conclusion, path).not.toBe('success');
  }
  // A later push that leaves such a file alone makes nothing green.
  await Promise.all(pulls.map(({ it }) => it.push({ 'src/good.ts': 'export const good = 2;\n' })));
  for (const { path, said, it } of pulls) {
    expect(it.summary(), path).toMatch(said);
    expect(it.repository.checks.at(-1)?.conclusion, path).not.toBe('success');
  }
});

it('takes a principle whose name is endless: the critical finding is said once, the check fails, and a push says nothing twice', async () => {
  const rule = `Orders are never ${'really '.repeat(120)}sorted by strangers`;
  const agent = `---\nname: house\ndescription: x\n---\nYou guard the orders.\n\n**Rules:**\n- ${rule}\n- ${rule} at night\n`;
  for (const [path, name] of [
    ['src/long.ts', /rules\/orders-are-never-[a-z0-9-]*(?<!night)(?=\W)/],
    ['src/night.ts', /rules\/orders-are-never-[a-z0-9-]*(?:night|-2|-\w{4,})(?=\W)/],
  ] as const)
    said.set(path, (prompt) => ({
      line: 2,
      quote: `  return sort(req.query.${path.slice(4, -3)});`,
      title: `Sorted by anyone in ${path}`,
      principle: name.exec(prompt)?.[0] ?? 'not found',
      severity: 'critical',
    }));
  const text = (name: string) => `export function list(sort, req) {\n  return sort(req.query.${name});\n}\n`;
  const it = await openPull(
    sandbox,
    { ...BASE, '.github/agents/backend-dev.md': agent },
    { 'src/long.ts': text('long'), 'src/night.ts': text('night') },
  );
  await waitForQuiet(sandbox);
  const mine = () => it.pull.comments.map(({ path, body }) => `${path} ${/Sorted by anyone/.test(body)}`).sort();
  expect(mine()).toEqual(['src/long.ts true', 'src/night.ts true']);
  expect(it.see().at(-1)).toMatch(/^check failure: 2 findings: 2 critical/);
  await it.push({ 'src/else.ts': 'export const e = 1;\n' });
  await it.push({ 'src/long.ts': `// moved\n${text('long')}` });
  await waitForQuiet(sandbox);
  expect(mine()).toEqual(['src/long.ts true', 'src/night.ts true']);
  expect(it.see().at(-1)).toMatch(/^check failure: 2 findings: 2 critical/);
  expect(it.summary()).not.toContain('edited by hand');
});

it('commits no fix that would damage bytes or take a bit away, offers none, and says why; the rest is committed', async () => {
  const latin = Buffer.from(`// gr\u00fc\u00dfe\n${TLS}`, 'latin1');
  const it = await openPull(sandbox, BASE, {
    'src/latin.ts': latin,
    'src/utf8.ts': `// grüße\n${TLS}`,
    'src/run.ts': TLS,
  });
  chmodSync(`${it.dir}/src/run.ts`, 0o755);
  await it.push({ 'src/else.ts': 'export const e = 1;\n' });
  const bodyOf = (path: string) => it.pull.comments.find((one) => one.path === path)?.body ?? '';
  expect(bodyOf('src/utf8.ts')).toContain('```suggestion');
  expect(bodyOf('src/latin.ts')).toContain('TLS');
  expect(bodyOf('src/latin.ts')).not.toContain('```suggestion');
  const tree = async () => (await runGit(it.dir, ['ls-tree', '-r', 'feature'])).toString('utf8');
  const entryOf = (all: string, path: string) => all.split('\n').find((line) => line.endsWith(path));
  const before = await tree();
  expect(entryOf(before, 'src/run.ts')).toMatch(/^100755/);
  await it.say('wes', '/backend-dev fix');
  const after = await tree();
  for (const path of ['src/latin.ts', 'src/run.ts']) {
    expect(entryOf(after, path)).toBe(entryOf(before, path));
    expect(it.pull.conversation.at(-1)?.body).toContain(`\`${path}\` is not written to, because`);
  }
  expect(entryOf(after, 'src/utf8.ts')).not.toBe(entryOf(before, 'src/utf8.ts'));
  const text = (await runGit(it.dir, ['show', 'feature:src/utf8.ts'])).toString('utf8');
  expect(text).toBe(`// grüße\n${TLS.replace('false', 'true')}`);
  // Asked for one by one it is the same answer.
  const at = it.pull.comments.findIndex((one) => one.path === 'src/run.ts');
  await it.say('wes', '/backend-dev fix', at);
  expect(it.pull.comments.at(-1)?.body).toContain(
    'Nothing was committed. `src/run.ts` is not written to, because it is executable',
  );
  expect(entryOf(await tree(), 'src/run.ts')).toBe(entryOf(before, 'src/run.ts'));
});
