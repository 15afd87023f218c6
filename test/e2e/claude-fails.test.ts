import { expect, it } from 'vitest';
import type { SandboxPullRequest } from '../../src/sandbox/state.ts';
import { answerReview, CANDIDATE } from '../support/claude-answers.ts';
import { claudeStream, claudeToolStream } from '../support/claude-stream.ts';
import { FLAWED, startStack, WATCHED, waitFor, waitForQuiet } from '../support/stack.ts';
import { type Said, startModel } from '../support/start-model.ts';
import { makeRepository, type Tree } from '../support/temp.ts';

/** What Claude does in a review, by the title of its pull request; `before`: how often that one asked already. */
interface Fault {
  does: (before: number, body: string) => Said;
  /** Nothing is wrong with what is changed. */
  clean?: true;
  /** Changed, too. */
  more?: Tree;
  ends: 'complete' | 'partial' | 'failed';
  /** In the summary, besides. */
  says?: string;
  /** Requests that were sent. */
  asks: number;
  /** Those of them that came back as an answer, whatever it was worth: each is paid, and counted. */
  paid?: number;
  /** What Claude found all the same. */
  finds?: string[];
}

const INVENTED = { ...CANDIDATE, title: 'Invented', path: 'src/nowhere.ts' };
const MOVED = { ...CANDIDATE, title: 'Invented, too', line: 3, quote: 'eval(request.body)' };
const fine = answerReview([]);
const found = answerReview([CANDIDATE]);
const START = claudeStream('{"findings":[').slice(0, 600);
const fail = (status: number, headers: Record<string, string> = {}, text = 'no') => ({ status, text, headers });
/** What is said in a row; then it is fine. */
const first =
  (...said: Said[]): Fault['does'] =>
  (before, body) =>
    said[before] ?? fine(body);
const always =
  (said: Said): Fault['does'] =>
  () =>
    said;
const refutes = (body: string): boolean => body.includes('# Task: disprove one claim');

const LINE = (n: number): string => `export const word${n} = 'a${n}';\n`;
const SECOND = { 'src/second.ts': 'export const second = 2;\n' };
/** So much is looked at from four sides. */
const DEEP = { 'src/words.ts': [1, 2, 3, 4, 5].map(LINE).join('') };
/** So much that the small model sorts it. */
const LARGE = {
  'src/words.ts': Array.from({ length: 250 }, (_, n) => LINE(n)).join(''),
  'src/more.ts': Array.from({ length: 250 }, (_, n) => LINE(n + 250)).join(''),
};

