import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import { createSyntaxAnalysers } from '../../../src/analysis/rules/analyser.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { createFlowData } from '../../../src/flows/flow-data.ts';
import { flowData } from '../../support/flow-data.ts';

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

it('follows data for an agent that has classes and no rules', async () => {
  const flow = createSyntaxAnalysers([], flowData()).find(({ name }) => name === 'data-flow');
  expect(flow?.handles(file)).toBe(true);
  expect(await flow?.analyse(file)).toMatchObject({ findings: [{ ruleId: 'sql-injection' }] });
});

it('does not say that it followed data for an agent that has neither', () => {
  const flow = createSyntaxAnalysers([], none).find(({ name }) => name === 'data-flow');
  expect(flow?.handles(file)).toBe(false);
});

describe('a credential in a call', () => {
  const tell = async (text: string) => {
    const { outcomes } = await analyseFile(createAnalysers('backend-dev', principles), { ...file, text });
    return outcomes.flatMap(({ outcome }) => ('findings' in outcome ? outcome.findings : []));
  };
  const PROGRAM = "import { createHmac } from 'crypto';\nconst NAME = 'nightly';\n";
  it('is not shown', async () => {
    const found = await tell(`${PROGRAM}export const h = createHmac('sha256', 'sunny-orders');\n`);
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['hard-coded-key']);
    expect(JSON.stringify(found)).not.toContain('sunny-orders');
  });
  it('is told where it is written', async () => {
    const found = await tell(`${PROGRAM}export const h = createHmac('sha256', NAME);\n`);
    expect(found.map(({ snippet }) => snippet)).toEqual(["const NAME = '••••••••';"]);
    expect(JSON.stringify(found)).not.toContain('nightly');
  });
  it('is not said again where the search for credentials says it', async () => {
    const key = ['q9VtR2mXw7', 'kL4pZ8sB3n'].join('');
    const found = await tell(
      `import session from 'express-session';\nexport const s = session({ secret: '${key}', cookie: { secure: true, sameSite: 'lax' } });\n`,
    );
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['secret-in-source']);
  });
});
