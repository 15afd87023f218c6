import { z } from 'zod';
import type { ForgeTraits } from '../change/forge-traits.ts';
import { decideAnchor } from '../diff/anchor.ts';
import type { Hunk } from '../diff/patch.ts';
import { type Finding, isSuspected } from '../findings/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { hashIdentity } from '../ledger/marker.ts';
import type { Unplaced } from '../render/describe-unplaced.ts';
import { renderComment } from '../render/render-comment.ts';

export const PlannedComment = z.object({
  path: z.string(),
  side: z.enum(['LEFT', 'RIGHT']),
  /** Null: on the whole file. */
  line: z.number().int().positive().nullable(),
  startLine: z.number().int().positive().nullable(),
  body: z.string(),
  fingerprint: z.string(),
});
export type PlannedComment = z.infer<typeof PlannedComment>;

/** A finding that the summary says. */
export interface Folded {
  finding: Finding;
  why: Unplaced;
}

/** A comment of a plan by what it says, and whether on a line or on its file. */
export function keyOfComment({
  path,
  fingerprint,
  line,
}: Pick<PlannedComment, 'path' | 'fingerprint' | 'line'>): string {
  return `${line === null ? 'file' : 'line'} ${fingerprint} ${path}`;
}

/** Each of them is a notification of its own. */
const MAX_FILE_COMMENTS = 5;

export interface AnchoringInput {
  /** Who reviews. */
  agent: string;
  /** Somebody answers to commands in comments. */
  commands: boolean;
  hunks: ReadonlyMap<string, readonly Hunk[]>;
  ledger: Ledger;
  maxComments: number;
  forge: ForgeTraits;
  /** Comments that GitHub did not take, as `keyOfComment` names them. */
  refused: ReadonlySet<string>;
}

export interface Anchored {
  comments: PlannedComment[];
  /** What `comments` say. */
  said: Finding[];
  fileComments: PlannedComment[];
  unplaced: Folded[];
}

/** On a line of the diff; where GitHub takes none, on the file; else in the summary. */
export function anchorComments(
  findings: readonly Finding[],
  { agent, commands, forge, hunks, ledger, maxComments, refused }: AnchoringInput,
  room: number,
): Anchored {
  const comments: PlannedComment[] = [];
  const said: Finding[] = [];
  const fileComments: PlannedComment[] = [];
  const unplaced: Folded[] = [];
  for (const finding of findings) {
    const { path, fingerprint, side } = finding;
    const language = path.includes('.') ? path.slice(path.lastIndexOf('.') + 1) : '';
    const isRefused = (line: number | null): boolean => refused.has(keyOfComment({ path, fingerprint, line }));
    const isFull = comments.length + fileComments.length >= room;
    const anchor = isFull
      ? { kind: 'summary' as const }
      : decideAnchor(hunks.get(path) ?? [], finding.side, finding.startLine, finding.endLine);
    if (isSuspected(finding)) unplaced.push({ finding, why: { code: 'SUSPECTED' } });
    else if (ledger.deleted.has(hashIdentity(fingerprint, path)))
      unplaced.push({ finding, why: { code: 'COMMENT_DELETED' } });
    else if (ledger.unread.length > 0) unplaced.push({ finding, why: { code: 'CONVERSATION_UNREAD' } });
    else if (isFull) unplaced.push({ finding, why: { code: 'TOO_MANY_COMMENTS', most: maxComments } });
    else if (anchor.kind === 'inline' && !isRefused(anchor.line)) {
      const { line, startLine } = anchor;
      const body = renderComment({ ...finding, startLine: startLine ?? line, endLine: line }, language, agent, {
        commands,
        forge,
      });
      comments.push({ path, side, line, startLine, body, fingerprint });
      said.push(finding);
    } else if (fileComments.length < MAX_FILE_COMMENTS && !isRefused(null)) {
      const body = renderComment(finding, language, agent, { on: 'file', commands, forge });
      fileComments.push({ path, side, line: null, startLine: null, body, fingerprint });
    } else
      unplaced.push({
        finding,
        why: { code: anchor.kind === 'inline' ? 'REFUSED' : 'NOT_IN_DIFF' },
      });
  }
  return { comments, said, fileComments, unplaced };
}
