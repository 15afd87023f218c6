import { expect, it } from 'vitest';
import { findUnlockedFields } from '../../src/facts/slips/find-unlocked-fields.ts';
import { listSlips } from '../../src/facts/slips/list-slips.ts';
import { readHome } from '../../src/flows/program/read-home.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const many = (one: (index: number) => string): string =>
  Array.from({ length: 4000 }, (_, index) => one(index)).join('\n');

it.each([
  [
    'a.go',
    `package a\nfunc (s *S) Make(email string) error {\n${many((n) => `u${n}, err := s.repo.FindUser(email)\nif u${n} == nil { s.repo.CreateUser(email) }`)}\nreturn err\n}\n`,
  ],
  [
    'a.ts',
    `export function routes(app, repo) {\n${many((n) => `app.post('/${n}', async (email) => { const u = await repo.findUser(email); if (!u) await repo.createUser({ email }); });`)}\n}\n`,
  ],
  [
    'a.ts',
    `export async function take(pool, id) {\n${many((n) => `const u${n} = await pool.query('select stock from a'); if (u${n}.stock < 1) return; await pool.query('update a set b = 1, stock = stock - 1 where id = $1', [id]);`)}\n}\n`,
  ],
  [
    'a.ts',
    `export async function make(repo, email) {\n${many((n) => `const u${n} = await repo.findUser(email); if (u${n}) return;`)}\n}\n`,
  ],
  ['a.py', `def keep(cache):\n    cache.set("k", v, 60)\n    v = ${'cache'.repeat(20_000)}\n`],
  ['a.py', `def keep(cache):\n    cache.set("k", ${'ttl'.repeat(40_000)})\n`],
  [
    'a.js',
    `exports.t = [${`async (req, res) => { const { amount } = req.body; const s = ${'check'.repeat(3800)}; await pool.query('UPDATE accounts SET balance = balance - $1 WHERE user_id = $2', [amount, req.user.id]); },\n`.repeat(25)}];`,
  ],
])('%s: what a stranger writes takes no long time', async (path, text) => {
  const home = await readHome(path, text);
  const took = startProcessorClock();
  if (home) listSlips(home);
  expect(home).not.toBeNull();
  expect(took()).toBeLessThan(2000);
});

const head = 'package a\nimport "sync"\ntype S struct { mu sync.Mutex; m map[string]int';
const locked = 's.mu.Lock(); defer s.mu.Unlock();';
it.each([
  [
    'fields and methods',
    `${head}\n${many((n) => `m${n} map[string]int`)}\n}\n${many((n) => `func (s *S) M${n}() { ${locked} s.m${n}["k"] = 1 }`)}\n`,
  ],
  [
    'methods with the lock and without it',
    `${head} }\n${many((n) => `func (s *S) M${n}() { ${locked} s.m["k"] = 1 }\nfunc (s *S) L${n}() { ${locked} s.m["k"] = 1 }\nfunc (s *S) N${n}() int { return s.m["k"] }`)}\n`,
  ],
])('%s of a struct with a lock take no long time', async (_, text) => {
  const home = await readHome('a.go', text);
  const took = startProcessorClock();
  if (home) findUnlockedFields([home]);
  expect(home).not.toBeNull();
  expect(took()).toBeLessThan(1500);
});
