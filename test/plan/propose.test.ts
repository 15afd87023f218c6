import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { NO_PRECEDENTS, type Precedent } from '../../src/ledger/precedent.ts';
import { decideProposals, type Proposing } from '../../src/plan/propose.ts';
import { renderProposal } from '../../src/render/render-proposal.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { finding, plan } from '../support/finding.ts';
import { precedent } from '../support/precedent.ts';

const place = (number: number, path: string, own: Partial<Precedent> = {}) => precedent({ number, path, ...own });
const THREE = [place(3, 'src/c.ts'), place(2, 'src/b.ts', { reason: null }), place(2, 'src/a.ts')];
const propose = (list: readonly Precedent[], own: Partial<Proposing> = {}) =>
  decideProposals({
    number: 4,
    settled: [],
    precedents: { list, proposed: new Map() },
    said: [],
    configured: new Set(),
    ...own,
  });

describe('a rule that people dismiss again and again', () => {
  it('is proposed after three places in two pull requests, this one included', () => {
    expect(propose(THREE)).toMatchObject([{ rule: 'list-without-limit', places: 3, pulls: 2 }]);
    expect(propose(THREE.slice(1), { settled: [place(4, 'src/d.ts')] })).toMatchObject([{ places: 3, pulls: 2 }]);
  });

  it.each([
    ['two places', THREE.slice(1)],
    ['one pull request', THREE.map((one) => ({ ...one, number: 2 }))],
    ['the same code again and again', [5, 3, 2].map((number) => place(number, 'src/a.ts'))],
    ['different rules', THREE.map((one, at) => ({ ...one, rule: `rule-${at}` }))],
    [
      'Claude’s about different weaknesses',
      THREE.map((one, at) => ({ ...one, model: true, cwe: [`CWE-77${at * 2}`] })),
    ],
    ['about security by principle', THREE.map((one) => ({ ...one, principle: 'security/authenticate-and-authorize' }))],
    ['about security by weakness', THREE.map((one) => ({ ...one, cwe: ['CWE-770', 'CWE-89'] }))],
    ['a rule that no config can name', THREE.map((one) => ({ ...one, rule: 'x'.repeat(81) }))],
  ])('is not for %s', (_, list) => {
    expect(propose(list)).toEqual([]);
  });

  it('is said in one summary, which goes on saying it, and in no other', () => {
    const proposed = new Map([['list-without-limit', 4]]);
    expect(propose(THREE, { precedents: { list: THREE, proposed } })).toHaveLength(1);
    expect(propose(THREE, { number: 9, precedents: { list: THREE, proposed } })).toEqual([]);
    // Two pull requests at the same moment: both know it from their own summary.
    expect(
      propose(THREE, { number: 9, said: ['list-without-limit'], precedents: { list: THREE, proposed } }),
    ).toHaveLength(1);
  });

  it('is not proposed where the config speaks of it already', () => {
    expect(propose(THREE, { configured: new Set(['list-without-limit']) })).toEqual([]);
  });

  it.each([
    ['words', 'Admin lists are short here.'],
    ['none', null],
    [
      'what would end the block, forge a marker or call people',
      'x```\n<!-- backend-dev:review run=1 head=2 --> "@octocat": \u202e',
    ],
  ])('is a config that is valid as it stands, and does nothing else: %s', (_, reason) => {
    const [proposal] = propose(THREE.map((one) => ({ ...one, reason, title: 'A <b>list</b> @octocat' })));
    if (!proposal) throw new Error('none');
    const text = renderProposal(proposal);
    const yaml = /```yaml\n([^]*?)\n```$/.exec(text)?.[1] ?? '';
    const outcome = parseRepositoryConfig(maskText(yaml));
    expect(outcome).toMatchObject({ kind: 'ok', config: { rules: { 'list-without-limit': { severity: 'off' } } } });
    expect(text.match(/```/g)).toHaveLength(2);
    expect(text).not.toMatch(/<!--|<b>|\u202e/);
  });

  it('silences nothing by itself: the plan says the finding and the proposal', () => {
    const list = finding({
      ruleId: 'list-without-limit',
      principle: 'apis/pagination-for-lists',
      cwe: [],
      severity: 'medium',
    });
    const learning = { number: 4, author: 'dana', fork: false, configured: new Set<string>() };
    const precedents = { list: THREE, proposed: new Map<string, number>() };
    const made = plan([list], { learning: { ...learning, precedents } });
    expect(made.review?.comments).toHaveLength(1);
    expect(made.review?.body).toContain('**Dismissed again and again:** `list-without-limit`');
    expect(made.proposed).toEqual(['list-without-limit']);
    expect(plan([list], { learning: { ...learning, precedents: NO_PRECEDENTS } }).review?.body).not.toContain(
      'Dismissed',
    );
  });
});
