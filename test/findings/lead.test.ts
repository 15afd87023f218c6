import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { fingerprintFindings } from '../../src/findings/fingerprint.ts';
import { groupPlaces } from '../../src/findings/merge.ts';
import { placeFindings } from '../../src/findings/place.ts';

const analysers = createAnalysers(
  'backend-dev',
  new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map(({ id }) => id),
  ),
);

/** The lines of what is said of a handler, with the code that is quoted. */
async function show(body: readonly string[]): Promise<string[]> {
  const text = ["import { exec } from 'node:child_process';", ...body].join('\n');
  const { outcomes } = await analyseFile(analysers, { path: 'a.js', kind: 'javascript', text, hunks: null });
  const found = outcomes.flatMap(({ outcome }) => (outcome.status === 'failed' ? [] : outcome.findings));
  const placed = placeFindings(fingerprintFindings(found), null, null);
  return groupPlaces(groupPlaces(placed)).map(
    ({ startLine, endLine, evidence }) =>
      `${startLine}-${endLine} ${evidence
        .split('\n')
        .map((line) => line.trim())
        .join(' ')}`,
  );
}

it('a comment is shown with the lines above where its value comes in, if they stand right there', async () => {
  expect(
    await show(['exports.ping = (req, res) => {', '  const { host } = req.query;', '  exec(`ping ${host}`);', '};']),
  ).toEqual(['3-4 const { host } = req.query; exec(`ping ${host}`);']);
});

it.each([
  ['the same line', ['exports.ping = (req, res) => {', '  exec(`ping ${req.query.host}`);', '};'], '3-3'],
  [
    'lines between that hide what is meant',
    [
      'exports.ping = (req, res) => {',
      '  const { host } = req.query;',
      '  a();',
      '  b();',
      '  c();',
      '  exec(`ping ${host}`);',
      '};',
    ],
    '7-7',
  ],
  [
    'another function',
    ['exports.ping = (req, res) => { ping(req.query.host);', '};', 'function ping(host) { exec(`ping ${host}`); }'],
    '4-4',
  ],
])('and alone where there is nothing more to see: %s', async (_, body, lines) => {
  const said = await show(body);
  expect(said.map((one) => one.split(' ')[0])).toEqual([lines]);
});
