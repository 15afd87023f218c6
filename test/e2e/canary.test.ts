import { createHash } from 'node:crypto';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { composeService } from '../../src/compose.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { runGit } from '../../src/git/run-git.ts';
import { createLog } from '../../src/log.ts';
import { sandboxCredentials } from '../../src/sandbox/start-app.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { claudeToolStream } from '../support/claude-stream.ts';
import { listPieces, PLANTED } from '../support/planted-secrets.ts';
import { QUICK, waitFor, waitForCheck } from '../support/stack.ts';
import { type Said, startModel } from '../support/start-model.ts';
import { makePostgresDatabase, makeRepository, makeTempDir } from '../support/temp.ts';

/**
 * A token of its own for each place in which people write, with nothing in common with another: what is found in one place is hidden
 * in all others.
 */
const token = (place: string): string =>
  `ghp_${createHash('sha512').update(place).digest('base64').replace(/\W/g, '').slice(0, 36)}`;
const PLACES = {
  title: token('title'),
  body: token('body'),
  branch: token('branch'),
  commit: token('commit'),
  ask: token('ask'),
  reply: token('reply'),
  name: token('name'),
  config: token('config'),
  agent: token('agent'),
};
const PEM = PLANTED.find((one) => one.path === 'deploy.pem');

/** What tools like ours would be switched off by, at the top of a file, in a comment of its language; nothing where there is none. */
const SWITCHES = [
  'secretlint-disable',
  'eslint-disable',
  'biome-ignore-all lint: reviewed',
  'gitleaks:allow pragma: allowlist secret trufflehog:ignore nosemgrep nosec NOSONAR',
  'ruff: noqa',
  'hadolint global ignore=DL3002',
  'squawk-ignore-file',
  'checkov:skip=CKV_SECRET_6:ok trivy:ignore:* kics-scan ignore',
];
function switchOff(path: string): string {
  const sign = /\.(ts|go)$/.test(path)
    ? '//'
    : path.endsWith('.sql')
      ? '--'
      : /\.(py|sh|ya?ml|properties|npmrc|pypirc)$|^\.env|^Dockerfile$/.test(path)
        ? '#'
        : null;
  return sign === null ? '' : SWITCHES.map((one) => `${sign} ${one}\n`).join('');
}

/** Files by which such a tool is configured, and would leave everything out. */
const CONFIGS = {
  '.secretlintignore': '**\n',
  '.secretlintrc.json': '{"rules":[]}\n',
  '.gitleaks.toml': "[allowlist]\npaths = ['''.*''']\n",
  '.gitleaksignore': '*\n',
  '.trufflehogignore': '.*\n',
  '.semgrepignore': '*\n',
  '.squawk.toml': 'excluded_rules = ["ban-drop-column"]\n',
  '.hadolint.yaml': 'ignored: [DL3002]\n',
  'sgconfig.yml': 'ruleDirs: []\n',
};

/** All planted lines of a path in one file, with a line that a finding can quote. */
function plant(prefix: string): Record<string, string> {
  const files = Map.groupBy(PLANTED, (one) => one.path);
  return Object.fromEntries(
    [...files].map(([path, list]) => [prefix + path, `${switchOff(path)}${list.map((one) => one.line).join('\n')}\n`]),
  );
}

/** What is asked of the tools in each conversation: keys of several lines, now and before, and what only their inside holds. */
const READS = [
  { name: 'Read', input: { path: 'deploy.pem' } },
  { name: 'Read', input: { path: 'old/deploy.pem', side: 'base' } },
  { name: 'Read', input: { path: 'src/a.ts', start_line: 20 } },
  { name: 'Grep', input: { text: 'PRIVATE KEY' } },
  { name: 'Grep', input: { text: 'KEY', side: 'base' } },
  { name: 'Grep', input: { text: PEM?.secret[0]?.slice(0, 7) ?? '' } },
];

/** Lines apart, so that each finding is one of its own. */
const ECHO = Array.from({ length: 20 }, (_, index) => `export const echo${index} = 1;\n\n\n\n\n`).join('');

/** Whatever it is sent comes back, in a finding or in an answer. */
function echo(body: string): Said {
  const { tools = [] } = JSON.parse(body) as { tools?: unknown[] };
  if (tools.length > 0 && !body.includes('"tool_result"')) return { stream: claudeToolStream(READS) };
  const messages = (JSON.parse(body) as { messages: { content: unknown }[] }).messages.map((one) =>
    JSON.stringify(one.content),
  );
  const prompt = messages.join('\n');
  if (body.includes('You answer one message about'))
    return {
      status: 200,
      text: JSON.stringify({ answer: `${messages[0]?.slice(-1700)}${prompt.slice(-1700)}`, verdict: 'stands' }),
    };
  const pieces = prompt.match(/[^]{1,600}/g) ?? [];
  const findings = pieces.slice(0, 20).map((piece, index) => ({
    path: 'src/echo.ts',
    line: 1 + index * 5,
    removed: false,
    quote: `export const echo${index} = 1;`,
    title: `Echo ${index}`,
    explanation: piece,
    fix: piece,
    replacement: { startLine: 1 + index * 5, endLine: 1 + index * 5, text: piece },
    imports: [piece],
    principle: 'security/authenticate-and-authorize',
    cwe: ['CWE-639'],
    severity: 'low',
    dependsOn: null,
    alsoAt: [],
  }));
  return {
    status: 200,
    text: JSON.stringify({
      findings,
      verdicts: [
        {
          id: 'claim',
          verdict: 'stands',
          path: 'src/echo.ts',
          side: 'head',
          quote: '',
          reason: prompt.slice(-2000),
          fixFails: null,
        },
      ],
    }),
  };
}

