import { expect, it } from 'vitest';
import type { Answer } from '../../src/model/answer.ts';
import { weighContext } from './weigh-context.ts';

const CODE = `<file-n path="src/a.ts" kind="typescript">
${Array.from({ length: 12 }, (_, at) => ` ${String(at + 1).padStart(5)} | step${at}();`).join('\n')}
+   13 | await charge(id);
</file-n>

<context-n path="src/carrier.ts" side="head" role="definition" because="\`charge\` is used in line 13 of src/a.ts">
     40 | export function charge(id) {
     41 |   return post(id, randomUUID());
</context-n>

<context-n path="src/other.ts" side="head" role="caller" because="x">
      1 | run();
</context-n>

# Queues

- A rule.`;

const answer = (own: Partial<Answer['verdicts'][number]>): Answer => ({
  findings: [],
  verdicts: [
    {
      id: 'claim',
      verdict: 'stands',
      path: 'src/a.ts',
      side: 'head',
      quote: 'await charge(id);',
      reason: '',
      fixFails: null,
      ...own,
    },
  ],
});
const weigh = (one: Answer) => weighContext(['<pull-request-n>\nPay\n</pull-request-n>', CODE, '# Task'], [one]);
const earning = (one: Answer) =>
  weigh(one).weights.flatMap(({ kind, cited, named }) => (cited ? [`${kind}!`] : named ? [kind] : []));

it('says what each kind of context costs', () => {
  const costs = weigh(answer({}))
    .weights.filter(({ tokens }) => tokens > 0)
    .map(({ kind }) => kind);
  expect(costs).toEqual(['functions', 'definitions', 'callers', 'intent', 'guidance']);
});

it.each([
  ['nothing for a changed line', {}, [], []],
  ['what is quoted', { path: 'src/carrier.ts', quote: '  return post(id, randomUUID());' }, ['definitions!'], []],
  ['what is named by its number', { reason: '`carrier.ts` line 41 makes a new key.' }, ['definitions!'], []],
  ['what is named', { reason: '`randomUUID` makes a new key each time.' }, ['definitions'], []],
  ['a line of the file far from the change', { quote: 'step1();' }, ['functions!'], []],
  ['nothing for what was looked up', { path: 'src/b.ts', quote: 'x' }, [], ['src/b.ts']],
])('knows which one earns its place: %s', (_, own, earned, lookedUp) => {
  expect(earning(answer(own))).toEqual(earned);
  expect(weigh(answer(own)).lookedUp).toEqual(lookedUp);
});
