import { createVerify, randomBytes } from 'node:crypto';
import { SandboxError } from './http.ts';
import type { SandboxState, SandboxToken, SandboxUser } from './state.ts';

/** Checks a real App JWT: RS256 by the App's key, our issuer, not expired, at most ten minutes long. Source: docs.github.com, "Generating a JWT". */
export function verifyAppJwt(state: SandboxState, token: string): void {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const verifier = createVerify('RSA-SHA256').update(`${header}.${payload}`);
  if (!verifier.verify(state.publicKey, Buffer.from(signature, 'base64url')))
    throw new SandboxError(401, 'A JSON web token could not be decoded');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
    iss?: unknown;
    exp?: number;
    iat?: number;
  };
  const now = Date.now() / 1000;
  if (String(claims.iss) !== String(state.appId)) throw new SandboxError(401, 'Integration not found');
  if (!claims.exp || claims.exp < now)
    throw new SandboxError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (claims.exp - now > 601) throw new SandboxError(401, "'Expiration time' claim ('exp') is too far in the future");
}

/** Tokens of 2026 are about 520 characters long. Source: GitHub changelog, 2026. */
export function issueToken(
  state: SandboxState,
  repositoryIds: number[] | null,
  permissions: SandboxToken['permissions'] = null,
): { token: string; expiresAt: string } {
  const token = `ghs_${state.appId}_${randomBytes(384).toString('base64url')}`;
  const expires = Date.now() + state.tokenMs;
  state.tokens.set(token, { expires, repositoryIds, permissions });
  return { token, expiresAt: new Date(expires).toISOString().replace(/\.\d+Z/, 'Z') };
}

export function verifyToken(
  state: SandboxState,
  token: string,
): { repositoryIds: number[] | null; permissions: SandboxState['permissions']; viewer: SandboxUser } {
  const found = state.tokens.get(token);
  if (!found || found.expires < Date.now()) throw new SandboxError(401, 'Bad credentials');
  refuseSuspended(state);
  const { repositoryIds, permissions, viewer = state.bot } = found;
  return { repositoryIds, permissions: permissions ?? state.permissions, viewer };
}

/** GitHub's own words. */
export function refuseSuspended({ suspended }: SandboxState): void {
  if (suspended) throw new SandboxError(403, 'This installation has been suspended');
}
