import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { AGENTS_DIR } from '../../src/agents/load-agents.ts';
import type { Service } from '../../src/compose.ts';
import { readEnvironment } from '../../src/config/env.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startApp } from '../../src/sandbox/start-app.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { bad, good, openPull } from '../support/live-pull.ts';
import { QUICK, WATCHED, waitFor } from '../support/stack.ts';
import { keepDataDir, keepTempDir } from '../support/temp.ts';

/** A second reviewer with one rule, as an operator drops it into agents/. */
const DBA = `---
name: dba
description: Looks after the database.
tools: Read, Grep
permissionMode: plan
---

You look after the database.

**Database:**
- Short names
`;
const RULE = `id: long-lived-cursor
title: A cursor is kept for the life of the process
principle: database/short-names
cwe: [CWE-404]
severity: medium
confidence: high
explanation: "{{MATCH}} holds a connection until the process ends; the pool is empty after a few of them."
fix: Close the cursor when the request ends.
why: |
  A cursor holds its connection.
falseAlarm: The process runs one query and ends.
references: [https://www.postgresql.org/docs/current/sql-declare.html]
phrases: [cursor]
detect:
  ast:
    typescript:
      keywords: [holdCursor]
      rule: { pattern: holdCursor($$$A) }
examples:
  - language: typescript
    invalid: ["holdCursor(a);"]
    valid: ["openCursor(a);"]
`;

let sandbox: Sandbox;
let service: Service;

beforeAll(async () => {
  const [data, agents] = [keepDataDir(), keepTempDir()];
  cpSync(AGENTS_DIR, agents.path, { recursive: true });
  writeFileSync(join(agents.path, 'dba.md'), DBA);
  mkdirSync(join(agents.path, 'dba', 'rules', 'database'), { recursive: true });
  writeFileSync(join(agents.path, 'dba', 'rules', 'database', 'long-lived-cursor.yml'), RULE);
  sandbox = await startSandbox();
  service = await startApp(sandbox, readEnvironment({ ...WATCHED, LOG_LEVEL: 'fatal', DATA_DIR: data.path }), {
    agentsDir: agents.path,
    limits: QUICK,
  });
  return async () => {
    await service.stop();
    await sandbox.close();
    data.remove();
    agents.remove();
  };
});

const BASE = { 'src/a.ts': 'export const a = 1;\n' };
const CURSOR = 'export const c = holdCursor(1);\n';

it('reviews with the agent that the config names, and says of files that it has no rule for that nobody looked', async () => {
  const live = await openPull(
    sandbox,
    { ...BASE, '.github/backend-dev.yml': 'agent: dba\n' },
    { 'src/a.ts': bad('one') + CURSOR, 'src/b.py': 'x = 1\n' },
  );
  expect(live.see()).toEqual([
    'src/a.ts:4 long-lived-cursor open',
    '1 review',
    'check neutral: Partly reviewed · 1 finding: 1 medium · 1 of 2 backend files reviewed by dba · model off',
  ]);
  expect(live.summary()).toContain('`src/b.py`: this agent has no rule for it, and the model did not look');
  expect(live.summary()).toContain('`/dba review`');
  expect(live.summary()).toContain('Other reviewers have the same commands: `/backend-dev`.');
  expect(live.pull.comments[0]?.body).toContain('`/dba explain`');
});

it('is spoken to by its own command, beside the agent that reviews by itself, and neither speaks for the other', async () => {
  const live = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') + CURSOR });
  const first = ['src/a.ts:2 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical'];
  expect(live.see()).toEqual(first);
  await live.say('wes', '/dba review');
  expect(live.see()).toEqual([
    'src/a.ts:2 sql-injection open',
    'src/a.ts:4 long-lived-cursor open',
    '2 reviews',
    'check failure: 2 findings: 1 critical, 1 medium · 1 of 1 backend file reviewed by dba · model off',
  ]);
  expect(live.summary()).toContain('(found by backend-dev)');
  // Both flaws are mended; the push is reviewed by the agent that reviews by itself, which knows of its own only.
  expect(await live.push({ 'src/a.ts': good('one') })).toEqual([
    '[src/a.ts:outdated sql-injection fixed]',
    'src/a.ts:outdated long-lived-cursor open',
    '2 reviews',
    'check neutral: 1 finding: 1 medium',
  ]);
  expect(live.summary()).toContain('(found by dba)');
  await live.say('wes', '/dba review');
  expect(live.see().slice(0, 2)).toEqual([
    '[src/a.ts:outdated long-lived-cursor fixed]',
    '[src/a.ts:outdated sql-injection fixed]',
  ]);
  expect(live.repository.checks.filter((check) => check.headSha === live.pull.headSha)).toHaveLength(1);
});

it('answers in the thread of its finding, whoever is named, from its own rules', async () => {
  const live = await openPull(sandbox, { ...BASE, '.github/backend-dev.yml': 'agent: dba\n' }, { 'src/a.ts': CURSOR });
  await live.say('wes', '/backend-dev explain', 0);
  await waitFor('the rule’s own text', () => live.pull.comments.at(-1)?.body.includes('A cursor holds its') === true);
  await live.say('wes', '/dba help');
  await waitFor('the help', () => live.pull.conversation.at(-1)?.body.includes('`/dba review`') === true);
});

it('loses neither of two agents that are asked at once', async () => {
  const live = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') + CURSOR });
  const { repository, pull } = live;
  await Promise.all(
    ['/dba review', '/backend-dev review full'].map((body) => sandbox.comment(repository, pull, 'wes', body)),
  );
  await waitFor('the finding of dba', () => live.see().includes('src/a.ts:4 long-lived-cursor open'));
  await waitFor('the review of backend-dev', () => live.summary().includes('reviewed all files, as asked'));
  expect(live.see().slice(0, 3)).toEqual([
    'src/a.ts:2 sql-injection open',
    'src/a.ts:4 long-lived-cursor open',
    '2 reviews',
  ]);
});

it('names an agent and a rule that this App does not have, what is like it, and reviews with the built-in one', async () => {
  const off = '{ severity: "off", reason: "we take that risk" }';
  const rules = ['sql-injektion', 'query-in-loop', 'long-lived-cursor', 'model-use-parameterized-queries'];
  const config = `agent: nobody\nrules:\n${rules.map((rule) => `  ${rule}: ${off}\n`).join('')}`;
  const live = await openPull(sandbox, { ...BASE, '.github/backend-dev.yml': config }, { 'src/a.ts': bad('one') });
  expect(live.see()[0]).toBe('src/a.ts:2 sql-injection open');
  expect(live.summary()).toContain(
    'The config names the agent `nobody`, which this App does not have; `backend-dev` reviews instead. There are: `backend-dev`, `dba`.',
  );
  expect(live.summary().match(/names a rule that there is not: .*/g)).toEqual([
    expect.stringMatching(/: sql-injektion: no such rule\. Like it: sql-injection, /),
  ]);
});
