import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import type { FileKind } from '../../../src/change/source-file.ts';

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const analysers = createAnalysers('backend-dev', new Set(principles.map((one) => one.id))).filter(
  (one) => one.name === 'data-flow',
);

async function analyse(kind: FileKind, text: string) {
  const path = `src/a.${kind === 'python' ? 'py' : kind === 'go' ? 'go' : 'ts'}`;
  const { outcomes } = await analyseFile(analysers, { path, kind, text, hunks: null });
  const [only] = outcomes;
  if (!only) throw new Error('the data flow did not look');
  return only.outcome;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

describe('work that a file may cost', () => {
  it('follows six levels of ten uses each: every definition is computed once', async () => {
    const uses = (level: number): string => `\${a${level}}`.repeat(10);
    const chain = lines(6, (i) => `const a${i + 1} = \`${uses(i)}\`;`);
    const outcome = await analyse(
      'typescript',
      `export function f(req, pool) {\nconst a0 = req.query.x;\n${chain}\npool.query(\`select 1 from t where x = '\${a6}'\`);\n}`,
    );
    expect(outcome).toMatchObject({ status: 'analysed', findings: [{ ruleId: 'sql-injection' }] });
  });

  const hostile: [string, FileKind, string][] = [
    [
      'functions that call the next three times with other arguments',
      'typescript',
      `${lines(18, (i) => `const f${i} = (x) => f${i + 1}(x + 'a') + f${i + 1}(x + 'b') + f${i + 1}('c' + x);`)}\nconst f18 = (x) => x;\nexport const g = (req, pool) => pool.query('select 1 from t where x = ' + f0(req.query.x));`,
    ],
    [
      'helpers that call the next three times',
      'typescript',
      `${lines(200, (i) => `function f${i}(p, x) { f${i + 1}(p, x + x); f${i + 1}(p, x); f${i + 1}(p, x + 'a'); }`)}\nfunction f200(pool, x) { pool.query("select 1 from t where x = '" + x + "'"); }`,
    ],
    [
      'ten thousand definitions in a row',
      'go',
      `package a\nfunc F(db *sql.DB, a0 string) {\n${lines(10_000, (i) => `a${i + 1} := a${i} + "b"`)}\ndb.Query("select 1 from t where x = '" + a10000 + "'")\n}`,
    ],
    [
      'one name that is set ten thousand times',
      'go',
      `package a\nfunc F(db *sql.DB, a string) {\n${lines(10_000, () => 'a = a + "b"')}\ndb.Query("select 1 from t where x = '" + a + "'")\n}`,
    ],
    [
      'ten thousand ways through an `if`',
      'python',
      `def f(request, cur):\n    a = request.args['a']\n    if a == 'x':\n        a = 'x'\n${lines(10_000, (i) => `    elif a == '${i}':\n        a = b${i}`)}\n    else:\n        a = 'z'\n    cur.execute("select 1 from t where x = '" + a + "'")`,
    ],
    [
      'a value that is decoded ten thousand times',
      'go',
      `package a\nfunc F(w http.ResponseWriter, r *http.Request) {\nvar in T\n${lines(10_000, () => 'json.NewDecoder(r.Body).Decode(&in)')}\ndb.Query("select 1 from t where x = '" + ${Array(3000).fill('in.N').join(' + ')} + "'")\n}`,
    ],
    [
      'brackets in brackets',
      'typescript',
      `export const g = (req, pool) => pool.query('select 1 from t where x = ' + ${'('.repeat(3000)}req.query.x${')'.repeat(3000)});`,
    ],
    [
      'fields that hold each other',
      'python',
      `class A:\n${lines(500, (i) => `    def m${i}(self):\n        self.a${i} = self.a${(i + 1) % 500} + self.a${(i + 7) % 500}`)}\n    def q(self, c):\n        c.execute('select 1 from t where x = ' + self.a0)`,
    ],
  ];
  it.each(hostile)('ends in "clipped" and says so: %s', async (_, kind, text) => {
    expect(await analyse(kind, text)).toMatchObject({ status: 'clipped', reason: expect.stringContaining('values') });
  });

  const harmless: [string, string][] = [
    [
      'names that stand for each other in a circle',
      lines(300, (i) => `let a${i} = a${(i + 1) % 300} + a${(i * 7 + 3) % 300};`),
    ],
    [
      'functions that call each other',
      'const f = (x) => g(x) + f(x);\nconst g = (x) => f(x + 1) + g(x);\nconst a0 = f(1);',
    ],
  ];
  it.each(harmless)('ends: %s', async (_, text) => {
    const sink = "export const q = (pool) => pool.query('select 1 from t where x = ' + a0);";
    expect(await analyse('typescript', `${text}\n${sink}`)).toMatchObject({ findings: [] });
  });

  it('one costly statement does not hide the others', async () => {
    const costly = hostile[0]?.[2] ?? '';
    const text = `${costly}\nexport const h = (req, pool) => pool.query('select 1 from t where y = ' + req.query.y);`;
    const outcome = await analyse('typescript', text);
    expect(outcome.status).toBe('clipped');
    const found = outcome.status === 'failed' ? [] : outcome.findings;
    expect(found.some((one) => one.pasted?.some((pasted) => pasted.name === 'req.query.y'))).toBe(true);
  });
});
