import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analyser } from '../../src/analysis/analyser.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { loadFlows } from '../../src/analysis/flows/load-flows.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import type { Runtime } from '../../src/review/decide-runtime.ts';
import type { FileKind } from '../../src/review/select.ts';

const cases = [...loadAgents().values()].flatMap(({ name, principles: list }) => {
  const principles = new Set(list.map((principle) => principle.id));
  const analysers = createAnalysers(name, principles);
  const rules = [...loadRules(name, principles), ...loadFlows(name, principles)];
  return rules.map((rule) => [`${name}: ${rule.id}`, { ...rule, analysers }] as const);
});

interface Example {
  language: string;
  code: string;
  runtime?: Runtime | undefined;
}

const NAMES: Record<string, string> = {
  typescript: 'a.ts',
  python: 'a.py',
  go: 'a.go',
  sql: 'migrations/1.sql',
  dockerfile: 'Dockerfile',
  config: '.env',
};

async function findRules(analysers: readonly Analyser[], example: Example): Promise<string[]> {
  const { language, code: text, runtime } = example;
  const file = { path: NAMES[language] ?? '', kind: language as FileKind, text, hunks: null };
  const { outcomes } = await analyseFile(analysers, file);
  return outcomes.flatMap(({ outcome }) => {
    if (outcome.status !== 'analysed') throw new Error(JSON.stringify(outcome));
    return outcome.findings
      .filter(({ quietIn }) => !(runtime && quietIn?.includes(runtime)))
      .map((finding) => finding.ruleId);
  });
}

describe.each(cases)('%s', (_, { id, analysers, examples }) => {
  const rows = examples.flatMap(({ invalid, valid, ...where }) => [
    ...invalid.map((code) => ({ ...where, code, reported: true })),
    ...valid.map((code) => ({ ...where, code, reported: false })),
  ]);
  it.each(rows)('$language, reported: $reported: $code', async ({ reported, ...example }) => {
    const found = await findRules(analysers, example);
    expect(found.includes(id)).toBe(reported);
  });
});
