import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

it.each([
  { what: 'a value', sql: 'select id from orders where state = ${req.query.s}', says: ['Put a placeholder'] },
  {
    what: 'a value in quotes',
    sql: "select id from orders where state = '${req.query.s}'",
    says: ['Replace the literal, quotes included, by a placeholder'],
  },
  {
    what: 'a part of a literal',
    sql: "select id from orders where kind = 'a' and note like '%${req.query.s}%'",
    says: ['Replace the literal', 'with any `%`'],
  },
  {
    what: 'an identifier',
    sql: "select id from orders where a = 'x' order by ${req.query.s}",
    says: ['Identifiers cannot'],
  },
])('the fix for $what in SQL is one that works there', async ({ sql, says }) => {
  const text = `export const find = (req, res) => pool.query(\`${sql}\`);\n`;
  const { outcomes } = await analyseFile(analysers, { path: 'src/a.ts', kind: 'typescript', text, hunks: null });
  const fixes = outcomes
    .flatMap(({ outcome }) => (outcome.status === 'analysed' ? outcome.findings : []))
    .map((one) => one.fix);
  expect(fixes).toHaveLength(1);
  for (const part of says) expect(fixes[0]).toContain(part);
});
