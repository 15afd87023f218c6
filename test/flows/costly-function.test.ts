import { describe, expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';

/** A logger whose work is a thousand steps, so many calls of it with a message each, and one of what a request sends. */
function logger(messages: number): string {
  const work = Array.from({ length: 200 }, (_, at) => `  if (state.level${at} > ${at}) { line = line.trim(); }`);
  const calls = Array.from({ length: messages }, (_, at) => `  log('message ${at}');`);
  return [
    "import { exec } from 'node:child_process';",
    "import express from 'express';",
    'const state = load();',
    'function log(text) {',
    '  let line = text;',
    ...work,
    '  exec(`logger ${line}`);',
    '}',
    "express().get('/', (req, res) => {",
    ...calls,
    '  log(req.query.name);',
    '});',
  ].join('\n');
}

describe('a function that costs much', () => {
  it('is not run again for every message, and still for what others decide', async () => {
    const stepsOf = async (messages: number): Promise<number> => {
      const { run, findings, clipped } = await findProgramFlows([{ path: 'a.js', text: logger(messages) }], ['a.js'], {
        ...flowData(),
      });
      expect(clipped).toBe(false);
      expect(findings).toMatchObject([{ ruleId: 'command-injection', severity: 'critical' }]);
      return 400_000 - run.work.left;
    };
    const [few, many] = [await stepsOf(100), await stepsOf(400)];
    expect(few).toBeGreaterThan(40_000);
    expect(many - few).toBeLessThan(10_000);
  });
});
