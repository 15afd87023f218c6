import { applyEdits, resolveThreads } from './apply-edits.ts';
import { finishCheck, startCheck } from './checks.ts';
import { react, readPermission, reply, replyInThread } from './comments.ts';
import { commitFiles } from './commit-files.ts';
import type { GitHub } from './github.ts';
import { listFiles } from './list-files.ts';
import type { Requests } from './octokit.ts';
import { publishReview } from './publish-review.ts';
import { readChange } from './read-change.ts';
import { readContext } from './read-context.ts';
import { readPullRequest } from './read-pull-request.ts';

/** The adapter over one authenticated Octokit. */
export function createGitHub(octokit: Requests, permissions: Readonly<Record<string, string>> | null = null): GitHub {
  return {
    readPullRequest: (ref) => readPullRequest(octokit, ref),
    readChange: (pull) => readChange(octokit, pull),
    readContext: (pull) => readContext(octokit, pull),
    publishReview: (pull, plan, options) => publishReview(octokit, pull, plan, options),
    applyEdits: (pull, plan, checkRunId) => applyEdits(octokit, pull, plan, checkRunId),
    startCheck: (pull, known) => startCheck(octokit, pull, known),
    finishCheck: (pull, id, result) => finishCheck(octokit, pull, id, result),
    readPermission: (ref, login) => readPermission(octokit, ref, login),
    react: (ref, comment, content) => react(octokit, ref, comment, content),
    reply: (ref, body, marker) => reply(octokit, ref, body, marker),
    replyInThread: (ref, root, body, marker) => replyInThread(octokit, ref, root, body, marker),
    resolveThreads: (ids) => resolveThreads(octokit, ids),
    commitFiles: (pull, commit) => commitFiles(octokit, pull, commit),
    listFiles: (pull) => listFiles(octokit, pull),
    granted: (name, level) => permissions === null || permissions[name] === 'write' || permissions[name] === level,
    linkTo: (pull, path, line) => {
      const root = pull.url.replace(/\/pull\/\d+$/, '');
      return `${root}/blob/${pull.headSha}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`;
    },
  };
}