/** ../shared/FAULTS.md, 11 to 14 and 17. */
const PASSING: Record<string, Fault> = {
  'invalid twice': {
    clean: true,
    does: always({ status: 200, text: 'Sure! Here it is.' }),
    ends: 'failed',
    says: 'MODEL\\_INVALID: the answer did not fit the schema twice',
    asks: 2,
    paid: 2,
  },
  'invalid once': {
    clean: true,
    does: (before, body) => (before === 0 ? { status: 200, text: '{"findings":' } : fine(body)),
    ends: 'complete',
    asks: 2,
    paid: 2,
  },
  refused: {
    does: always({ stream: claudeStream('', 'refusal') }),
    ends: 'failed',
    says: 'MODEL\\_REFUSED',
    asks: 1,
    paid: 1,
  },
  'one of four refused': {
    clean: true,
    does: (_, body) => (body.includes('# Task: contracts') ? { stream: claudeStream('', 'refusal') } : fine(body)),
    more: DEEP,
    ends: 'partial',
    says: 'MODEL\\_REFUSED',
    asks: 4,
    paid: 4,
  },
  'nobody disproves': {
    does: (_, body) => (refutes(body) ? { stream: claudeStream('', 'refusal') } : found(body)),
    ends: 'partial',
    says: 'MODEL\\_REFUSED',
    asks: 2,
    finds: [CANDIDATE.title],
  },
  'cut at the length limit': {
    does: always({ stream: claudeStream('{"findings":[', 'max_tokens') }),
    ends: 'failed',
    says: 'MODEL\\_TRUNCATED: what was asked about src/orders.ts, or the answer, reached a length limit',
    asks: 1,
    paid: 1,
  },
  'cut at the window': {
    clean: true,
    does: always({ stream: claudeStream('{"findings":[', 'model_context_window_exceeded') }),
    ends: 'failed',
    says: 'MODEL\\_TRUNCATED',
    asks: 1,
  },
  'too long': {
    does: always(fail(400, {}, 'prompt is too long: 1000001 tokens > 1000000 maximum')),
    ends: 'failed',
    says: 'MODEL\\_TRUNCATED',
    asks: 1,
  },
  'too long for a gateway': { does: always(fail(413)), ends: 'failed', says: 'MODEL\\_TRUNCATED', asks: 1 },
  'too long together': {
    does: (_, body) => (isShown(body, 'orders') && isShown(body, 'second') ? fail(413) : fine(body)),
    more: SECOND,
    ends: 'complete',
    asks: 3,
  },
  'too long in one half': {
    clean: true,
    does: (_, body) => (isShown(body, 'second') ? { stream: claudeStream('', 'max_tokens') } : fine(body)),
    more: SECOND,
    ends: 'partial',
    says: 'MODEL\\_TRUNCATED: what was asked about src/second.ts,',
    asks: 3,
  },
  'busy for a moment': { does: first(fail(429, { 'retry-after': '1' })), ends: 'complete', asks: 2 },
  'busy for a day': {
    clean: true,
    does: always(fail(429, { 'retry-after': '86400' })),
    ends: 'failed',
    says: 'MODEL\\_OVERLOADED: Claude answered 429 (rate limit): not before 86400 s',
    asks: 1,
  },
  'broken for a moment': { does: first(fail(529), fail(500)), ends: 'complete', asks: 3 },
  'broken in the stream': {
    does: first({
      stream: `${START}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"no"}}\n\n`,
    }),
    ends: 'complete',
    asks: 2,
  },
  'cut in the stream': { does: first({ stream: START, end: 'cut' }), ends: 'complete', asks: 2 },
  'ended in the stream': { does: first({ stream: START }), ends: 'complete', asks: 2 },
  'no stream at all': { does: first({ stream: '<html>Please log in</html>' }), ends: 'complete', asks: 2 },
  rejected: {
    clean: true,
    does: always(fail(404)),
    ends: 'failed',
    says: 'MODEL\\_REJECTED: Claude answered 404',
    asks: 1,
  },
  'only the sorter is overloaded': {
    does: (_, body) => (body.includes('Say the tier') ? fail(429, { 'retry-after': '900' }) : fine(body)),
    more: LARGE,
    ends: 'partial',
    says: 'triage: MODEL\\_OVERLOADED',
    // The sorter, and four readers.
    asks: 5,
  },
  'tools without end': {
    clean: true,
    does: (before) => ({ stream: claudeToolStream([{ name: 'Glob', input: { pattern: `${before}/**` } }]) }),
    ends: 'failed',
    says: 'called tools to the end, for 10 rounds',
    asks: 10,
  },
  'tools that are not there': {
    does: (before, body) =>
      before === 0 ? { stream: claudeToolStream([{ name: 'Bash', input: { command: 'env' } }]) } : fine(body),
    ends: 'complete',
    asks: 2,
  },
  invents: {
    clean: true,
    does: (_, body) => answerReview([INVENTED, MOVED])(body),
    ends: 'complete',
    says: '2 more claims of Claude are not shown: 1 of a file that was not shown, 1 its quote is not in the file',
    asks: 1,
  },
  'speaks of what nobody touched': {
    clean: true,
    does: (_, body) => answerReview([{ ...CANDIDATE, line: 1, quote: "import { pool } from './db.js';" }])(body),
    ends: 'complete',
    says: '1 more claim of Claude is not shown: 1 not about what this change touches',
    asks: 1,
  },
};

/** 14 and 16. After three of these in a row Claude would be left alone: they come last. */
const LASTING: Record<string, Fault> = {
  'broken for good': {
    does: always(fail(529)),
    ends: 'failed',
    says: 'MODEL\\_OVERLOADED: Claude answered 529 5 times',
    asks: 5,
  },
  'silent for good': {
    does: always({ stream: START, end: 'open' }),
    ends: 'failed',
    says: 'MODEL\\_TIMEOUT: Claude did not finish within 10 s',
    asks: 1,
  },
};

const isShown = (body: string, name: string): boolean => body.includes(`path=\\"src/${name}.ts\\"`);

