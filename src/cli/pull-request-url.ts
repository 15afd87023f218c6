import { InvalidArgumentError } from 'commander';

export interface PullRequestUrl {
  owner: string;
  repo: string;
  number: number;
}

/** @throws InvalidArgumentError for anything else */
export function parsePullRequestUrl(url: string): PullRequestUrl {
  const [, owner, repo, number] = /^https?:\/\/[^/]+\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)(?:[/?#].*)?$/.exec(url) ?? [];
  if (!owner || !repo || !number) throw new InvalidArgumentError('expected https://github.com/OWNER/REPO/pull/NUMBER');
  return { owner, repo, number: Number(number) };
}
