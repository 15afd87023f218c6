import { type Finding, isSuspected } from '../../src/findings/finding.ts';
import type { ReviewResult } from '../../src/pipeline/review-change.ts';
import type { CasePlace, EvalCase } from './read-cases.ts';
import type { EvalClaim } from './read-claims.ts';

/** What a review said of a case, measured by where it said it: whether the words are right is for a person to read. */
export interface Judgement {
  name: string;
  clean: boolean;
  /** A finding stands at the flaw, or at a place that is as good. Null for a clean case. */
  found: boolean | null;
  /** Findings elsewhere; in a clean case all of them. */
  others: string[];
  /** What an analyser found elsewhere and the model refuted: it stands, with the doubt beside it. */
  doubted: string[];
  /** What an analyser only suspects: it is no comment. */
  suspected: string[];
  /** What the refuter took away, and whether that was the flaw. */
  refuted: { what: string; wrongly: boolean }[];
}

/** Lines that a finding may be apart from the flaw. */
const APART = 4;

export function judgeCase(one: EvalCase, { findings, coverage }: ReviewResult): Judgement {
  const isAt = (path: string, start: number, end: number): boolean => isAtFlaw(one, path, start, end);
  const suspected = findings.filter(isSuspected);
  const comments = findings.filter((finding) => !suspected.includes(finding));
  const hits = comments.filter((finding) => isAt(finding.path, finding.startLine, finding.endLine));
  const steps = (coverage.model.steps ?? []).filter(({ outcome }) => outcome === 'refuted' || outcome === 'undecided');
  const elsewhere = comments.filter((finding) => !hits.includes(finding));
  const describe = ({ path, startLine, title }: Finding): string => `${path}:${startLine} ${title}`;
  return {
    name: one.name,
    clean: one.clean,
    found: one.clean ? null : hits.length > 0,
    others: elsewhere.filter(({ doubt }) => doubt === null).map(describe),
    doubted: elsewhere.filter(({ doubt }) => doubt !== null).map(describe),
    suspected: suspected.map(describe),
    refuted: steps.map(({ path, line, title }) => ({
      what: `${path}:${line ?? '?'} ${title}`,
      wrongly: isAt(path, line ?? 0, line ?? 0),
    })),
  };
}

/** What became of a claim of which it is known whether it is right. */
export interface Tried {
  right: boolean;
  title: string;
  outcome: string;
  reason: string;
}

export function judgeClaims(claims: readonly EvalClaim[], { coverage }: ReviewResult): Tried[] {
  const bare = (text: string): string => text.replace(/[^a-z0-9]/gi, '').slice(0, 60);
  return claims.map(({ right, candidate: { title } }) => {
    const step = (coverage.model.steps ?? []).find((one) => bare(one.title) === bare(title));
    return { right, title, outcome: step?.outcome ?? 'not tried', reason: step?.reason ?? '' };
  });
}

/** Whether lines are those of the flaw, or of a place that is as good. */
export function isAtFlaw(one: EvalCase, path: string, start: number, end: number): boolean {
  const places = one.clean ? [] : [one.flaw.at, ...one.flaw.also];
  return places.some((place) => place.path === path && isNear(place, start, end));
}

/** Numbers of base and head are close to each other in one change; the side is not looked at. */
function isNear({ lines: [from, to] }: CasePlace, start: number, end: number): boolean {
  return start <= to + APART && end >= from - APART;
}
