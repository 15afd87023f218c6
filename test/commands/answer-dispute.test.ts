import { expect, it } from 'vitest';
import { answerDispute } from '../../src/commands/answer-dispute.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import { DEFAULT_CONFIG } from '../../src/config/repository-config.ts';
import { type LedgerEntry, toRecord } from '../../src/ledger/ledger.ts';
import { finding } from '../support/finding.ts';
import { makePullRequest } from '../support/pull-request.ts';

const dispute = async (source: string, mayIgnore: boolean) => {
  const record = toRecord(finding({ source }), 'backend-dev');
  const entry = { record, claim: record, seal: 'current', thread: { first: { body: '' } } } as LedgerEntry;
  const context = {
    agent: { name: 'backend-dev' },
    argument: 'this is safe',
    conversant: { judge: async () => ({ verdict: 'withdrawn', answer: 'It is.' }) },
    config: { outcome: { kind: 'absent', config: DEFAULT_CONFIG } },
    entry,
    login: 'dana',
    mayIgnore,
    pull: makePullRequest(),
    rules: new Map(),
    source: async () => ({}),
  } as unknown as CommandContext;
  const { amendments, reply } = await answerDispute(context);
  return [amendments?.map((one) => one.kind), reply?.includes('Someone with write access can settle it')];
};

it.each([
  { what: 'of the model’s, by somebody without rights', source: 'model', mayIgnore: false, kind: 'dispute' },
  { what: 'of an analyser’s, by somebody without rights', source: 'data-flow', mayIgnore: false, kind: 'dispute' },
  { what: 'of an analyser’s, by somebody with rights', source: 'data-flow', mayIgnore: true, kind: 'dispute' },
  { what: 'of the model’s, by somebody with rights', source: 'model', mayIgnore: true, kind: 'ignore' },
])('a withdrawal $what gives: $kind', async ({ source, mayIgnore, kind }) => {
  expect(await dispute(source, mayIgnore)).toEqual([[kind], kind === 'dispute']);
});

it('without Claude the path of the finding as it is now is the answer, whatever its comment says', async () => {
  const now = finding({ trace: [{ line: 1, text: 'req.query.sort' }] });
  const record = toRecord(now, 'backend-dev');
  const body = 'edited: **Path:** 9 `evil`';
  const entry = { record, claim: record, seal: 'current', thread: { first: { body } } } as LedgerEntry;
  const ask = async (findings: (typeof now)[]) => {
    const context = {
      agent: { name: 'backend-dev' },
      argument: 'this is safe',
      conversant: { off: 'no key' },
      entry,
      login: 'dana',
      rules: new Map(),
      analyse: async () => ({ findings, texts: new Map(), unwritable: new Map() }),
    } as unknown as CommandContext;
    return (await answerDispute(context)).reply;
  };
  expect(await ask([now])).toContain('It stands by this path through the code: 1 `req.query.sort`');
  expect(await ask([])).toContain('It stands by the code quoted above.');
});
