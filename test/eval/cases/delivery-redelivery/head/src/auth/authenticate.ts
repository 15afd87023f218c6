import type { RequestHandler } from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { config } from '../config.js';
import { HttpError } from '../errors.js';

export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  userId: string;
  accountId: string;
  role: Role;
}

declare global {
  namespace Express {
    interface Request {
      caller: Caller;
    }
  }
}

const jwks = createRemoteJWKSet(new URL(config.JWKS_URL));
const claims = z.object({ sub: z.string(), account: z.string().uuid(), role: z.enum(ROLES) });

export const authenticate: RequestHandler = async (req, _res, next) => {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) throw new HttpError(401, 'unauthenticated', 'Send a bearer token');
  try {
    const { payload } = await jwtVerify(token, jwks, { issuer: config.TOKEN_ISSUER, algorithms: ['RS256'] });
    const { sub, account, role } = claims.parse(payload);
    req.caller = { userId: sub, accountId: account, role };
  } catch {
    throw new HttpError(401, 'unauthenticated', 'The token is not valid');
  }
  next();
};
