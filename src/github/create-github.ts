import { finishCheck, startCheck } from './checks.ts';
import { react, readPermission, reply } from './comments.ts';
import type { GitHub } from './github.ts';
import type { Requests } from './octokit.ts';
import { publishReview } from './publish-review.ts';
import { readChange } from './read-change.ts';
import { readContext } from './read-context.ts';
import { readPullRequest } from './read-pull-request.ts';

/** The adapter over one authenticated Octokit. */
export function createGitHub(octokit: Requests): GitHub {
  return {
    readPullRequest: (ref) => readPullRequest(octokit, ref),
    readChange: (pull) => readChange(octokit, pull),
    readContext: (pull) => readContext(octokit, pull),
    publishReview: (pull, plan, options) => publishReview(octokit, pull, plan, options),
    startCheck: (pull) => startCheck(octokit, pull),
    finishCheck: (pull, id, result) => finishCheck(octokit, pull, id, result),
    readPermission: (ref, login) => readPermission(octokit, ref, login),
    react: (ref, comment, content) => react(octokit, ref, comment, content),
    reply: (ref, body, marker) => reply(octokit, ref, body, marker),
    linkTo: (pull, path, line) => {
      const root = pull.url.replace(/\/pull\/\d+$/, '');
      return `${root}/blob/${pull.headSha}/${path.split('/').map(encodeURIComponent).join('/')}#L${line}`;
    },
  };
}
