import { expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';

const data = flowData();
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const EVAL = 'eval(req.query.x)';

/** Programs that nobody writes to be run. Each ends, whatever it asks for; what is not looked at is told. */
const PROGRAMS: Record<string, [path: string, text: string, found: 'all' | 'clipped']> = {
  'calls in calls': [
    'a.js',
    `function a(req, res) { eval(${'f('.repeat(1200)}req.query.x${')'.repeat(1200)}); }`,
    'clipped',
  ],
  'functions in functions': ['a.js', `${'function a(req, res) {'.repeat(700)} ${EVAL}; ${'}'.repeat(700)}`, 'clipped'],
  'choices in choices': [
    'a.js',
    `function a(req, res) { eval(${'(c ? req.query.a : '.repeat(700)}1${')'.repeat(700)}); }`,
    'all',
  ],
  'loops in loops': [
    'a.py',
    `from flask import request\ndef a():\n${lines(60, (i) => `${' '.repeat(i + 1)}for x${i} in request.args:`)}\n${' '.repeat(62)}eval(x1)`,
    'clipped',
  ],
  'functions that call each other': [
    'a.js',
    lines(3000, (i) => `function f${i}(x) { return f${(i * 7 + 1) % 3000}(x + 1) + f${(i * 3 + 2) % 3000}(x); }`),
    'clipped',
  ],
  'a value that doubles': [
    'a.js',
    `function a(req, res) { let x = req.query.x; ${lines(3000, () => 'x = x + x;')} eval(x); }`,
    'all',
  ],
  'three thousand branches': [
    'a.go',
    `package a\nimport "net/http"\nfunc F(w http.ResponseWriter, r *http.Request) {\nx := r.FormValue("a")\n${lines(3000, (i) => `if y == ${i} { x = x + "a${i}" }`)}\nhttp.Redirect(w, r, x, 302)\n}`,
    'all',
  ],
  'tests of tests of tests, in long chains': [
    'a.go',
    `package a\nimport "net/http"\nfunc F(w http.ResponseWriter, r *http.Request) {\nx := r.FormValue("a")\na := ${Array(64).fill('x == "q"').join('||')}\n${['b', 'c', 'd'].map((to, at) => `${to} := ${Array(64).fill('abc'[at]).join('||')}`).join('\n')}\nif !d { return }\nhttp.Redirect(w, r, x, 302)\n}`,
    'clipped',
  ],
  'a check of names that are made of names': [
    'a.ts',
    `function ok(x) { const a0 = x === 1; ${lines(30, (i) => `const a${i + 1} = a${i} ? a${i} : a${i};`)} if (a30) return true; return false; }\nfunction a(req, res) { if (!ok(req.query.x)) return; ${EVAL}; }`,
    'clipped',
  ],
  'functions that make functions': [
    'a.js',
    `function a(req, res) { ${lines(500, (i) => `const f${i} = (x) => (y) => (z) => f${Math.max(0, i - 1)}(x)(y)(z + req.query.x);`)} f499(1)(2)(3); ${EVAL}; }`,
    'clipped',
  ],
  'classes that hold and extend each other': [
    'a.ts',
    `${lines(1500, (i) => `class A${i} extends A${i + 1} { f = new A${(i * 2) % 1500}(); constructor(private a: A${i + 1}) { super(a); this.b = a.f; } m(req) { return this.a.m(req.query); } }`)}\nfunction a(req, res) { ${EVAL}; }`,
    'clipped',
  ],
};

it.each(Object.entries(PROGRAMS))('comes to an end: %s', async (_, [path, text, found]) => {
  const { findings, clipped } = await findProgramFlows([{ path, text }], [path], data);
  if (found === 'all') expect(findings.map(({ ruleId }) => ruleId)).toHaveLength(1);
  else expect(clipped || findings.length > 0).toBe(true);
});
