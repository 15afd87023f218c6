import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type Anthropic from '@anthropic-ai/sdk';
import { readEnvironment } from '../src/config/env.ts';
import { runGit } from '../src/git/run-git.ts';
import { commitAll } from '../src/sandbox/demo/make-repository.ts';
import { startApp } from '../src/sandbox/start-app.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { claudeStream, claudeToolStream } from '../test/support/claude-stream.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './figure.ts';

const FILES = 10;
const LINES = 600;
const CHARS_PER_TOKEN = 3.5;
/** What is read from the cache costs a tenth, what is written to it a quarter more. Source: docs.claude.com, prompt caching. */
const READ = 0.1;
const WRITTEN = 1.25;

/** Ten files of 600 lines over the three languages; in each the change adds one function. */
async function makeChange(dir: string): Promise<string[]> {
  mkdirSync(join(dir, 'src'), { recursive: true });
  const paths: string[] = [];
  const kinds = ['ts', 'py', 'go'] as const;
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  for (let index = 0; index < FILES; index++) {
    const kind = kinds[index % 3] ?? 'ts';
    const path = `src/file${index}.${kind}`;
    writeFileSync(join(dir, path), makeSource(kind, LINES, index));
    paths.push(path);
  }
  await commitAll(dir, 'base');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  for (const [index, path] of paths.entries()) {
    const added = makeSource(kinds[index % 3] ?? 'ts', 12, 1000 + index);
    writeFileSync(join(dir, path), `${readFileSync(join(dir, path), 'utf8')}\n${added}`);
  }
  await commitAll(dir, 'change');
  return paths;
}

/** Which task of the review, and after how many answers of tools. */
function nameRequest({ messages }: Anthropic.MessageCreateParams): string {
  const task = /# Task(?:: ([a-z, ]+))?/.exec(JSON.stringify(messages[0]))?.[1] ?? 'one look';
  return `${task}, round ${messages.filter(({ role }) => role === 'user').length}`;
}

/** A Messages API that looks two things up, says one thing of what it is shown, and then bears it out; it counts as the real one does. */
function createModel() {
  const seen = new Set<string>();
  const used = { system: 0, requests: 0, fresh: 0, written: 0, read: 0, output: 0 };
  const answer = (body: Anthropic.MessageCreateParams): string => {
    const said = JSON.stringify(body.messages);
    const path = /path=\\"(src\/[^"\\]+)\\"/.exec(said)?.[1] ?? '';
    if (!said.includes('tool_result'))
      return claudeToolStream([
        { name: 'Definition', input: { name: 'makePool', path } },
        { name: 'References', input: { name: 'orders', glob: 'src/file1*' } },
      ]);
    const quote = /\+ +(\d+) \| ((?:[^\\]|\\[^n])*?return(?:[^\\]|\\[^n])*?)\\n/.exec(said);
    const line = JSON.parse(`"${quote?.[2] ?? ''}"`) as string;
    const verdict = {
      id: 'claim',
      verdict: 'stands',
      path,
      side: 'head',
      quote: line,
      reason: 'No line checks it.',
      fixFails: null,
    };
    if (said.includes('# Task: disprove')) return claudeStream(JSON.stringify({ findings: [], verdicts: [verdict] }));
    const finding = {
      path,
      quote: line,
      line: Number(quote?.[1] ?? 1),
      removed: false,
      title: 'Rows of every owner come back',
      explanation: 'The query has no condition on the owner, so a user reads what belongs to others.',
      fix: 'Add the condition on the owner.',
      replacement: null,
      imports: [],
      principle: 'security/authenticate-and-authorize',
      cwe: ['CWE-639'],
      severity: 'high',
      dependsOn: null,
      alsoAt: [],
    };
    return claudeStream(JSON.stringify({ findings: [finding], verdicts: [] }));
  };
  /** Everything up to a mark that was sent before with the same beginning is read from the cache. */
  const count = (body: Anthropic.MessageCreateParams): void => {
    const blocks = [
      ...(body.tools ?? []),
      ...(Array.isArray(body.system) ? body.system : []),
      ...body.messages.flatMap(({ content }) =>
        typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content,
      ),
    ] as { cache_control?: object | null }[];
    let [length, cached, marked] = [0, 0, 0];
    const hash = createHash('sha256').update(body.model);
    const marks: string[] = [];
    for (const { cache_control: mark, ...block } of blocks) {
      const text = JSON.stringify(block);
      length += text.length;
      hash.update(text);
      if (!mark) continue;
      const key = hash.copy().digest('base64');
      if (seen.has(key)) cached = length;
      marked = length;
      marks.push(key);
    }
    for (const key of marks) seen.add(key);
    used.requests += 1;
    used.system = JSON.stringify(body.system ?? '').length;
    used.read += cached;
    used.written += Math.max(0, marked - cached);
    const fresh = length - Math.max(marked, cached);
    used.fresh += fresh;
    process.stderr.write(
      `  request ${used.requests} (${nameRequest(body)}): read ${cached}, written ${Math.max(0, marked - cached)}, fresh ${fresh} characters\n`,
    );
  };
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Anthropic.MessageCreateParams;
      if (request.url?.includes('count_tokens')) return response.end('{"input_tokens":1}');
      count(body);
      const text = answer(body);
      used.output += text.length / 4;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
    });
  };
  return { listener, used };
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Seconds from the webhook until `isDone`. */
async function review(
  dir: string,
  where: string,
  name: string,
  url: string,
  until: 'posted' | 'done',
): Promise<number> {
  const sandbox = await startSandbox();
  const key = { ANTHROPIC_API_KEY: 'sk-ant-bench', ANTHROPIC_BASE_URL: url };
  const env = { ...readEnvironment(key), DATA_DIR: join(dir, `${name}-data`), LOG_LEVEL: 'error' as const };
  const service = await startApp(sandbox, env);
  const repository = sandbox.addRepository('acme', name, where);
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Large' });
  const started = performance.now();
  await sandbox.sendPullRequest(repository, pull, 'opened');
  const isDone = (): boolean =>
    until === 'posted' ? pull.reviews.length > 0 : repository.checks.some((check) => check.status === 'completed');
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 10));
  const seconds = (performance.now() - started) / 1000;
  await service.stop();
  await sandbox.close();
  return seconds;
}

