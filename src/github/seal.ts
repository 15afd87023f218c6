import { createHmac, createPrivateKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { PullRequest } from '../change/pull-request.ts';
import { AppError } from '../errors.ts';
import type { SealState } from '../ledger/conversation.ts';
import { findMarker, type MarkerKind, signMarker } from '../ledger/marker.ts';
import type { ReviewPlan } from '../plan/plan.ts';

/** Where a marker stands: carried to another pull request, its signature does not hold. */
export type SealedPull = Pick<PullRequest, 'repositoryId' | 'number'>;

/**
 * Signs the markers in what we post, and tells of those that we read whether they say what we wrote. Whoever may write to a
 * repository may edit a bot's comments: without a signature a marker is a claim.
 */
export interface Seal {
  signPlan(plan: ReviewPlan, place: SealedPull): ReviewPlan;
  check(kind: MarkerKind, body: string, place: SealedPull): SealState;
}

/** Base64url of the first 16 bytes of an HMAC-SHA256: no shorter one is safe against guessing. */
const LENGTH = 22;

/**
 * @param privateKeys PEM, the App's own: the first one signs, the others are those before it and still hold. No key of its own:
 *   who has the App's private key can speak as the App anyway.
 * @throws AppError CONFIG_INVALID
 */
export function createSeal(privateKeys: readonly string[]): Seal {
  const [current = Buffer.alloc(0), ...before] = privateKeys.map(deriveKey);
  const sign = (key: Buffer, kind: MarkerKind, json: string, { repositoryId, number }: SealedPull): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([repositoryId, number, kind, json]))
      .digest('base64url')
      .slice(0, LENGTH);
  return {
    signPlan: (plan, place) => {
      const seal = (kind: MarkerKind, body: string): string =>
        signMarker(kind, body, (json) => sign(current, kind, json, place));
      const sealFindings = <T extends { body: string }>(list: readonly T[]): T[] =>
        list.map((one) => ({ ...one, body: seal('finding', one.body) }));
      const { review, summary } = plan;
      return {
        ...plan,
        review: review && { body: seal('summary', review.body), comments: sealFindings(review.comments) },
        fileComments: sealFindings(plan.fileComments),
        summary: summary && { ...summary, body: seal('summary', summary.body) },
        edits: sealFindings(plan.edits),
      };
    },
    check: (kind, body, place) => {
      const found = findMarker(kind, body);
      if (!found || found.signature === null) return 'none';
      const holds = (key: Buffer): boolean => isEqual(sign(key, kind, found.json, place), found.signature ?? '');
      if (holds(current)) return 'current';
      return before.some(holds) ? 'earlier' : 'none';
    },
  };
}

/** The key itself, whatever its PEM looks like. HKDF: RFC 5869. */
function deriveKey(pem: string): Buffer {
  try {
    const key = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
    return Buffer.from(hkdfSync('sha256', key, '', 'backend-dev marker 1', 32));
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `a private key cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