/** The App with a Claude that does to each pull request what its title says. */
async function startFaulty(
  does: (title: string, before: number, body: string) => Said,
  env: Record<string, string> = {},
) {
  const asked = new Map<string, number>();
  const model = await startModel((body) => {
    const title = /Fault: ([a-z ,]+)\./.exec(body)?.[1] ?? '';
    const before = asked.get(title) ?? 0;
    asked.set(title, before + 1);
    return does(title, before, body);
  });
  const stack = await startStack('postgres', {
    ANTHROPIC_API_KEY: 'sk-ant-canary',
    ANTHROPIC_BASE_URL: model.url,
    BACKEND_DEV_MODEL_SECONDS: '10',
    ...env,
  });
  const dirs = new Map<string, Promise<string>>();
  /** Each in a repository of its own, so that each has its own check. */
  const open = async (title: string, change: Tree) => {
    const key = JSON.stringify(change);
    const dir = dirs.get(key) ?? makeRepository(FLAWED.base, change);
    dirs.set(key, dir);
    const repository = stack.sandbox.addRepository('acme', title.replaceAll(' ', '-'), await dir);
    const own = { base: 'main', head: 'feature', title: `Fault: ${title}.` };
    const pull = await stack.sandbox.openPullRequest(repository, own);
    await stack.sandbox.sendPullRequest(repository, pull, 'opened');
    const check = () => repository.checks.at(-1);
    const end = () => waitFor(title, () => check()?.status === 'completed', 300_000);
    return { pull, check, end, body: () => pull.reviews[0]?.body ?? '' };
  };
  return { ...stack, model, asked, open };
}

const CLEAN = { 'src/orders.ts': `${FLAWED.base['src/orders.ts']}// more\n` };
const PROVEN = 'Request input becomes SQL text';

it('Claude fails in every way that it can: each has its end and says it, the proven stands, and nothing is asked without end', async () => {
  const { asked, open } = await startFaulty(
    (title, before, body) => (PASSING[title] ?? LASTING[title])?.does(before, body) ?? fine(body),
  );
  for (const wave of [PASSING, LASTING]) {
    const opened = [];
    for (const [title, fault] of Object.entries(wave)) {
      const change = { ...(fault.clean ? CLEAN : FLAWED.change), ...fault.more };
      opened.push({ title, ...fault, ...(await open(title, change)) });
    }
    for (const { title, ends, says = '', asks, paid, clean, finds = [], pull, check, end, body } of opened) {
      await end();
      expect.soft(body(), title).toContain(`model ${ends}`);
      expect.soft(body(), title).toContain(says);
      if (paid) expect.soft(body(), title).toContain(` · ${paid * 1010} tokens · $0.0`);
      expect.soft([title, ...listTitles(pull)]).toEqual([title, ...(clean ? [] : [PROVEN]), ...finds]);
      // Green: all was looked at, and nothing was found.
      const conclusion = clean ? (ends === 'complete' ? 'success' : 'neutral') : 'failure';
      expect.soft(check(), title).toMatchObject({ conclusion, title: expect.stringContaining(`model ${ends}`) });
      expect.soft(body(), title).not.toContain('Invented');
      expect.soft([title, asked.get(title)]).toEqual([title, asks]);
    }
  }
}, 600_000);

const listTitles = (pull: SandboxPullRequest) => pull.comments.map(({ body }) => /\*\*(.*?)\*\*/.exec(body)?.[1]);

it('leaves an account alone whose spend limit is reached, and tells whoever runs the App', async () => {
  const { open, model, url, sandbox } = await startFaulty(() => fail(429));
  for (const title of ['first', 'second', 'third']) {
    const { end, check, body } = await open(title, CLEAN);
    await end();
    expect(check()).toMatchObject({ conclusion: 'neutral', title: expect.stringContaining('model failed') });
    expect(body()).toContain('MODEL\\_SPEND\\_LIMIT');
  }
  expect(model.sent).toHaveLength(1);
  // The operator is told when the check has been written.
  await waitForQuiet(sandbox);
  const headers = { authorization: `Bearer ${WATCHED.METRICS_TOKEN}` };
  const metrics = await (await fetch(new URL('/metrics', url), { headers })).text();
  expect(metrics).toContain('backend_dev_model_reviews_total{status="failed"} 3');
});

it('asks the other model that the operator named, and leaves the first one alone after three failures', async () => {
  const wanted: string[] = [];
  const { open } = await startFaulty(
    (_, __, body) => {
      const { model } = JSON.parse(body) as { model: string };
      wanted.push(model);
      return model.includes('sonnet') ? fail(429, { 'retry-after': '900' }) : fine(body);
    },
    { BACKEND_DEV_FALLBACK_MODEL: 'haiku' },
  );
  for (const title of ['first', 'second', 'third', 'fourth']) {
    const { end, check, body } = await open(title, CLEAN);
    await end();
    expect(check()).toMatchObject({ conclusion: 'success', title: expect.stringContaining('model complete') });
    expect(body()).toContain('`claude-haiku-5-5`');
  }
  const [sonnet, haiku] = ['claude-sonnet-5-5', 'claude-haiku-5-5'];
  expect(wanted).toEqual([sonnet, haiku, sonnet, haiku, sonnet, haiku, haiku]);
});
