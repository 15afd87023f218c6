import { expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import { explainRule } from '../../../src/analysis/explain/explain-rule.ts';
import { loadFlowClasses, loadFlowData } from '../../../src/analysis/load-flow-data.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { formatExplanation } from '../../../src/cli/explain-rule.ts';

const principles = new Set((loadAgents().get('backend-dev')?.principles ?? []).map(({ id }) => id));
const rules = loadRules('backend-dev', principles);
const known = {
  rules,
  classes: loadFlowClasses('backend-dev', principles),
  data: loadFlowData('backend-dev', principles, rules),
  analysers: createAnalysers('backend-dev', principles),
};

async function explain(id: string, text: string): Promise<string> {
  return formatExplanation(await explainRule(id, { path: 'a.ts', kind: 'typescript', text, hunks: null }, known));
}

it('tells of a rule over values which condition does not hold, and what is there instead', async () => {
  const told = await explain(
    'weak-cipher',
    "import crypto from 'node:crypto';\nconst NAME = 'aes-256-gcm';\ncrypto.createCipheriv(NAME, key, iv);\nexport const f = (name) =>\n  crypto.createCipheriv(name, key, iv);\ncrypto.createCipheriv('des', key, iv);\n",
  );
  expect(told).toMatch(/line 3: .*\n {4}does not {2}clause 1: .*argument 0 must be .*, and is aes-256-gcm/);
  expect(told).toMatch(/line 5: .*\n {4}does not {2}clause 1: .*and is something unknown/);
  expect(told).toMatch(/line 6: .*\n {4}holds {5}clause 1/);
  expect(told).toContain('Found:\n  a.ts:6 high');
});

it('tells of a class of flaws what came to a place where it could do harm, and why it did none', async () => {
  const told = await explain(
    'sql-injection',
    "import { Pool } from 'pg';\nconst pool = new Pool();\napp.get('/x', (req, res) => {\n  pool.query(`select * from a where id = ${req.query.id}`);\n  pool.query(`select * from a where id = ${Number(req.query.id)}`);\n  pool.query('select * from a where id = $1', [req.query.id]);\n});\n",
  );
  expect(told).toMatch(/line 4: .*\n {4}holds .*others decide it/);
  expect(told).toMatch(/line 5: .*\n {4}does not .*nobody outside decides it/);
  expect(told).toContain('a.ts:4 critical');
});

it('tells of a rule over syntax which names, words and conditions hold', async () => {
  const told = await explain(
    'jwt-not-verified',
    "import { decode } from './base62';\nimport jwt from 'jsonwebtoken';\nexport const auth = (req) => {\n  req.user = jwt.decode(req.headers.authorization);\n};\n",
  );
  expect(told).toContain('holds     jwt.decode stands for jsonwebtoken.decode');
  expect(told).toContain('Found:\n  a.ts:4 critical');
  expect(await explain('jwt-not-verified', 'export const a = 1;\n')).toMatch(
    /does not {2}one of the words .*\n[^]*Nothing in this file/,
  );
});

it('tells which line of the file makes up for a flaw', async () => {
  const told = await explain(
    'missing-request-timeout',
    "import axios from 'axios';\naxios.defaults.timeout = 5000;\nexport const load = async () => await axios.get('https://a.example.com');\n",
  );
  expect(told).toContain('does not  nothing in the file makes up for it: line 2 does, axios.defaults.timeout = 5000');
});

it('shows no credential of the file', async () => {
  const key = ['AKIA', 'Q3EGRMZ7KXWT5JNB'].join('');
  const told = await explain('weak-cipher', `import c from 'crypto';\nc.createCipheriv('des', '${key}', iv);\n`);
  expect(told).toContain('a.ts:2 high');
  expect(told).not.toContain(key);
});

it('names rules that are called alike where there is none of this id', async () => {
  await expect(explain('weak-ciphers', '')).rejects.toThrow('weak-ciphers: no such rule. Like it: weak-cipher');
  await expect(explain('sql-injecton', '')).rejects.toThrow(/Like it: (nosql-injection, )?sql-injection/);
});
