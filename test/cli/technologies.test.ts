import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { listOwasp, listOwaspApi, listTwelveFactors } from '../../docs/lists.ts';
import { readTechnologies } from '../../docs/technologies.ts';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { describeRules } from '../../src/analysis/describe-rules.ts';
import { urlOfProgram } from '../../src/built-files.ts';
import { makeRepository, type Tree } from '../support/temp.ts';

interface Place {
  path: string;
  side: string;
  severity: string;
  ruleId: string;
  startLine: number;
  endLine: number;
}

const MAIN = fileURLToPath(urlOfProgram('cli/main'));
const technologies = readTechnologies();

function treeOf(pick: 'before' | 'after'): Tree {
  return Object.fromEntries(
    technologies.flatMap((one) => [...one[pick]].map(([path, text]) => [`${one.id}/${path}`, text])),
  );
}

it('a pull request on a service of each technology: what is marked is found, and nothing else', async () => {
  const cwd = await makeRepository({ 'README.md': 'Services.\n', ...treeOf('before') }, treeOf('after'));
  const args = [MAIN, 'review', '--no-model', '--base', 'main', '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd, maxBuffer: 50_000_000 });
  const { findings } = JSON.parse(stdout.toString()) as { findings: Place[] };
  const expected = technologies.flatMap(({ id, expected: marks }) =>
    marks.map((mark) => ({ ...mark, path: `${id}/${mark.path}` })),
  );
  const describe = (
    { path, side, severity, ruleId }: Pick<Place, 'path' | 'side' | 'severity' | 'ruleId'>,
    line: number,
  ) => `${path}:${line} ${side} ${severity} ${ruleId}`;
  // A finding may begin above its mark, where the value comes in.
  const said = findings.map((one) => {
    const mark = expected.find(
      ({ line, ...own }) => describe(own, 0) === describe(one, 0) && one.startLine <= line && line <= one.endLine,
    );
    return describe(one, mark?.line ?? one.startLine);
  });
  expect(said.sort()).toEqual(expected.map((mark) => describe(mark, mark.line)).sort());
});

it.each(technologies)('$name: at least three kinds', ({ expected }) => {
  expect(new Set(expected.map(({ ruleId }) => ruleId)).size).toBeGreaterThanOrEqual(3);
});

it('OWASP’s list and the twelve factors have rules, and name only rules that are there', () => {
  const agent = loadAgents().get('backend-dev');
  const rules = agent ? describeRules(agent) : [];
  const ids = new Set(rules.map(({ id }) => id));
  const without = listOwasp(rules).filter(({ ids: found }) => found.length === 0);
  // What a dependency is known for needs a database of vulnerabilities.
  expect(without.map(({ category }) => category)).toEqual(['A06 Vulnerable and outdated components']);
  expect(listTwelveFactors().flatMap((factor) => factor.ids.filter((id) => !ids.has(id)))).toEqual([]);
});

/** The API lists' categories and the factors that one change shows nothing or little of, and why. */
const SPARSE = [
  // Whether there is one codebase for all deploys is no matter of a change.
  'I Codebase: one for all deploys',
];

it('each category of OWASP’s API list and each factor has at least three kinds of finding, or is named', () => {
  const agent = loadAgents().get('backend-dev');
  const rows = [...listOwaspApi(agent ? describeRules(agent) : []), ...listTwelveFactors()];
  expect(rows).toHaveLength(22);
  expect(rows.filter(({ ids }) => new Set(ids).size < 3).map(({ category }) => category)).toEqual(SPARSE);
});

it('each category of OWASP’s API list and each factor is shown on a service', () => {
  const agent = loadAgents().get('backend-dev');
  const rows = [...listOwaspApi(agent ? describeRules(agent) : []), ...listTwelveFactors()];
  const shown = new Set(technologies.flatMap(({ expected }) => expected.map(({ ruleId }) => ruleId)));
  const without = rows.filter(({ ids }) => !ids.some((id) => shown.has(id)));
  expect(without.map(({ category }) => category)).toEqual(SPARSE);
});

it('every technology that the definition lists has its service', () => {
  const body = loadAgents().get('backend-dev')?.body ?? '';
  const list = /\*\*Technologies:\*\*\n((?:- .*\n)+)/.exec(body)?.[1] ?? '';
  const named = list
    .split(/[\n,()]/)
    .map((one) =>
      one
        .replace(/^- /, '')
        .replace(/ APIs$|^Message queues /, '')
        .trim(),
    )
    .filter((one) => one !== '');
  expect(named).toContain('gRPC');
  const names = technologies.map(({ name }) => name).join(', ');
  expect(named.filter((one) => !names.includes(one))).toEqual([]);
});
