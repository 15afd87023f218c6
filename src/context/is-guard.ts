import { wordsOf } from '../text/words-of.ts';

/** Words of a guard. A sibling with such a word is the most telling one if the changed function has none. */
const GUARD =
  /^(?:auth\w*|permi\w*|allow\w*|access|owner\w*|tenant|roles?|scopes?|guard\w*|verif\w*|check\w*|ensure\w*|requires?|assert\w*|validat\w*|sanitiz\w*|escape\w*|limit\w*|throttl\w*|r?lock\w*|transaction\w*|atomic\w*|idempot\w*|timeout|deadline|csrf|quota)$/;

/** Whether a name speaks of a check, a limit or a lock. */
export function isGuard(name: string): boolean {
  return wordsOf(name).some((word) => GUARD.test(word));
}
