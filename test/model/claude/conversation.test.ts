import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { ReadTool } from '../../../src/model/claude/claude.ts';
import { createClaude } from '../../../src/model/claude/create-claude.ts';
import { claudeStream, claudeToolStream } from '../../support/claude-stream.ts';
import { endpointAt } from '../../support/endpoint-at.ts';

const URL = 'https://claude.test';

interface Block {
  type: string;
  text?: string;
  content?: string;
  is_error?: boolean;
  cache_control?: object | null;
}
interface Body {
  system: Block[];
  messages: { role: string; content: string | Block[] }[];
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

/** What was sent, request by request, where these are the answers. */
async function converse(answers: string[], { tools = [], prompt = 'files' }: { tools?: ReadTool[]; prompt?: string }) {
  const sent: Body[] = [];
  for (const one of answers)
    nock(URL)
      .post('/v1/messages', (body: Body) => {
        sent.push(structuredClone(body));
        return true;
      })
      .reply(200, one, { 'content-type': 'text/event-stream' });
  const claude = createClaude({ endpoint: endpointAt(URL, 'sk-ant-canary') });
  const result = await claude.converse({
    model: 'claude-sonnet-5-5',
    system: 'You review.',
    prompt: [{ text: 'intent', cached: true }, { text: prompt, cached: true }, { text: 'task' }],
    schema: z.object({ findings: z.array(z.string()) }),
    account: { admit: async () => ({ settle: async () => undefined }) },
    tools,
  });
  return { sent, result };
}

const blocksOf = ({ system, messages }: Body): Block[] => [
  ...system,
  ...messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content)),
];
const nameMarked = (body: Body): string[] =>
  blocksOf(body)
    .filter((block) => block.cache_control)
    .map(({ text, content }) => text ?? content ?? '');
const readTool = (run: (path: string) => Promise<string>): ReadTool => ({
  name: 'Read',
  description: 'Reads.',
  input: z.object({ path: z.string() }),
  run: (input) => run(String(input['path'])),
});
const calls = (...paths: string[]) => claudeToolStream(paths.map((path) => ({ name: 'Read', input: { path } })));
const END = claudeStream('{"findings":[]}');

it('keeps instructions, intent, code and what was looked up last for the cache: four marks, as many as there may be', async () => {
  const tools = [readTool(async (path) => `text of ${path}`)];
  const { sent } = await converse([calls('a', 'b'), calls('c'), END], { tools });
  const stable = ['You review.', 'intent', 'files'];
  expect(sent.map(nameMarked)).toEqual([stable, [...stable, 'text of b'], [...stable, 'text of c']]);
  // What was sent once begins every later request: else nothing of it is found in the cache.
  const texts = sent.map((body) =>
    JSON.stringify(body.messages).replaceAll(/,"cache_control":(?:null|\{[^}]*\})/g, ''),
  );
  for (const [index, text] of texts.slice(1).entries())
    expect(text.startsWith(texts[index]?.slice(0, -1) ?? '')).toBe(true);
});

it('answers eight calls of a round at once, and no more', async () => {
  let [running, most] = [0, 0];
  const tools = [
    readTool(async (path) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return `text of ${path}`;
    }),
  ];
  const { sent } = await converse([calls(...'abcdefghij'), END], { tools });
  const results = blocksOf(sent[1] as Body).filter(({ type }) => type === 'tool_result');
  expect(most).toBe(8);
  expect(results.map(({ is_error: isError = false }) => isError)).toEqual([...Array(8).fill(false), true, true]);
  expect(results.at(-1)?.content).toBe('At most 8 calls a round.');
});

it('counts the tokens of a request that may be too long before it is sent, and sends none that is', async () => {
  const prompt = 'word '.repeat(600_000);
  const count = (tokens: number) => nock(URL).post('/v1/messages/count_tokens').reply(200, { input_tokens: tokens });
  count(2_000_000);
  expect((await converse([], { prompt })).result).toEqual({ kind: 'truncated' });
  count(1000);
  expect((await converse([END], { prompt })).result).toMatchObject({ kind: 'answer' });
});
