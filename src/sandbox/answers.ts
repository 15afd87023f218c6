import { nodeId } from './node-id.ts';
import type {
  SandboxCheck,
  SandboxComment,
  SandboxPullRequest,
  SandboxRepository,
  SandboxReview,
  SandboxState,
  SandboxUser,
} from './state.ts';

/** GitHub's objects in full, as its OpenAPI description requires them; the tests validate every answer by it. */
export const TIME = '2026-01-05T09:00:00Z';

export function userAnswer(api: string, user: SandboxUser) {
  const url = `${api}/users/${encodeURIComponent(user.login)}`;
  const paths = {
    followers_url: 'followers',
    following_url: 'following{/other_user}',
    gists_url: 'gists{/gist_id}',
    starred_url: 'starred{/owner}{/repo}',
    subscriptions_url: 'subscriptions',
    organizations_url: 'orgs',
    repos_url: 'repos',
    events_url: 'events{/privacy}',
    received_events_url: 'received_events',
  };
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId('U', user.id),
    avatar_url: `${api}/avatar/${user.id}`,
    gravatar_id: '',
    url,
    html_url: `${api}/${encodeURIComponent(user.login)}`,
    ...Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, `${url}/${path}`])),
    type: user.type,
    site_admin: false,
  };
}

const REPOSITORY_LINKS = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git_commits',
  'git_refs',
  'git_tags',
  'hooks',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
];

