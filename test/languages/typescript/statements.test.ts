import { describe, expect, it } from 'vitest';
import { printSource, type Row } from './print-source.ts';

const ROWS: readonly Row[] = [
  {
    does: 'assignments to names, fields and indices',
    source: 'a = 1; a.b = 2; a[c] = 3; this.d = e;',
    prints: ['f0 function ()', '  a = 1', '  a.b = 2', '  a[c] = 3', '  this.d = e'],
  },
  {
    does: 'assignments that append or compute',
    source: 'a += b; a -= b; a.b ||= c; a ??= d; a &&= e; i++; --j;',
    prints: [
      'f0 function ()',
      '  a += b',
      '  a = (a - b)',
      '  a.b = (either ? a.b : c)',
      '  a = (either ? a : d)',
      '  a = (a ? e : a)',
      '  i = (i + 1)',
      '  j = (j - 1)',
    ],
  },
  { does: 'a chain of assignments', source: 'a = b = c;', prints: ['f0 function ()', '  a = (b := c)'] },
  {
    does: 'if, else if and else',
    source: 'if (a) b(); else if (c && d) { e(); } else f();',
    prints: ['f0 function ()', '  if a', '    b()', '  else', '    if (c && d)', '      e()', '    else', '      f()'],
  },
  {
    does: 'what is only done on a condition is an if',
    source: 'a && b(); a || b(); a ? b() : c(); a ?? b();',
    prints: [
      'f0 function ()',
      '  if a',
      '    b()',
      '  if !(a)',
      '    b()',
      '  if a',
      '    b()',
      '  else',
      '    c()',
      '  (either ? a : b())',
    ],
  },
  {
    does: 'a sequence is several statements',
    source: 'a(), b = 1, c();',
    prints: ['f0 function ()', '  a()', '  b = 1', '  c()'],
  },
  {
    does: 'a returned sequence runs all of it',
    source: 'function f() { return a(), b; }',
    prints: ['f0 function ()', '  let f = f1', 'f1 function f()', '  a()', '  return b'],
  },
  {
    does: 'for of and for in',
    source: 'for (const a of b) f(a); for (const k in o) f(k); for (x.y of z) g(); for await (const m of n) m();',
    prints: [
      'f0 function ()',
      '  for a of items b',
      '    f(a)',
      '  for k of keys o',
      '    f(k)',
      '  for x.y of items z',
      '    g()',
      '  for m of items n',
      '    m()',
    ],
  },
  {
    does: 'for of with parts',
    source: 'for (const [k, { v = 1 }] of Object.entries(o)) f(k, v);',
    prints: [
      'f0 function ()',
      '  for $0 of items Object.entries(o)',
      '    let k = $0[0]',
      '    let $1 = $0[1]',
      '    let v = (either ? $1.v : 1)',
      '    f(k, v)',
    ],
  },
  {
    does: 'a for of three parts',
    source: 'for (let i = 0, n = a.length; i < n; i++) f(i); for (;;) g();',
    prints: [
      'f0 function ()',
      '  block',
      '    let i = 0',
      '    let n = a.length',
      '    while (i < n)',
      '      f(i)',
      '      i = (i + 1)',
      '  while ',
      '    g()',
    ],
  },
  {
    does: 'while and do while',
    source: 'while (a || b) c(); do { d(); } while (e);',
    prints: ['f0 function ()', '  while (a || b)', '    c()', '  while ', '    d()', '    if !(e)', '      leave'],
  },
  {
    does: 'switch, with shared bodies',
    source: "switch (a) { case 1: case 'b': f(); break; default: g(); }",
    prints: ['f0 function ()', '  switch a', '  case 1, "b"', '    f()', '  otherwise', '    g()'],
  },
  {
    does: 'switch, a case that goes on into the next',
    source: 'switch (a) { case 1: f(); case 2: g(); break; case 3: { h(); break; } case 4: k(); }',
    prints: [
      'f0 function ()',
      '  switch a',
      '  case 1',
      '    f()',
      '    g()',
      '  case 2',
      '    g()',
      '  case 3',
      '    block',
      '      h()',
      '      leave',
      '  case 4',
      '    k()',
    ],
  },
  {
    does: 'switch, a default in the middle',
    source: 'switch (a) { case 1: default: f(); break; case 2: }',
    prints: ['f0 function ()', '  switch a', '  case 1', '    f()', '  case 2', '  otherwise', '    f()'],
  },
  {
    does: 'switch, a case that only breaks',
    source: 'switch (a) { case 1: break; case 2: f(); }',
    prints: ['f0 function ()', '  switch a', '  case 1', '  case 2', '    f()'],
  },
  {
    does: 'try, catch and finally',
    source: 'try { a(); } catch (e) { b(e); } finally { c(); } try { d(); } catch { }',
    prints: [
      'f0 function ()',
      '  try',
      '    a()',
      '  catch e',
      '    b(e)',
      '  finally',
      '    c()',
      '  try',
      '    d()',
      '  catch',
    ],
  },
  {
    does: 'a caught error taken apart',
    source: 'try { a(); } catch ({ message }) { b(message); }',
    prints: ['f0 function ()', '  try', '    a()', '  catch $0', '    let message = $0.message', '    b(message)'],
  },
  {
    does: 'return, throw, break and continue',
    source: 'function f() { for (;;) { if (a) break; if (b) continue; if (c) return; throw new E(d); } }',
    prints: [
      'f0 function ()',
      '  let f = f1',
      'f1 function f()',
      '  while ',
      '    if a',
      '      leave',
      '    if b',
      '      leave',
      '    if c',
      '      return',
      '    throw new E(d)',
    ],
  },
  {
    does: 'labels and blocks',
    source: 'out: for (const a of b) { { let c = 1; } continue out; }',
    prints: ['f0 function ()', '  for a of items b', '    block', '      let c = 1', '    leave'],
  },
  {
    does: 'with and debugger and empty statements',
    source: 'with (a) { b(); } debugger; ;',
    ends: 'js',
    prints: ['f0 function ()', '  a', '  block', '    b()'],
  },
  { does: 'a directive', source: "'use strict';", prints: ['f0 function ()', '  "use strict"'] },
  {
    does: 'a broken file gives what can be read',
    source: `const a = f(;
function g( { return h(a); }
k("x");`,
    prints: ['f0 function ()', '  let a = f', '  g', '  return', '  h', '  other(other(a))', '  k', '  "x"'],
  },
];

describe('statements of TypeScript and JavaScript', () => {
  it.each(ROWS)('$does', async ({ source, ends = 'ts', prints }) => {
    expect(await printSource(source, ends)).toEqual(prints);
  });
});
