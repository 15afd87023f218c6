/** Why a finding has no inline comment. */
export type Unplaced =
  | { code: 'COMMENT_DELETED' | 'CONVERSATION_UNREAD' | 'REFUSED' | 'NOT_IN_DIFF' | 'STANDS_IN_SUMMARY' }
  /** It needs none: nobody is to be interrupted for what is not proven. */
  | { code: 'SUSPECTED' }
  | { code: 'TOO_MANY_COMMENTS'; most: number };

export function describeUnplaced(why: Exclude<Unplaced, { code: 'SUSPECTED' }>): string {
  switch (why.code) {
    case 'COMMENT_DELETED':
      return 'its comment was deleted';
    case 'CONVERSATION_UNREAD':
      return 'the conversation is too long to be read whole';
    case 'REFUSED':
      return 'GitHub refused the inline comment';
    case 'NOT_IN_DIFF':
      return 'not on a line of the diff';
    case 'STANDS_IN_SUMMARY':
      return 'no comment since an earlier review';
    case 'TOO_MANY_COMMENTS':
      return `over ${why.most} comments`;
  }
}
