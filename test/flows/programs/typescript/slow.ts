// --- patterns that take exponentially long on what is sent
import express from 'express';
const app = express();
const WORDS = /^(\w+\s?)*$/;
const CODE = new RegExp('^([a-z]+)*!$');
app.post('/a', (req, res) => res.json(WORDS.test(req.body.title))); // ! medium slow-pattern
app.get('/b', (req, res) => res.json(String(req.query.q).match(/^(a+)+$/))); // ! medium slow-pattern
app.get('/c', (req, res) => {
  const { q } = req.query;
  if (!CODE.exec(q)) return res.sendStatus(400); // ! medium slow-pattern
  res.json({});
});
app.get('/d', (req, res) => res.json(req.params.name.replace(/(\d+,?)+;/g, ''))); // ! medium slow-pattern
class Names {
  private static readonly PATTERN = /^([a-zA-Z0-9]+\s?)*$/;
  check(req, res) { res.json(Names.PATTERN.test(req.body.name)); } // ! medium slow-pattern
}
const isTitle = (text: string) => /^(?:[A-Z][a-z]*\s?)*$/.test(text);
app.post('/e', (req, res) => res.json(/^([^"]*)*"$/.test(req.body.text))); // ! medium slow-pattern

// --- patterns that do not, and texts of our own
import express from 'express';
import { readFileSync } from 'node:fs';
const app = express();
const WORDS = /^(\w+\s?)*$/;
app.get('/a', (req, res) => res.json(/^[\w-]+$/.test(req.query.q)));
app.get('/b', (req, res) => res.json(/^(?:[a-z]+\.)+[a-z]{2,}$/.test(req.query.q)));
app.get('/c', (req, res) => {
  const q = String(req.query.q);
  if (q.length > 100) return res.sendStatus(400);
  res.json(WORDS.test(q));
});
app.get('/d', (req, res) => res.json(WORDS.test(readFileSync('title.txt', 'utf8'))));
app.get('/e', (req, res) => res.json(WORDS.test(process.env.TITLE)));
app.get('/f', (req, res) => res.json(/(a+)+/.test(req.query.q)));
