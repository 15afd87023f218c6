// --- right programs that look wrong
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
const app = express();
const COMMANDS = { list: 'ls', disk: 'df' } as const;
const SAFE = /^[a-z][a-z0-9-]{0,30}$/;
const ROOT = path.resolve('/data');
const isSlug = (text: unknown): text is string => typeof text === 'string' && SAFE.test(text);
function assertSlug(text: string): asserts text is string {
  if (!SAFE.test(text)) throw new Error('slug');
}
class Slug {
  static parse(text: string): string {
    if (!SAFE.test(text)) throw new Error('slug');
    return text;
  }
}
function resolveInside(name: string): string {
  const full = path.resolve(ROOT, name);
  if (!full.startsWith(ROOT + path.sep)) throw new Error('outside');
  return full;
}
const clean = (text: string) => text.replace(/[^a-z0-9]/gi, '');
function* checked(names: string[]) { for (const name of names) if (SAFE.test(name)) yield name; }
app.get('/1', (req) => { const key = String(req.query.c); if (!(key in COMMANDS)) return; exec(COMMANDS[key as keyof typeof COMMANDS]); });
app.get('/2', (req) => { const x = req.query.x; if (!isSlug(x)) return; exec('cat ' + x); });
app.get('/3', (req) => { const x = String(req.query.x); assertSlug(x); exec('cat ' + x); });
app.get('/4', (req) => { exec('cat ' + Slug.parse(String(req.query.x))); });
app.get('/5', (req, res) => { res.type('text/plain').send(readFileSync(resolveInside(String(req.query.x)))); });
app.get('/6', (req) => { exec('cat ' + clean(String(req.query.x))); });
app.get('/7', (req) => { for (const x of checked([String(req.query.x)])) exec('cat ' + x); });
app.get('/8', (req) => { const n = Number.parseInt(String(req.query.n), 10); exec('head -n ' + n); });
app.get('/9', (req) => { const x = String(req.query.x); const ok = ['a', 'b'].some((one) => one === x); if (!ok) return; exec('cat ' + x); });
app.get('/10', (req) => { const x = ['a', 'b'].find((one) => one === req.query.x); if (x) exec('cat ' + x); });
app.get('/11', (req) => { const x = String(req.query.x); switch (x) { case 'a': case 'b': exec('cat ' + x); } });
app.get('/12', (req) => { const x = req.query.x === 'all' ? 'all' : 'one'; exec('cat ' + x); });
app.get('/13', (req) => { const m = new Map([['a', 'ls'], ['b', 'df']]); const c = m.get(String(req.query.c)); if (c) exec(c); });
app.get('/14', (req) => { const x = String(req.query.x); if (SAFE.exec(x) === null) return; exec('cat ' + x); });
app.get('/15', (req) => { const m = String(req.query.x).match(/^([a-z]+)$/); if (!m) return; exec('cat ' + m[1]); });
app.get('/16', (req) => { const xs = String(req.query.x).split(',').filter((x) => SAFE.test(x)); exec('cat ' + xs.join(' ')); });
app.get('/17', (req) => { const xs = String(req.query.x).split(','); if (!xs.every((x) => SAFE.test(x))) return; exec('cat ' + xs.join(' ')); });
app.get('/18', (req) => { exec(`cat ${JSON.stringify({ a: 1 })}`); });
app.get('/19', (req) => { const on = Boolean(req.query.on); exec('set ' + on); });
app.get('/20', (req) => { const x = String(req.query.x); if (x !== encodeURIComponent(x)) return; exec('cat ' + (SAFE.test(x) ? x : 'none')); });