export function repositoryAnswer(api: string, repository: SandboxRepository, id = repository.id) {
  const owner: SandboxUser = { login: repository.owner, id: 1, type: 'User' };
  const url = `${api}/repos/${repository.owner}/${repository.name}`;
  return {
    id,
    node_id: nodeId('R', id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: false,
    owner: userAnswer(api, owner),
    html_url: `${api}/${repository.owner}/${repository.name}`,
    description: null,
    fork: id !== repository.id,
    url,
    ...Object.fromEntries(REPOSITORY_LINKS.map((link) => [`${link}_url`, `${url}/${link}`])),
    clone_url: `${api}/${repository.owner}/${repository.name}.git`,
    git_url: `git://sandbox/${repository.owner}/${repository.name}.git`,
    ssh_url: `git@sandbox:${repository.owner}/${repository.name}.git`,
    svn_url: `${api}/${repository.owner}/${repository.name}`,
    mirror_url: null,
    homepage: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 1,
    default_branch: 'main',
    open_issues_count: 0,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: 'public',
    pushed_at: TIME,
    created_at: TIME,
    updated_at: TIME,
    forks: 0,
    open_issues: 0,
    watchers: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
  };
}

export function pullRequestAnswer(api: string, repository: SandboxRepository, pull: SandboxPullRequest) {
  const url = `${api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`;
  const issue = url.replace('/pulls/', '/issues/');
  const html = `${api}/${repository.owner}/${repository.name}/pull/${pull.number}`;
  const author = userAnswer(api, pull.author);
  const owner = userAnswer(api, { login: repository.owner, id: 1, type: 'User' });
  const headRepo =
    pull.fork === 'deleted'
      ? null
      : repositoryAnswer(api, repository, pull.fork === 'fork' ? repository.id + 1000 : repository.id);
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/repos/${repository.owner}/${repository.name}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${api}/repos/${repository.owner}/${repository.name}/statuses/${pull.headSha}`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: author,
    body: pull.body === '' ? null : pull.body,
    labels: pull.labels.map((name, index) => ({
      id: index + 1,
      node_id: nodeId('L', index + 1),
      url: `${url}/labels/${encodeURIComponent(name)}`,
      name,
      description: null,
      color: 'ededed',
      default: false,
    })),
    milestone: null,
    created_at: TIME,
    updated_at: TIME,
    closed_at: pull.state === 'closed' ? TIME : null,
    merged_at: pull.merged ? TIME : null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      label: `${repository.owner}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: author,
      repo: headRepo,
    },
    base: {
      label: `${repository.owner}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: owner,
      repo: repositoryAnswer(api, repository),
    },
    _links: Object.fromEntries(
      ['comments', 'commits', 'statuses', 'html', 'issue', 'review_comments', 'review_comment', 'self'].map((name) => [
        name,
        { href: `${url}/${name}` },
      ]),
    ),
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    draft: pull.draft,
    merged: pull.merged,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: null,
    comments: pull.conversation.length,
    review_comments: pull.comments.length,
    maintainer_can_modify: false,
    commits: 1,
    additions: 1,
    deletions: 1,
    changed_files: pull.diff.length,
  };
}

export function reviewAnswer(
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  review: SandboxReview,
) {
  const html = `${api}/${repository.owner}/${repository.name}/pull/${pull.number}`;
  const url = `${api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: userAnswer(api, review.author),
    body: review.body,
    state: review.pending ? 'PENDING' : 'COMMENTED',
    html_url: `${html}#pullrequestreview-${review.id}`,
    pull_request_url: url,
    author_association: 'NONE',
    _links: { html: { href: html }, pull_request: { href: url } },
    ...(!review.pending && { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

/** GitHub's own App, whose checks a job makes. */
const ACTIONS_APP = { id: 15_368, slug: 'github-actions', name: 'GitHub Actions' };

export function checkAnswer(api: string, state: SandboxState, repository: SandboxRepository, check: SandboxCheck) {
  const url = `${api}/repos/${repository.owner}/${repository.name}/check-runs/${check.id}`;
  return {
    id: check.id,
    name: check.name,
    node_id: nodeId('CR', check.id),
    head_sha: check.headSha,
    external_id: '',
    url,
    html_url: `${api}/${repository.owner}/${repository.name}/runs/${check.id}`,
    details_url: `${api}/${repository.owner}/${repository.name}/runs/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    started_at: TIME,
    completed_at: check.status === 'completed' ? TIME : null,
    output: {
      title: check.title,
      summary: check.summary,
      text: null,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: 1 },
    app: { ...appAnswer(api, state), ...(check.author.login !== state.bot.login && ACTIONS_APP) },
    pull_requests: [],
  };
}

export function appAnswer(api: string, state: SandboxState) {
  return {
    id: state.appId,
    slug: 'backend-dev',
    node_id: nodeId('A', state.appId),
    client_id: 'Iv1.sandbox',
    owner: userAnswer(api, { login: 'acme', id: 1, type: 'User' }),
    name: 'backend-dev',
    description: null,
    external_url: api,
    html_url: `${api}/apps/backend-dev`,
    created_at: TIME,
    updated_at: TIME,
    permissions: state.permissions,
    events: ['check_run', 'issue_comment', 'pull_request', 'pull_request_review_comment'],
  };
}

export function installationAnswer(api: string, state: SandboxState, login: string) {
  const { installationId: id, appId, permissions, granted, suspended } = state;
  return {
    id,
    account: userAnswer(api, { login, id: 1, type: 'User' }),
    access_tokens_url: `${api}/app/installations/${id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${api}/settings/installations/${id}`,
    app_id: appId,
    app_slug: 'backend-dev',
    target_id: 1,
    target_type: 'User',
    permissions: granted ?? permissions,
    events: ['check_run', 'issue_comment', 'pull_request', 'pull_request_review_comment'],
    repository_selection: 'selected',
    created_at: TIME,
    updated_at: TIME,
    single_file_name: null,
    suspended_at: suspended ? TIME : null,
    suspended_by: null,
  };
}

export function issueCommentAnswer(
  api: string,
  repository: SandboxRepository,
  number: number,
  comment: { id: number; body: string; author: SandboxUser },
) {
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${api}/repos/${repository.owner}/${repository.name}/issues/comments/${comment.id}`,
    html_url: `${api}/${repository.owner}/${repository.name}/pull/${number}#issuecomment-${comment.id}`,
    issue_url: `${api}/repos/${repository.owner}/${repository.name}/issues/${number}`,
    body: comment.body,
    user: userAnswer(api, comment.author),
    created_at: TIME,
    updated_at: TIME,
    author_association: 'NONE',
    performed_via_github_app: null,
  };
}

export function reviewCommentAnswer(
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  comment: SandboxComment,
) {
  const root = `${api}/repos/${repository.owner}/${repository.name}/pulls`;
  const url = `${root}/comments/${comment.id}`;
  const html = reviewCommentUrl(api, repository, pull, comment.id);
  const reply = comment.root === comment.id ? {} : { in_reply_to_id: comment.root };
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: '@@',
    path: comment.path,
    commit_id: pull.headSha,
    original_commit_id: pull.headSha,
    user: userAnswer(api, comment.author),
    body: comment.body,
    created_at: TIME,
    updated_at: TIME,
    html_url: html,
    pull_request_url: `${root}/${pull.number}`,
    author_association: 'NONE',
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: `${root}/${pull.number}` } },
    side: comment.side,
    ...(comment.now && { line: comment.now.line }),
    ...(comment.line !== null && { original_line: comment.line }),
    subject_type: comment.line === null ? 'file' : 'line',
    ...reply,
  };
}

export function reviewCommentUrl(
  api: string,
  repository: SandboxRepository,
  pull: SandboxPullRequest,
  id: number,
): string {
  return `${api}/${repository.owner}/${repository.name}/pull/${pull.number}#discussion_r${id}`;
}
