import { z } from 'zod';
import { parseCommand } from '../commands/parse-command.ts';
import { maskProse } from '../secrets/mask-text.ts';
import { cutText } from '../text/cut-text.ts';
import { type EventOutcome, ignored } from './event.ts';
import { Id, PayloadOrigin, PayloadSender, PullNumber } from './payload.ts';

const Common = PayloadOrigin.extend({
  sender: PayloadSender,
  comment: z.object({
    id: Id,
    body: z.string(),
    in_reply_to_id: Id.nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
});
const Conversation = Common.extend({
  issue: z.object({ number: PullNumber, pull_request: z.object({}).optional() }),
});
const Inline = Common.extend({ pull_request: z.object({ number: PullNumber }) });

/** `issue_comment` and `pull_request_review_comment` events: new comments by people: commands, and replies in threads. */
export function decodeComment(
  payload: unknown,
  kind: 'conversation' | 'inline',
  agents: readonly string[],
): EventOutcome {
  const conversation = kind === 'conversation' ? Conversation.safeParse(payload) : null;
  const inline = kind === 'inline' ? Inline.safeParse(payload) : null;
  const data = conversation?.data ?? inline?.data;
  if (!data) return ignored('a comment event without the fields that are needed');
  if (data.action !== 'created') return ignored(`comment ${data.action}`);
  if (conversation?.data && !conversation.data.issue.pull_request) return ignored('a comment on an issue');
  // Bots are known by their account's type; a name proves nothing.
  if (data.sender.type === 'Bot' || data.comment.user?.type === 'Bot') return ignored('a comment by a bot');
  const root = data.comment.in_reply_to_id ?? null;
  const isCommand = agents.some((agent) => parseCommand(data.comment.body, agent));
  // A reply may dispute a finding of ours; whose thread it is, only GitHub can tell.
  if (!isCommand && root === null) return ignored('no command');
  const number = conversation?.data?.issue.number ?? inline?.data?.pull_request.number ?? 0;
  const spoken = {
    // Before it is stored: a question may hold the token that it asks about.
    body: maskProse(cutText(data.comment.body, 65_536)),
    login: data.sender.login,
    commentId: data.comment.id,
  };
  return {
    kind: 'trigger',
    pullRequest: {
      installationId: data.installation.id,
      repositoryId: data.repository.id,
      number,
      owner: data.repository.owner.login,
      repo: data.repository.name,
    },
    trigger: isCommand
      ? { kind: 'command', ...spoken, commentKind: kind, root }
      : { kind: 'reply', ...spoken, commentKind: 'inline', root: root ?? data.comment.id },
  };
}
