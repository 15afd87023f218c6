import type { RequestHandler } from 'express';
import { HttpError } from './http-error.js';
import { sessionOf } from './require-session.js';
import { type Role, ROLES } from './token.js';

/** Each role may do what the ones before it may do. */
export function requireRole(least: Role): RequestHandler {
  return (_req, res, next) => {
    if (ROLES.indexOf(sessionOf(res).role) < ROLES.indexOf(least)) throw new HttpError(403, 'forbidden');
    next();
  };
}
