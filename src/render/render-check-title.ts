import type { FileCoverage } from '../scope/coverage.ts';
import { cutText } from '../text/cut-text.ts';
import { describeReason } from './describe-reason.ts';

/** What a check's title says beside the verdict. */
export type CheckReason =
  | { code: 'VERDICT' | 'PARTLY_REVIEWED' | 'NO_BACKEND_FILE' | 'CREDENTIALS_ONLY' }
  | { code: 'OVERRIDDEN'; by: string; reason: string }
  | { code: 'NOT_REVIEWED'; file: FileCoverage | null };

export function renderCheckTitle(why: CheckReason, verdict: string): string {
  switch (why.code) {
    case 'VERDICT':
      return verdict;
    case 'OVERRIDDEN':
      return `Overridden by ${why.by}: ${cutText(why.reason, 80)} · ${verdict}`;
    case 'NOT_REVIEWED':
      return `Not reviewed: ${(why.file && describeReason(why.file)) ?? 'no file could be read'}`;
    case 'PARTLY_REVIEWED':
      return `Partly reviewed · ${verdict}`;
    case 'NO_BACKEND_FILE':
      return 'No backend file in this change';
    case 'CREDENTIALS_ONLY':
      return `Searched for credentials only · ${verdict}`;
  }
}
