import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { FileKind } from '../../src/change/source-file.ts';
import { searchText } from '../../src/secrets/search-text.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

async function findRules(path: string, kind: FileKind, text: string): Promise<string[]> {
  const { outcomes, masked } = await analyseFile(analysers, { path, kind, text, hunks: null });
  // Nor is a credential shown because the text asks for it.
  for (const secret of SECRETS) expect(masked?.text ?? secret).not.toContain(secret.slice(4, 12));
  return outcomes.flatMap(({ outcome }) =>
    outcome.status === 'failed' ? [outcome.reason] : outcome.findings.map((one) => one.ruleId),
  );
}

const TOKEN = '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';
/** Secretlint alone knows it. */
const FOREIGN = 'vck_wWPw5k4aXcaT4fNP0UcnZwJU';
const SECRETS = [TOKEN, 'q9VtR2mXw7', FOREIGN];
const MANIFEST =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: a:1\n      securityContext:\n        privileged: true\n';
const QUERY = 'export const f = (pool, req) => pool.query(`select * from a where b = ${req.query.b}`);';
const GO =
  'package a\n\nfunc f(db *sql.DB, r *http.Request) { db.Query("select * from a where b = " + r.FormValue("b")) }';
const PYTHON = 'def f(request, cursor):\n    cursor.execute("select * from a where b = " + request.GET["b"])';

type Row = [tool: string, path: string, kind: FileKind, rule: string | null, plain: string, directives: string[]];

/** Each directive of each tool that is run, or that people expect to be obeyed; before, behind and around the flaw. */
const ROWS: Row[] = [
  [
    'what only secretlint finds',
    'src/a.ts',
    'typescript',
    'secret-in-source',
    `const t = "${FOREIGN}";`,
    [
      '// secretlint-disable',
      '/* secretlint-disable */',
      '// secretlint-disable-next-line',
      '// secretlint-disable-line',
      '// secretlint-disable @secretlint/secretlint-rule-vercel',
      '// secretlint-disable @secretlint/secretlint-rule-preset-recommend -- reason',
    ],
  ],
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
      '// eslint-disable-next-line no-secrets/no-secrets',
      '// biome-ignore lint/security/noSecrets: x',
      '// NOSONAR',
      '// checkov:skip=CKV_SECRET_6:x',
      '// ggignore',
      '// kics-scan ignore',
    ],
  ],
  [
    'secretlint in an environment file',
    '.env',
    'credentials',
    'secret-in-source',
    `T=${TOKEN}`,
    ['# secretlint-disable', '# pragma: allowlist secret', '# gitleaks:allow', '# trufflehog:ignore', '# nosemgrep'],
  ],
  [
    'secretlint in Python',
    'src/a.py',
    'python',
    'secret-in-source',
    `t = "${TOKEN}"`,
    ['# secretlint-disable', '# noqa: S105', '# nosec B105', '# ruff: noqa', '# flake8: noqa', '# pylint: skip-file'],
  ],
  [
    'migrations',
    'migrations/1.sql',
    'sql',
    null,
    'alter table orders drop column note;',
    [
      '-- squawk-ignore-file',
      '-- squawk-ignore ban-drop-column',
      '/* squawk-ignore ban-drop-column */',
      '-- noqa',
      '-- noqa: disable=all',
      '-- sqlfluff:rules:',
      '-- atlas:nolint',
      '-- eugene: ignore',
    ],
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
      '# trivy:ignore:DS002',
      '# checkov:skip=CKV_DOCKER_3:x',
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
      '/* oxlint-disable */',
      '// eslint-disable-next-line security/detect-sql-injection',
      '// biome-ignore-all lint: x',
      '// nosemgrep: javascript.lang.security.audit.sqli',
      '// deno-lint-ignore-file',
      '// codeql[js/sql-injection]',
      '// lgtm',
      '// snyk:ignore',
    ],
  ],
  [
    'ast-grep',
    'a.go',
    'go',
    'sql-injection',
    GO,
    ['//nolint', '//nolint:all', '//lint:file-ignore SA1019 x', '// #nosec G202', '// ast-grep-ignore'],
  ],
  [
    'ast-grep',
    'a.py',
    'python',
    'sql-injection',
    PYTHON,
    [
      '# noqa',
      '# ruff: noqa',
      '# nosec',
      '# nosec B608',
      '# pylint: disable=all',
      '# ast-grep-ignore',
      '# type: ignore',
    ],
  ],
  [
    'manifests',
    'k8s/a.yaml',
    'yaml',
    null,
    MANIFEST,
    [
      '# checkov:skip=CKV_K8S_16:x',
      '# trivy:ignore:KSV017',
      '# kics-scan ignore',
      '# nosemgrep',
      '# yamllint disable',
      '# kube-linter: ignore',
    ],
  ],
];

it('has a credential that our own search does not find', () => {
  expect(searchText(`const t = "${FOREIGN}";`, { bare: false })).toEqual([]);
});

describe.each(ROWS)('%s', (_, path, kind, rule, plain, directives) => {
  it.each(directives)('is not switched off by %s', async (directive) => {
    const lines = plain.split('\n');
    const before = `${directive}\n${plain}\n`;
    const behind = lines
      .map(
        (line) =>
          `${line} ${kind === 'dockerfile' || kind === 'yaml' || kind === 'credentials' || line === '' ? '' : directive}`,
      )
      .join('\n');
    const wanted = await findRules(path, kind, `${plain}\n`);
    expect(rule === null ? wanted.length > 0 : wanted.includes(rule)).toBe(true);
    expect(await findRules(path, kind, before)).toEqual(wanted);
    expect(await findRules(path, kind, `${behind}\n`)).toEqual(wanted);
  });
});
