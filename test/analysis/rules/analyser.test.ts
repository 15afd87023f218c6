import { expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { loadFlows } from '../../../src/analysis/flows/load-flows.ts';
import { createSyntaxAnalysers } from '../../../src/analysis/rules/analyser.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { createFlowData } from '../../../src/flows/flow-data.ts';

const principles = new Set((loadAgents().get('backend-dev')?.principles ?? []).map(({ id }) => id));
const none = createFlowData(
  [],
  () => [],
  () => [],
);
const file: SourceFile = {
  path: 'src/orders.ts',
  kind: 'typescript',
  text: "export const list = (req, pool) => pool.query(`select * from orders where id = '${req.query.id}'`);\n",
  hunks: null,
};

it('follows data for an agent that has flows of one file and no classes', async () => {
  const flow = createSyntaxAnalysers([], loadFlows('backend-dev', principles), none).find(
    ({ name }) => name === 'data-flow',
  );
  expect(flow?.handles(file)).toBe(true);
  expect(await flow?.analyse(file)).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
});

it('does not say that it followed data for an agent that has neither', () => {
  const flow = createSyntaxAnalysers([], [], none).find(({ name }) => name === 'data-flow');
  expect(flow?.handles(file)).toBe(false);
});
