import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { describeRules } from '../../src/analysis/describe-rules.ts';
import { expectWorth, READINGS } from '../../src/findings/readings.ts';

describe('readings', () => {
  const agents = [...loadAgents().values()];

  it('are of rules that there are', () => {
    const known = new Set(agents.flatMap((agent) => describeRules(agent)).map(({ id }) => id));
    expect(Object.keys(READINGS).filter((id) => !known.has(id))).toEqual([]);
  });

  it('count no more that are right than were read', () => {
    expect(Object.entries(READINGS).filter(([, [worthIt, read]]) => worthIt > read || read < 1)).toEqual([]);
  });

  it('say nothing of a rule of which nothing was read', () => {
    expect(expectWorth('never-read')).toBe(0.5);
  });
});
