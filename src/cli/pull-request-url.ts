import { InvalidArgumentError } from 'commander';

export interface PullRequestUrl {
  owner: string;
  repo: string;
  number: number;
}

/** @throws InvalidArgumentError for anything else */
export function parsePullRequestUrl(url: string): PullRequestUrl {
  const [, owner, repo, number] = /^https?:\/\/[^/]+\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)(?:[/?#].*)?$/.exec(url) ?? [];
  if (!owner || !repo || !number)
    throw new InvalidArgumentError(
      `Write https://github.com/OWNER/REPO/pull/NUMBER. For a range of commits: ${tellRange(url) ?? '--base REF --head REF'}`,
    );
  return { owner, repo, number: Number(number) };
}

/** `main..topic` and `main...topic`, as git writes a range. */
function tellRange(text: string): string | null {
  const [, base, head] = /^([^\s.:]\S*?)\.{2,3}([^\s.:]\S*)$/.exec(text) ?? [];
  return base && head ? `--base ${base} --head ${head}` : null;
}
