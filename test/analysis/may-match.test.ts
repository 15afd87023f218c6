import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { loadFlows } from '../../src/analysis/flows/load-flows.ts';
import { compileFlows } from '../../src/analysis/flows/run-flows.ts';
import type { RuleLanguage } from '../../src/analysis/languages.ts';

const principles = new Set(
  loadAgents()
    .get('backend-dev')
    ?.principles.map((one) => one.id),
);
const flows = loadFlows('backend-dev', principles);

describe('the test before parsing', () => {
  const rows: [RuleLanguage, string, boolean][] = [
    ['typescript', "pool.query('select 1', [id])", false],
    ['typescript', "pool.query<Row>('select 1' + x)", true],
    ['typescript', 'pool.query(`select ${x}`)', true],
    ['typescript', 'pool.query(`select 1`, [x])', false],
    ['typescript', 'const text = `select 1`;\nclient?.query?.(text)', true],
    ['typescript', 'pool.query(BASE + " from orders where id = " + id)', true],
    ['typescript', 'pool.query(BASE + " where " + clause)', true],
    ['typescript', 'pool.query(`\n  with x as (\n    select ${y}\n  )`)', true],
    ['typescript', '// update the list where it is shown\npool.query(text)', false],
    ['typescript', "import { exec } from 'node:child_process';\nconst run = promisify(exec);\nrun(x)", true],
    ['typescript', 'regex.exec(text)', false],
    ['python', 'cursor.execute("select 1", (x,))', false],
    ['python', 'cursor.execute("""\nselect 1\n""")', false],
    ['python', 'cursor.execute("select %s" % x)', true],
    ['python', 'cursor.execute(f"select {x}")', true],
    ['python', 'cursor.execute("select a" "b" + x)', true],
    ['python', 'cursor.execute("select \\"x" + y)', true],
    ['python', 'cursor.execute(f"{base} order by {x}")', true],
    ['python', 'with open(x) as f:\n    f.extra(y)  # select a file from the list', false],
    ['python', 'def execute(self, text): pass', false],
    ['python', 'import subprocess\nsubprocess.run(["ls", x])', false],
    ['python', 'import subprocess\nsubprocess.run(x, shell=True)', true],
    ['python', 'from os import system as sh\nsh(x)', true],
    ['python', '# run as root, system as installed', false],
    ['go', 'db.QueryContext(ctx, "select 1", x)', false],
    ['go', 'db.QueryContext(ctx, "select "+x)', true],
    ['go', 'text := "delete from x where y = " + y\ndb.Query(text)', true],
  ];
  it.each(rows)('%s: %s → %s', (language, text, expected) => {
    expect(compileFlows(flows, language).mayMatch(text)).toBe(expected);
  });

  it('lets every example that must be reported through', () => {
    const refused = flows.flatMap((flow) =>
      flow.examples.flatMap(({ language, invalid }) =>
        invalid.filter((text) => !compileFlows(flows, language).mayMatch(text)),
      ),
    );
    expect(refused).toEqual([]);
  });
});
