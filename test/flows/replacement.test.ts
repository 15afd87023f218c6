import { expect, it } from 'vitest';
import { startProcessorClock } from '../support/processor-time.ts';
import { reviewTrees } from '../support/review-trees.ts';

it('a pattern of one element that never ends is read in time', async () => {
  const text = `const app = require('express')();\napp.get('/', (req, res) => { res.send(req.query.x.replace(/<(${'a'.repeat(60)}!)/, '')); });\n`;
  const took = startProcessorClock();
  await reviewTrees({}, { 'a.js': text });
  expect(took()).toBeLessThan(10_000);
});

it('a test of characters that asks functions which ask many others ends', async () => {
  const asks = Array.from({ length: 12 }, (_, n) => `  if NEXT(c) && NEXT(c+${n}) { return false }\n`).join('');
  const functions = Array.from(
    { length: 20 },
    (_, n) => `func f${n}(c rune) bool {\n${asks.replaceAll('NEXT', `f${n + 1}`)}  return true\n}\n`,
  );
  const text = `package a\nimport "net/http"\n${functions.join('')}func f20(c rune) bool { return c == 'a' }\nfunc h(w http.ResponseWriter, r *http.Request) {\n  for _, c := range r.FormValue("x") { if !f0(c) { return } }\n}\n`;
  const took = startProcessorClock();
  await reviewTrees({}, { 'a.go': text });
  expect(took()).toBeLessThan(20_000);
});
