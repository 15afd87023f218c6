import { loadGuidance } from '../../../src/agents/guidance.ts';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import type { Analysis } from '../../../src/analysis/analysis.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import { outlineFile } from '../../../src/analysis/outline/outline-file.ts';
import type { Change, ChangedFile } from '../../../src/change/change.ts';
import { parsePatch } from '../../../src/diff/patch.ts';
import { createClaude } from '../../../src/model/claude/create-claude.ts';
import { createReviewerOn } from '../../../src/model/create-model-reviewer.ts';
import { judgeChange } from '../../../src/pipeline/judge-change.ts';
import { analyseChange } from '../../../src/pipeline/review-change.ts';
import { explainModel } from '../../../src/report/format/explain-model.ts';
import { maskName, maskProse } from '../../../src/secrets/mask-text.ts';
import { endpointAt } from '../../support/endpoint-at.ts';
import { plan } from '../../support/finding.ts';
import { maskAlone } from '../../support/mask-alone.ts';
import { createMemoryRepository } from '../../support/memory-repository.ts';
import { openPurse } from '../../support/open-purse.ts';
import { precedent } from '../../support/precedent.ts';
import { type Attempt, carry } from './attempts.ts';
import { BUDGET_USD, FLAW, KEY } from './world.ts';

const NAME = 'backend-dev';
const agent = loadAgents().get(NAME);
if (!agent) throw new Error('no agent');
const guidance = loadGuidance(NAME);
const analysers = createAnalysers(NAME, new Set(agent.principles.map(({ id }) => id)));
const quiet = (): void => undefined;
const analysis: Analysis = {
  compare: async () => [],
  outline: (files) => Promise.all(files.map((file) => outlineFile(file, quiet))),
  analyse: (files) => Promise.all(files.map((file) => analyseFile(analysers, file))),
};

/** What would be posted for an attempt, and what it cost: analysed, judged by the stand-in at this address, planned. */
export async function judgeAttempt(attempt: Attempt, baseURL: string) {
  const { base, change, title, body, message } = carry(attempt, FLAW);
  const files = Object.entries(change).map(
    ([path, text]): ChangedFile => ({
      path: maskName(path),
      previousPath: null,
      status: base[path] === undefined ? 'added' : 'modified',
      hunks: parsePatch(replaceAll(base[path] ?? '', text)),
      binary: false,
      blob: null,
    }),
  );
  const wanted: Change = {
    title: maskProse(title),
    description: maskProse(body),
    commits: [maskProse(message ?? 'Sort')],
    base: null,
    head: null,
    files,
    unlisted: 0,
  };
  const repository = createMemoryRepository({ base, head: { ...base, ...change } });
  const analysed = await analyseChange(wanted, repository, analysis);
  const models = { triage: 'claude-haiku-5-5', review: 'claude-sonnet-5-5', refute: 'claude-sonnet-5-5' };
  const claude = createClaude({ endpoint: endpointAt(baseURL, KEY) });
  const model = createReviewerOn(claude, models, agent as NonNullable<typeof agent>, guidance, maskAlone, {
    secret: KEY,
  });
  const { purse, spentUsd } = openPurse(BUDGET_USD);
  const judged = await judgeChange(wanted, analysed, model, analysis, {
    name: title,
    repository,
    precedents: attempt.place === 'precedent' ? listPrecedents(attempt.text) : [],
    purse,
  });
  return {
    spent: await spentUsd(),
    proven: analysed.findings,
    findings: judged.findings,
    planned: plan(judged.findings, { coverage: judged.coverage, hunks: analysed.hunks }),
    explained: [...explainModel(judged.coverage.model), JSON.stringify(judged)].join('\n'),
  };
}

/** Of each kind that is found in FLAW, by an analyser or by the stand-in. */
function listPrecedents(reason: string) {
  return ['security/use-parameterized-queries', 'security/authenticate-and-authorize'].map((principle) =>
    precedent({ rule: 'any', principle, cwe: [], reason }),
  );
}

/** A patch of all lines. */
function replaceAll(before: string, after: string): string {
  const [old, now] = [before, after].map((text) => (text === '' ? [] : text.replace(/\n$/, '').split('\n')));
  const rows = [...(old ?? []).map((line) => `-${line}`), ...(now ?? []).map((line) => `+${line}`)];
  return `@@ -${old?.length ? 1 : 0},${old?.length} +1,${now?.length} @@\n${rows.join('\n')}`;
}
