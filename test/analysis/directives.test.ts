import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { FileKind } from '../../src/change/source-file.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

async function findRules(path: string, kind: FileKind, text: string): Promise<string[]> {
  const { outcomes } = await analyseFile(analysers, { path, kind, text, hunks: null });
  return outcomes.flatMap(({ outcome }) =>
    outcome.status === 'failed' ? [outcome.reason] : outcome.findings.map((one) => one.ruleId),
  );
}

const TOKEN = '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';
const QUERY = 'export const f = (pool, req) => pool.query(`select * from a where b = ${req.query.b}`);';
const GO =
  'package a\n\nfunc f(db *sql.DB, r *http.Request) { db.Query("select * from a where b = " + r.FormValue("b")) }';
const PYTHON = 'def f(request, cursor):\n    cursor.execute("select * from a where b = " + request.GET["b"])';

/** Each directive of each tool that is run, or that people expect to be obeyed; before, behind and around the flaw. */
const ROWS: [tool: string, path: string, kind: FileKind, rule: string | null, plain: string, directives: string[]][] = [
  [
    'secretlint',
    'src/a.ts',
    'typescript',
    'secret-in-source',
    `const t = "${TOKEN}";`,
    [
      '// secretlint-disable',
      '/* secretlint-disable */',
      '// secretlint-disable-next-line',
      '// secretlint-disable @secretlint/secretlint-rule-preset-recommend -- reason',
      '// pragma: allowlist secret',
      '// gitleaks:allow',
      '// trufflehog:ignore',
      '// nosemgrep',
    ],
  ],
  [
    'migrations',
    'migrations/1.sql',
    'sql',
    null,
    'alter table orders drop column note;',
    ['-- squawk-ignore-file', '-- squawk-ignore ban-drop-column', '/* squawk-ignore ban-drop-column */', '-- noqa'],
  ],
  [
    'dockerfile',
    'Dockerfile',
    'dockerfile',
    'secret-in-image',
    'FROM node:24\nENV DB_PASSWORD=q9VtR2mXw7\nUSER 1000\n',
    [
      '# hadolint ignore=DL3002,DL3007',
      '# hadolint global ignore=DL3002',
      '# check=skip=all',
      '# syntax=docker/dockerfile:1',
    ],
  ],
  [
    'ast-grep',
    'src/a.ts',
    'typescript',
    'sql-injection',
    QUERY,
    [
      '// ast-grep-ignore',
      '// ast-grep-ignore: sql-injection',
      '/* eslint-disable */',
      '// biome-ignore lint: x',
      '// @ts-nocheck',
    ],
  ],
  ['ast-grep', 'a.go', 'go', 'sql-injection', GO, ['//nolint', '// #nosec G202', '// ast-grep-ignore']],
  ['ast-grep', 'a.py', 'python', 'sql-injection', PYTHON, ['# noqa', '# nosec', '# ast-grep-ignore', '# type: ignore']],
];

describe.each(ROWS)('%s', (_, path, kind, rule, plain, directives) => {
  it.each(directives)('is not switched off by %s', async (directive) => {
    const lines = plain.split('\n');
    const before = `${directive}\n${plain}\n`;
    const behind = lines.map((line) => `${line} ${kind === 'dockerfile' || line === '' ? '' : directive}`).join('\n');
    const wanted = await findRules(path, kind, `${plain}\n`);
    expect(rule === null ? wanted.length > 0 : wanted.includes(rule)).toBe(true);
    expect(await findRules(path, kind, before)).toEqual(wanted);
    expect(await findRules(path, kind, `${behind}\n`)).toEqual(wanted);
  });
});
