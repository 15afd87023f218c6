import { type Scope, short } from '../scope/scope.ts';

const WORDS: Record<NonNullable<Scope['reason']>, (since: string) => string | null> = {
  AS_ASKED: () => 'reviewed all files, as asked',
  FIRST_REVIEW: () => null,
  BASE_CHANGED: () => 'reviewed all files: the base changed',
  SETTINGS_CHANGED: () => 'reviewed all files: config, agent, model or version changed',
  LAST_INCOMPLETE: () => 'reviewed all files: the last review was not complete',
  COMMENT_DELETED: () => 'reviewed all files: a comment of this review was deleted',
  COMMENT_UNPROVEN: () => 'reviewed all files: a comment of this review was edited or is not signed',
  HISTORY_REWRITTEN: (since) =>
    `reviewed all files: ${since} is not part of this branch any more (rebase or force-push)`,
  SAME_HEAD: (since) => `nothing changed since ${since}`,
  PUSHED: (since) => `reviewed what changed since ${since}`,
};

/** Which files were reviewed, and why; null: all, and nothing is to be said of it. */
export function describeScope({ reason, since }: Scope): string | null {
  return reason && WORDS[reason](short(since ?? ''));
}
