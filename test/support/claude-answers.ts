import type { Answer, Candidate, Verdict } from '../../src/model/answer.ts';

/** A finding of the model on line 3 of FLAWED. */
export const CANDIDATE: Candidate = {
  path: 'src/orders.ts',
  line: 3,
  quote: 'return pool.query(',
  removed: false,
  title: 'Anyone reads all orders',
  explanation: 'No owner condition: `list` returns every customer’s orders.',
  fix: 'Add `where owner = $1`.',
  replacement: null,
  imports: [],
  principle: 'security/authenticate-and-authorize',
  cwe: ['CWE-639'],
  severity: 'high',
  dependsOn: null,
  alsoAt: [],
};

/** What a Messages API answers to a request of a review: the findings, and that each claim stands. */
export function answerReview(findings: readonly Candidate[]): (body: string) => { status: number; text: string } {
  const stands: Verdict = {
    id: 'claim',
    verdict: 'stands',
    path: CANDIDATE.path,
    side: 'head',
    quote: CANDIDATE.quote,
    reason: 'No line checks it.',
    fixFails: null,
  };
  return (body) => {
    const refuting = body.includes('# Task: disprove one claim');
    const answer: Answer = refuting ? { findings: [], verdicts: [stands] } : { findings: [...findings], verdicts: [] };
    return { status: 200, text: JSON.stringify(answer) };
  };
}
