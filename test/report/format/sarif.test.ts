import { expect, it } from 'vitest';
import { formatSarif } from '../../../src/report/format/sarif.ts';
import { COVERAGE, finding } from '../../support/finding.ts';

it.each([
  ['a link', 'see [here](https://evil.test)', String.raw`see [here\](https://evil.test)`],
  [
    'a link whose end is escaped already',
    String.raw`[here\](https://evil.test)`,
    String.raw`[here\\\](https://evil.test)`,
  ],
  ['a placeholder', 'users {0} of {name}', 'users {{0}} of {name}'],
  ['an index, which is none', 'users[0] (first)', 'users[0] (first)'],
])('a message of SARIF shows %s and does nothing', (_, title, shown) => {
  const one = finding({ title, explanation: title, trace: [{ line: 1, text: title }] });
  const report = { agent: 'a', base: null, head: null, seconds: 1, result: { findings: [one], coverage: COVERAGE } };
  const log = formatSarif(report);
  expect(JSON.parse(log).runs[0].results[0].message.text).toContain(`${shown}. ${shown}`);
  expect(JSON.parse(log).runs[0].tool.driver.rules[0].shortDescription.text).toBe(shown);
  expect(JSON.stringify(JSON.parse(log).runs[0].results[0].codeFlows)).toContain(JSON.stringify(shown).slice(1, -1));
});

it('a finding on a removed line stands on the nearest one of the head, and says what was removed', () => {
  const removed = finding({ side: 'LEFT', startLine: 9, endLine: 9, headLine: 7, evidence: 'timeout: 5000,' });
  const report = { agent: 'a', base: null, head: null, seconds: 1 };
  const log = JSON.parse(formatSarif({ ...report, result: { findings: [removed], coverage: COVERAGE } }));
  const [{ message, locations }] = log.runs[0].results;
  expect(locations[0].physicalLocation.region).toEqual({ startLine: 7, endLine: 7 });
  expect(message.text).toMatch(/^Line 9 before this change: Request input .* Removed: timeout: 5000,$/);
});

it('where the files lie elsewhere, it says where paths begin', () => {
  const report = { agent: 'a', base: null, head: null, seconds: 1, below: { root: '/x/b c', from: '/x/a' } };
  const of = (root?: string) =>
    JSON.parse(formatSarif({ ...report, result: { findings: [finding()], coverage: COVERAGE } }, root)).runs[0];
  expect(of('/x/b c').originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///x/b%20c/' } });
  expect(of().originalUriBaseIds).toBeUndefined();
  expect(of('/x/b c').results[0].locations[0].physicalLocation.artifactLocation).toEqual(
    of().results[0].locations[0].physicalLocation.artifactLocation,
  );
});

it.each([
  ['security/validate-and-sanitize-all-input', true],
  ['database/migrations-for-schema-changes', false],
])('of %s, code scanning shows a security alert: %s', (principle, isSecurity) => {
  const report = { agent: 'a', base: null, head: null, seconds: 1 };
  const log = JSON.parse(
    formatSarif({ ...report, result: { findings: [finding({ principle })], coverage: COVERAGE } }),
  );
  const [{ properties }] = log.runs[0].tool.driver.rules;
  expect([properties.tags.includes('security'), 'security-severity' in properties]).toEqual([isSecurity, isSecurity]);
  expect(properties.tags).toContain(principle);
});
