import { describe, expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';
import { startProcessorClock } from '../support/processor-time.ts';

/** Two objects that take turns in holding each other: each round of the loop is one step deeper, with two ways into it. */
function queue(kinds: number): string {
  const turns = Array.from(
    { length: kinds },
    (_, at) =>
      `    if (kind === 'k${at}') { last = { kind, next: task, last }; } else { task = { kind, next: last, task }; }`,
  );
  return [
    "import { exec } from 'node:child_process';",
    'export function run(req) {',
    "  let task = { kind: '' };",
    "  let last = { kind: 'x' };",
    '  for (const kind of req.kinds) {',
    ...turns,
    '  }',
    '  exec(task.kind);',
    '}',
    "import express from 'express';",
    "express().get('/', (req, res) => { run({ kinds: req.query.kinds }); });",
  ].join('\n');
}

describe('an object that holds what holds it', () => {
  it('costs no more than its branches, and what is in it is found', async () => {
    await findProgramFlows([{ path: 'a.js', text: queue(1) }], ['a.js'], { ...flowData() });
    const took = startProcessorClock();
    const { findings } = await findProgramFlows([{ path: 'a.js', text: queue(30) }], ['a.js'], { ...flowData() });
    const ms = took();
    expect(findings).toMatchObject([{ ruleId: 'command-injection', severity: 'critical' }]);
    // Without a bound: 8 kinds took 1.2 s, and 12 more than a minute and all of the memory.
    expect(ms).toBeLessThan(5000);
  });
});

/** So many fields, and as many times the query of a request spread over them. */
function spread(times: number): string {
  const fields = Array.from({ length: times }, (_, at) => `a${at}: 1`);
  const all = [...fields, ...Array.from({ length: times }, () => '...req.query')].join(', ');
  return [
    "import { exec } from 'node:child_process';",
    "import express from 'express';",
    `express().get('/', (req, res) => { const all = { ${all} }; exec(all.a1); });`,
  ].join('\n');
}

describe('a request that is spread over thousands of fields thousands of times', () => {
  it('costs no more than the text is long', async () => {
    await findProgramFlows([{ path: 'a.js', text: spread(1) }], ['a.js'], { ...flowData() });
    const took = startProcessorClock();
    const { findings } = await findProgramFlows([{ path: 'a.js', text: spread(4000) }], ['a.js'], { ...flowData() });
    const ms = took();
    expect(findings).toMatchObject([{ ruleId: 'command-injection', severity: 'critical' }]);
    // Each over each took minutes.
    expect(ms).toBeLessThan(5000);
  });
});
