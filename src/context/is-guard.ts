import { wordsOf } from '../text/words-of.ts';

/** What guards: a sibling that has one of these, where the changed function has none, tells the most. */
const GUARD =
  /^(?:auth\w*|permi\w*|allow\w*|access|owner\w*|tenant|roles?|scopes?|guard\w*|verif\w*|check\w*|ensure\w*|requires?|assert\w*|validat\w*|sanitiz\w*|escape\w*|limit\w*|throttl\w*|r?lock\w*|transaction\w*|atomic\w*|idempot\w*|timeout|deadline|csrf|quota)$/;

/** Whether a name speaks of a check, a limit or a lock. */
export function isGuard(name: string): boolean {
  return wordsOf(name).some((word) => GUARD.test(word));
}
