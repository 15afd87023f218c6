import type { Ability, ForgeTraits } from '../change/forge-traits.ts';

/** Room, in characters, for the signature that a marker gets when it is sent. */
const SIGNATURE = 64;

/**
 * @param permissions of the installation; null: a person's token, of which GitHub itself decides
 */
export function decideTraits(permissions: Readonly<Record<string, string | undefined>> | null): ForgeTraits {
  // Source: docs.github.com, GraphQL resolveReviewThread; measured: `pull_requests: write` is not enough.
  const contents: Ability =
    permissions === null || permissions.contents === 'write'
      ? { able: true }
      : { able: false, lacks: 'contents: write' };
  return {
    resolve: contents,
    commit: contents,
    suggest: true,
    // Source: docs.github.com, "body is too long (maximum is 65536 characters)".
    longestBody: 65_536 - SIGNATURE,
    // Source: docs.github.com, "Create a check run": at most 65,535 characters.
    longestCheck: 60_000,
  };
}
