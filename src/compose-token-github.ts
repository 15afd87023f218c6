import { type Environment, readApiUrl } from './config/env.ts';
import { createTokenGitHub } from './github/create-token-github.ts';
import { LIMITS } from './limits.ts';
import type { Forge } from './pipeline/forge.ts';

/** GitHub with the user's own token, for `backend-dev review URL`. */
export function composeTokenGitHub(env: Environment): Forge {
  return createTokenGitHub(env.GITHUB_TOKEN ?? '', readApiUrl(env), LIMITS.githubRequest);
}