/** What Claude's review costs beside one that sends every changed file whole, and that a silent Claude holds nothing back. */
export async function benchModel(dir: string): Promise<Figure[]> {
  const where = join(dir, 'model');
  const paths = await makeChange(where);
  const silent = await listen(() => undefined);
  const proven = await review(dir, where, 'silent', silent.url, 'posted');
  silent.close();
  const model = createModel();
  const server = await listen(model.listener);
  const done = await review(dir, where, 'model', server.url, 'done');
  const { requests, fresh, written, read, output } = { ...model.used };
  // Another repository's, within the cache's life: of the first one it finds the tools and the instructions.
  await review(dir, where, 'another', server.url, 'done');
  server.close();
  const next = model.used;
  const share = (part: number, ...others: number[]): string =>
    `${Math.round((100 * part) / others.reduce((sum, one) => sum + one, part))} %`;
  const ours = (fresh + written * WRITTEN + read * READ + output * 5) / CHARS_PER_TOKEN;
  // The same instructions, each changed file whole, one request for each, no cache, one answer each.
  const naive = paths.reduce(
    (sum, path) => sum + readFileSync(join(where, path), 'utf8').length + model.used.system,
    0,
  );
  const theirs = (naive + (output / Math.max(1, requests)) * paths.length * 5) / CHARS_PER_TOKEN;
  const thousand = (chars: number): string => `${Math.round(chars / 1000)}k`;
  return [
    {
      what: 'webhook to proven findings while Claude is silent',
      value: `${proven.toFixed(1)} s`,
      beside: `${done.toFixed(1)} s to the whole review where it answers at once`,
      aim: 'at most 20 s',
    },
    {
      what: `tokens of a review of ${paths.length} files, ${requests} requests, as dear as fresh input`,
      value: thousand(ours),
      beside: `x${(ours / theirs).toFixed(2)} of every file whole, one request each (${thousand(theirs)})`,
      aim: 'x0.5 or less',
    },
    {
      what: 'input read from the cache',
      value: share(read, written, fresh),
      beside: `${thousand((read + written + fresh) / CHARS_PER_TOKEN)} tokens of input; of the next review ${share(next.read - read, next.written - written, next.fresh - fresh)}`,
      aim: '85 % or more',
    },
  ];
}
