import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { loadFlows } from '../../../src/analysis/flows/load-flows.ts';
import { compileFlows, runFlows } from '../../../src/analysis/flows/run-flows.ts';
import { parseSource, type RuleLanguage } from '../../../src/analysis/languages.ts';

const principles = new Set(
  loadAgents()
    .get('backend-dev')
    ?.principles.map((one) => one.id),
);
const flows = loadFlows('backend-dev', principles);

function find(language: RuleLanguage, text: string) {
  const path = { typescript: 'a.ts', python: 'a.py', go: 'a.go' }[language];
  const file = { path, kind: language, text, hunks: null };
  return runFlows(compileFlows(flows, language), parseSource(language, file), file).findings;
}

describe('the place', () => {
  it('is the value, not the head of the chain', () => {
    const [found] = find(
      'typescript',
      "export const list = (req, db) => db\n  .select(['id'])\n  .from('notes')\n  .joinRaw(\n    `join tags on tags.name = '${req.query.tag}'`,\n  )\n  .orderBy('id');",
    );
    expect(found).toMatchObject({ startLine: 4, endLine: 5 });
    expect(found?.explanation).toContain('`joinRaw`');
  });

  it('is the line of the value in a long statement', () => {
    const text = `export const f = (req, pool) => pool.query(\`select id\n${'  , a\n'.repeat(20)}from t\norder by \${req.query.sort}\`);`;
    expect(find('typescript', text)).toMatchObject([{ startLine: 23, endLine: 23 }]);
  });

  it('is said once for a text that runs at several places', () => {
    const text =
      "export function f(req, pool) {\n  const sql = `select 1 from t where x = '${req.query.x}'`;\n  pool.query(sql);\n  pool.query(sql);\n  pool.query(sql);\n}";
    expect(find('typescript', text)).toMatchObject([{ startLine: 2 }]);
  });
});

describe('the values', () => {
  it('are named as they are written where they are pasted', () => {
    const text =
      'package a\nimport ("database/sql"; "fmt"; "net/http")\nfunc f(db *sql.DB, r *http.Request) {\n\tq := fmt.Sprintf("select 1 from t where a = \'%s\'", r.URL.Query().Get("a"))\n\tdb.Query(q)\n}\n';
    const [found] = find('go', text);
    expect(found?.fix).toContain('pass `r.URL.Query().Get("a")`');
  });

  it('are all named, the worst first', () => {
    const text =
      "export function f(req, pool, b) {\n  pool.query(\n    `select 1 from t where a = '${b}'\n     and b = '${req.query.c}'`);\n}";
    const [found] = find('typescript', text);
    expect(found?.pasted).toEqual([
      { name: 'req.query.c', line: 4 },
      { name: 'b', line: 3 },
    ]);
    expect(found?.explanation).toContain('Pasted into it as well: `b` (line 3).');
  });
});

describe('the fix', () => {
  const rows: [string, RuleLanguage, string, RegExp, RegExp][] = [
    [
      'limit is no column',
      'typescript',
      'export const f = (p, limit: string) => p.query(`select id from t order by id limit ${limit}`);',
      /placeholder/,
      /Identifiers/,
    ],
    [
      'order by takes a column',
      'typescript',
      'export const f = (p, req) => p.query(`select id from t order by ${req.query.sort}`);',
      /Identifiers/,
      /placeholder/,
    ],
    [
      'a direction is chosen',
      'typescript',
      'export const f = (p, req) => p.query(`select id from "Order" order by id ${req.query.dir}`);',
      /'desc' : 'asc'/,
      /placeholder/,
    ],
    [
      'a list is bound element by element',
      'typescript',
      'export const f = (p, req) => p.query(`select id from t where id in (${req.query.ids})`);',
      /every element/,
      /Identifiers/,
    ],
    [
      'a clause is written in the code',
      'typescript',
      'export const f = (p, req) => p.query(`select id from t where ${req.query.filter}`);',
      /Write the clause/,
      /placeholder \(/,
    ],
    [
      'asyncio does not block',
      'python',
      'import asyncio\nasync def f(name):\n    await asyncio.create_subprocess_shell(f"tar {name}")',
      /create_subprocess_exec/,
      /subprocess\.run/,
    ],
  ];
  it.each(rows)('%s', (_, language, text, says, not) => {
    const [found] = find(language, text);
    expect(found?.fix).toMatch(says);
    expect(found?.fix).not.toMatch(not);
  });

  it('a sub-select that another function makes is no value', () => {
    const text = 'export const f = (p, subQuery) => p.query(`select id from t where id in (${subQuery})`);';
    expect(find('typescript', text)).toEqual([]);
  });
});

describe('the severity', () => {
  it('is not high where other files decide what the value is', () => {
    const text = "export const f = (p, name) => p.query(`select id from t where name = '${name}'`);";
    expect(find('typescript', text)).toMatchObject([{ severity: 'medium', confidence: 'low' }]);
  });
});
