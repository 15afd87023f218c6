import type { RequestHandler } from 'express';
import { forbidden } from '../errors.js';
import { type Role, ROLES } from './authenticate.js';

/** Lets the request pass when the caller's role is `least` or higher. */
export function requireRole(least: Role): RequestHandler {
  return (req, _res, next) => {
    if (ROLES.indexOf(req.caller.role) < ROLES.indexOf(least)) throw forbidden();
    next();
  };
}
