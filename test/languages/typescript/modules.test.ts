import { describe, expect, it } from 'vitest';
import { printSource, type Row } from './print-source.ts';

const ROWS: readonly Row[] = [
  {
    does: 'imports',
    source:
      "import a, { b, c as d, type E, default as f, 'g-h' as i } from 'node:fs'; import * as j from './j'; import k, * as l from 'k'; import type M from 'm'; import 'side'; import n = require('n'); import { o } from './o.json' with { type: 'json' };",
    prints: [
      'import a = fs default',
      'import b = fs b',
      'import d = fs c',
      'import E = fs E',
      'import f = fs default',
      'import i = fs g-h',
      'import j = ./j *',
      'import k = k default',
      'import l = k *',
      'import M = m default',
      'import n = n *',
      'import o = ./o.json o',
      'f0 function ()',
      '  import("side")',
    ],
  },
  {
    does: 'require in a declaration is an import',
    source: "const a = require('a'); const { b, c: d } = require('node:b'); var e = require('e').f, g = 1;",
    prints: ['import a = a *', 'import b = b b', 'import d = b c', 'import e = e f', 'f0 function ()', '  let g = 1'],
  },
  {
    does: 'require with more than names is a call',
    source: "const { a = 1 } = require('a'); const b = require('b')(c); const d = require(e); let f; f = require('f');",
    prints: [
      'f0 function ()',
      '  let $0 = require("a")',
      '  let a = (either ? $0.a : 1)',
      '  let b = require("b")(c)',
      '  let d = require(e)',
      '  let f = null',
      '  f = require("f")',
    ],
  },
  {
    does: 'an import alias',
    source: 'import A = B.C; export import D = E.F;',
    prints: ['export D = D', 'f0 function ()', '  let A = B.C', '  let D = E.F'],
  },
  {
    does: 'what a namespace exports is not what the file exports',
    source: 'export namespace N.M { export function g() {} export { a as b }; export const c = 1 }',
    prints: ['export N.M = N.M', 'f0 function ()', '  block', '    let g = f1', '    let c = 1', 'f1 function g()'],
  },
  {
    does: 'exports of declarations',
    source:
      'export const a = 1, { b, c: [d] } = e; export function f() {} export class G {} export interface H { i: string } export type J = string; export enum K { L } export namespace N { }',
    prints: [
      'export f = f',
      'export a = a',
      'export b = b',
      'export d = d',
      'export G = G',
      'export H = H',
      'export J = J',
      'export K = K',
      'export N = N',
      'type H = {i: text}',
      'type J = text',
      'type K = plain',
      'class G has ',
      'f0 function ()',
      '  let f = f1',
      '  let a = 1',
      '  let b = e.b',
      '  let d = e.c[0]',
      '  let G = c0',
      '  let K = {"L": 0}',
      '  block',
      'f1 public function f()',
    ],
  },
  {
    does: 'exports of names',
    source:
      "export { a, b as c, d as default }; export { e as f } from 'node:e'; export * from './g'; export * as h from './h'; export type { I } from './i';",
    prints: [
      'export a = a',
      'export c = b',
      'export default = d',
      'export f = e of e',
      'export * = * of ./g',
      'export h = * of ./h',
      'export I = I of ./i',
      'f0 function ()',
    ],
  },
  {
    does: 'export default of an expression',
    source: 'export default wrap(handler);',
    prints: ['export default = $default', 'f0 function ()', '  let $default = wrap(handler)'],
  },
  {
    does: 'export default of a name',
    source: 'const a = () => {}; export default a;',
    prints: [
      'export default = $default',
      'f0 function ()',
      '  let a = f1',
      '  let $default = a',
      'f1 public function a()',
    ],
  },
  {
    does: 'export default of a function and of a class',
    source: 'export default async function f() {}',
    prints: ['export default = f', 'f0 function ()', '  let f = f1', 'f1 public async function f()'],
  },
  {
    does: 'export default of a nameless function',
    source: 'export default async (req) => {};',
    prints: ['export default = $default', 'f0 function ()', '  let $default = f1', 'f1 public async function (req)'],
  },
  {
    does: 'export default of a nameless class',
    source: '@Injectable() export default class { a() {} }',
    prints: [
      'export default = $default',
      'class  has f1',
      'f0 function ()',
      '  let $default = c0',
      'f1 public method c0.a()',
    ],
  },
  {
    does: 'export =',
    source: 'export = { a };',
    prints: ['export = = $exports', 'f0 function ()', '  let $exports = {"a": a}'],
  },
  {
    does: 'module.exports',
    source: 'const a = () => {}; module.exports = { a, b() {} }; module.exports.c = function () {};',
    ends: 'js',
    prints: [
      'export = = $exports',
      'f0 function ()',
      '  let a = f1',
      '  $exports = {"a": a, "b": f2}',
      '  $exports.c = f3',
      'f1 public function a()',
      'f2 public function b()',
      'f3 public function c()',
    ],
  },
  {
    does: 'exports.name',
    source: 'exports.a = exports.b = async (req) => {}; const c = () => {}; exports.d = c; module.exports = exports;',
    ends: 'js',
    prints: [
      'export = = $exports',
      'f0 function ()',
      '  $exports.a = ($exports.b := f1)',
      '  let c = f2',
      '  $exports.d = c',
      '  $exports = $exports',
      'f1 public async function b(req)',
      'f2 public function c()',
    ],
  },
  {
    does: 'in a file with imports, exports is a name like others',
    source: "import a from 'a'; exports.b = module.exports;",
    prints: ['import a = a default', 'f0 function ()', '  exports.b = module.exports'],
  },
];

describe('imports and exports of TypeScript and JavaScript', () => {
  it.each(ROWS)('$does', async ({ source, ends = 'ts', prints }) => {
    expect(await printSource(source, ends)).toEqual(prints);
  });
});
