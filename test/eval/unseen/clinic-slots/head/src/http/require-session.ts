import type { RequestHandler, Response } from 'express';
import { HttpError } from './http-error.js';
import type { Session, TokenReader } from './token.js';

export function requireSession(readToken: TokenReader): RequestHandler {
  return async (req, res, next) => {
    const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
    const session = token ? await readToken(token) : undefined;
    if (!session) throw new HttpError(401, 'unauthorised');
    res.locals.session = session;
    next();
  };
}

export function sessionOf(res: Response): Session {
  return res.locals.session as Session;
}
