// --- a check of another file lets only administrators go on
// file: auth.ts
export function requireSuperAdmin(req) {
  if (!req.superAdmin) throw new Error('only for administrators');
}
// file: main.ts
import express from 'express';
import { requireSuperAdmin } from './auth';
const app = express();
app.post('/probe', async (req, res) => {
  requireSuperAdmin(req);
  res.json(await (await fetch(req.body.url)).json()); // ! low server-side-request-forgery
});
// --- the handler says it itself
import express from 'express';
const app = express();
app.post('/probe', async (req, res) => {
  if (!req.superAdmin) return res.status(403).end();
  res.json(await (await fetch(req.body.url)).json()); // ! low server-side-request-forgery
});
// --- by the role
import express from 'express';
const app = express();
app.post('/probe', async (req, res) => {
  if (req.user.role !== 'admin') {
    throw new Error('forbidden');
  }
  res.json(await (await fetch(req.body.url)).json()); // ! low server-side-request-forgery
});
// --- who is one sees more, and everybody goes on
import express from 'express';
const app = express();
app.post('/probe', async (req, res) => {
  const verbose = !req.superAdmin ? 'no' : 'yes';
  const seen = isAdmin(req);
  if (!req.superAdmin) console.log('a user', verbose, seen);
  res.json(await (await fetch(req.body.url)).json()); // ! medium server-side-request-forgery
});
// --- the check stands behind the call
import express from 'express';
import { requireSuperAdmin } from './auth';
const app = express();
app.post('/probe', async (req, res) => {
  const found = await fetch(req.body.url); // ! medium server-side-request-forgery
  requireSuperAdmin(req);
  res.json(await found.json());
});
// --- a comment that speaks of administrators is no check
import { Router } from 'express';
import { execSync } from 'node:child_process';
export const router = Router();
router.post('/c', async (req, res) => {
  /* later:
  requireAdmin(req);
  */
  res.send(execSync('ls ' + req.body.name)); // ! critical command-injection
});
// --- what the caller says of himself is no check
import { Router } from 'express';
import { execSync } from 'node:child_process';
export const router = Router();
router.post('/c', async (req, res) => {
  if (!req.body.isAdmin) return res.status(403).end();
  res.send(execSync('ls ' + req.body.name)); // ! critical command-injection
});
// --- what the service knows of him is one
import { Router } from 'express';
import { execSync } from 'node:child_process';
export const router = Router();
router.post('/c', async (req, res) => {
  if (!req.user.isAdmin) return res.status(403).end();
  res.send(execSync('ls ' + req.body.name)); // ! medium command-injection
});
// --- only those who ask for all must be administrators
import { Router } from 'express';
import { execSync } from 'node:child_process';
export const router = Router();
router.post('/c', async (req, res) => {
  if (req.query.all) {
    if (!req.user.isAdmin) return res.status(403).end();
    res.set('x-all', '1');
  }
  res.send(execSync('ls ' + req.body.name)); // ! critical command-injection
});
// --- … and in that branch they are
import { Router } from 'express';
import { execSync } from 'node:child_process';
export const router = Router();
router.post('/c', async (req, res) => {
  if (req.query.all) {
    if (!req.user.isAdmin) {
      return res.status(403).end();
    }
    res.send(execSync('ls ' + req.body.name)); // ! medium command-injection
  }
});
