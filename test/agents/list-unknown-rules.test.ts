import { expect, it } from 'vitest';
import { listUnknownRules } from '../../src/agents/list-unknown-rules.ts';
import { describeUnknownRules } from '../../src/render/describe-config.ts';
import { startProcessorClock } from '../support/processor-time.ts';

it('tells what is like an unknown rule, and is silent about principles and what Claude finds', () => {
  const unknown = listUnknownRules(['sql-injection', 'sql-injecton', 'security/any', 'model-security-any']);
  expect(unknown).toEqual([expect.stringContaining('sql-injecton: no such rule. Like it: sql-injection')]);
});

it('names hundreds of them in a few lines', () => {
  const names = Array.from({ length: 700 }, (_, at) => `sql-injectio-${at}`);
  const took = startProcessorClock();
  const notes = describeUnknownRules(listUnknownRules(names));
  expect(took()).toBeLessThan(1000);
  expect(notes).toHaveLength(6);
  expect(notes.at(-1)).toBe('`.github/backend-dev.yml` names 695 more that there are not.');
});