async function readRows(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('backend_dev', 'pgboss') and table_type = 'BASE TABLE'",
  );
  const all: unknown[] = [];
  for (const { name } of rows) all.push((await client.query(`select row_to_json(t) as row from ${name} t`)).rows);
  await client.end();
  return JSON.stringify(all);
}

it('lets no part of a credential out: not to Claude, not to GitHub, not into a log line or a row', async () => {
  const lines: string[] = [];
  const model = await startModel(echo);
  const sandbox = await startSandbox();
  const sent: string[] = [];
  sandbox.setFault((method, path, body) => {
    sent.push(`${method} ${path} ${JSON.stringify(body)}`);
    return null;
  });
  const DATABASE_URL = await makePostgresDatabase();
  const env = readEnvironment({
    LOG_LEVEL: 'trace',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL,
    DATA_DIR: makeTempDir(),
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: 'http',
    ANTHROPIC_API_KEY: 'sk-ant-canary',
    ANTHROPIC_BASE_URL: model.url,
  });
  const log = createLog(env, { write: (line) => void lines.push(line) });
  const service = await composeService(env, sandboxCredentials(sandbox), log, 'all', { limits: QUICK });
  sandbox.setWebhook(`http://127.0.0.1:${service.port}${env.WEBHOOK_PATH}`);
  onTestFinished(async () => {
    await service.stop();
    await sandbox.close();
  });

  const guidance = `guidance:\n  - paths: ["**"]\n    text: "the token is ${PLACES.config}"\n`;
  const persona = `---\nname: house\ndescription: x\nmodel: opus\n---\nUse ${PLACES.agent}.\n\n**Security:**\n- Authenticate and authorize\n`;
  const gone = Object.keys(plant('old/')).map((path) => [path, '// end\n']);
  const dir = await makeRepository(
    {
      ...plant('old/'),
      '.github/backend-dev.yml': guidance,
      '.github/agents/backend-dev.md': persona,
      'src/echo.ts': '',
    },
    {
      ...plant(''),
      ...Object.fromEntries(gone),
      ...CONFIGS,
      [`src/${PLACES.name}.ts`]: 'export const a = 1;\n',
      'src/echo.ts': ECHO,
    },
  );
  const head = `feature-${PLACES.branch}`;
  await runGit(dir, ['branch', '-m', 'feature', head]);
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@localhost'];
  await runGit(dir, [...identity, 'commit', '--quiet', '--allow-empty', '-m', `Use ${PLACES.commit}`]);
  const repository = sandbox.addRepository('acme', 'shop', dir);
  const pull = await sandbox.openPullRequest(repository, {
    base: 'main',
    head,
    title: `Rotate ${PLACES.title}`,
    body: `The old one was ${PLACES.body}:\n\n${PEM?.line}\n\nand the password is q9VtR2mXw7Lk, see \`d9Yc3WpT7nGs\`.`,
  });
  await sandbox.sendPullRequest(repository, pull, 'opened');
  await waitForCheck(repository, pull);
  await sandbox.comment(
    repository,
    pull,
    'dana',
    `/backend-dev ask is ${PLACES.ask} in use? Its password is k2Lf7RbM9wXt`,
  );
  await waitFor('the answer', () =>
    pull.conversation.some((one) => one.author.type === 'Bot' && one.body.includes('in use?')),
  );
  const [first] = pull.comments;
  await sandbox.commentInline(repository, pull, 'dana', {
    root: first?.id ?? 0,
    body: `No: ${PLACES.reply} is revoked.`,
  });
  await waitFor('the reply', () =>
    pull.comments.some((one) => one.root === first?.id && one.author.type === 'Bot' && one.id !== first?.id),
  );

  const outside = {
    claude: model.sent.join('\n'),
    github: sent.join('\n'),
    log: lines.join('\n'),
    rows: await readRows(DATABASE_URL),
  };
  expect(model.sent.length).toBeGreaterThan(2);
  expect(outside.claude.includes('••••••••')).toBe(true);
  // The tools did show the lines of the keys.
  const read = model.sent.filter((body) => body.includes('"tool_result"'));
  expect(read.length).toBeGreaterThan(1);
  for (const body of read) {
    expect(body).toMatch(/1 \| -----BEGIN RSA PRIVATE KEY-----\\n2 \| [^\\]*•/);
    expect(body).toContain('deploy.pem:1 | -----BEGIN RSA PRIVATE KEY-----');
  }
  expect(outside.github.includes('Echo 1')).toBe(true);
  expect(lines.length).toBeGreaterThan(0);
  expect(outside.rows.length).toBeGreaterThan(1000);
  const pieces = new Set([
    ...PLANTED.flatMap(({ secret }) => listPieces(secret)),
    ...Object.values(PLACES).flatMap((one) => listPieces([one.slice(4)])),
  ]);
  expect([...pieces].every((piece) => piece.length === 8)).toBe(true);
  for (const [where, text] of Object.entries(outside)) {
    const seen = new Set<string>();
    for (let at = 0; at <= text.length - 8; at++) {
      const piece = text.slice(at, at + 8);
      if (pieces.has(piece)) seen.add(piece);
    }
    expect([...seen], where).toEqual([]);
  }
});
