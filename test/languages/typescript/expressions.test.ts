import { describe, expect, it } from 'vitest';
import { printSource, type Row } from './print-source.ts';

const ROWS: readonly Row[] = [
  {
    does: 'a text, with its escapes resolved',
    source: `f('a\\n\\x41\\u00e9\\u{1F600}\\'\\\\', "it's", '\\0', 'a\\
b')`,
    prints: ['f0 function ()', '  f("a\\nAé😀\'\\\\", "it\'s", "\\u0000", "ab")'],
  },
  {
    does: 'a template with values',
    source: 'f(`a ${b} c\\t`, `${d}`, `e`, ``)',
    prints: ['f0 function ()', '  f(concat("a ", b, " c\\t"), concat(d), "e", "")'],
  },
  {
    does: 'a template with a tag',
    source: 'sql`SELECT ${a} FROM ${b.c}`',
    prints: ['f0 function ()', '  sql`"SELECT ", a, " FROM ", b.c`'],
  },
  {
    does: 'numbers of every kind',
    source: 'f(1, 1.5e3, 0xff, 1_000, 10n, 0b11, 017)',
    prints: ['f0 function ()', '  f(1, 1500, 255, 1000, 10, 3, 15)'],
  },
  {
    does: 'true, false, null and undefined',
    source: 'f(true, false, null, undefined)',
    prints: ['f0 function ()', '  f(true, false, null, null)'],
  },
  {
    does: 'a regular expression',
    source: 'f(/a[/]b\\d+/gi, /x/)',
    prints: ['f0 function ()', '  f(/a[/]b\\d+/gi, /x/)'],
  },
  {
    does: 'names, this and super',
    source: 'f(a, this.b, super.c())',
    prints: ['f0 function ()', '  f(a, this.b, super.c())'],
  },
  {
    does: 'fields and indices, with optional chains and non-null marks left out',
    source: "f(a?.b!.c, a?.[0], a['b'], a?.(1), this.#x)",
    prints: ['f0 function ()', '  f(a.b.c, a[0], a["b"], a(1), this.#x)'],
  },
  {
    does: 'calls and chains of calls',
    source: 'db.query(a, 1).rows.map(x)',
    prints: ['f0 function ()', '  db.query(a, 1).rows.map(x)'],
  },
  {
    does: 'new, with and without arguments',
    source: 'f(new A(1), new a.B, new (pick())())',
    prints: ['f0 function ()', '  f(new A(1), new a.B(), new pick()())'],
  },
  {
    does: 'import() and import.meta',
    source: "f(import('./a'), import.meta.url, new.target)",
    prints: ['f0 function ()', '  f(import("./a"), import.meta.url, new.target)'],
  },
  {
    does: 'require in the middle of an expression is a call',
    source: "app.use(require('./routes'))",
    prints: ['f0 function ()', '  app.use(require("./routes"))'],
  },
  {
    does: 'a spread in arguments, lists and objects',
    source: 'f(...a, [...b, 1], { ...c, d: 1 })',
    prints: ['f0 function ()', '  f(...a, [...b, 1], {...c, "d": 1})'],
  },
  {
    does: 'objects with every kind of key',
    source: "f({ a, b: 1, 'c-d': 2, 3: 4, [e]: 5, [`f`]: 6, undefined })",
    prints: ['f0 function ()', '  f({"a": a, "b": 1, "c-d": 2, "3": 4, e: 5, "f": 6, "undefined": null})'],
  },
  {
    does: 'methods, getters and setters of an object',
    source: "f({ list() { return 1; }, get a() { return 2; }, set a(v) {}, async *g() {}, ['x']() {}, h: () => 3 })",
    prints: [
      'f0 function ()',
      '  f({"list": f1, "a": f2, "set a": f3, "g": f4, "x": f5, "h": f6})',
      'f1 function list()',
      '  return 1',
      'f2 getter a()',
      '  return 2',
      'f3 function set a(v)',
      'f4 async function g()',
      'f5 function x()',
      'f6 function h()',
      '  return 3',
    ],
  },
  { does: 'lists with holes', source: 'f([, a, , b])', prints: ['f0 function ()', '  f([null, a, null, b])'] },
  {
    does: '+ as text, a chain as one',
    source: "f(a + b, 'x' + a + 'y' + b, a + (b + c))",
    prints: ['f0 function ()', '  f(concat(a, b), concat("x", a, "y", b), concat(a, concat(b, c)))'],
  },
  {
    does: '+ as a sum where a number stands in it',
    source: "f(i + 1, 1 + 2 * x, a.length + b, 'x' + 1, n + -1)",
    prints: ['f0 function ()', '  f((i + 1), (1 + (2 * x)), (a.length + b), concat("x", 1), (n + -(1)))'],
  },
  {
    does: 'other operators',
    source: 'f(a - b, a * b ** 2, a % 2, a | b, a << 1, a === b, a !== b, a == b, a < b)',
    prints: [
      'f0 function ()',
      '  f((a - b), (a * (b ** 2)), (a % 2), (a | b), (a << 1), (a == b), (a != b), (a == b), (a < b))',
    ],
  },
  {
    does: 'in, instanceof, typeof, void and delete',
    source: "f('a' in b, a instanceof B, typeof a, void 0, delete a.b, !a, -a, ~a)",
    prints: ['f0 function ()', '  f(("a" in b), (a instanceof B), typeof(a), void(0), delete(a.b), !(a), -(a), ~(a))'],
  },
  {
    does: '|| and ?? and && as a value are choices',
    source: 'f(a || b, a ?? b, a && b)',
    prints: ['f0 function ()', '  f((either ? a : b), (either ? a : b), (a ? b : a))'],
  },
  {
    does: '&& and || in the test of a choice stay',
    source: 'f(a && (b || !c) ? d : e, !(a || b))',
    prints: ['f0 function ()', '  f(((a && (b || !(c))) ? d : e), !((a || b)))'],
  },
  {
    does: 'parentheses, satisfies and as const are left out',
    source: 'f((a), a satisfies B, [1] as const, f<string>)',
    prints: ['f0 function ()', '  f(a, a, [1], f)'],
  },
  {
    does: 'a type assertion',
    source: 'f(a as string, b as unknown as User[], <c>d)',
    prints: ['f0 function ()', '  f((a as text), ((b as ?) as [User]), (d as c))'],
  },
  {
    does: 'a chain that is waited for, and one that begins with what was waited for',
    source: 'async () => { await a<T>(b).c(); (await d()).e(); await f<T>(g); await h<T>(i)`x`; }',
    prints: [
      'f0 function ()',
      '  f1',
      'f1 async function ()',
      '  await a(b).c()',
      '  await d().e()',
      '  await f(g)',
      '  await h(i)`"x"`',
    ],
  },
  {
    does: 'await and yield',
    source: 'async function* g() { await a(); const x = yield b; yield* c(); }',
    prints: [
      'f0 function ()',
      '  let g = f1',
      'f1 async function g()',
      '  await a()',
      '  let x = other(b)',
      '  other(c())',
    ],
  },
  {
    does: 'an assignment whose value is used',
    source: 'while ((row = next())) f(a = b, c += d, e++)',
    prints: ['f0 function ()', '  while (row := next())', '    f((a := b), (c += d), (e := (e + 1)))'],
  },
  {
    does: 'an assignment of parts whose value is used',
    source: 'f(({ a, b: c.d } = e()))',
    prints: ['f0 function ()', '  f(other(($0 := e()), (a := $0.a), (c.d := $0.b)))'],
  },
  { does: 'a sequence', source: 'f((a(), b), (0, c.d)())', prints: ['f0 function ()', '  f(other(a(), b), c.d())'] },
  {
    does: 'functions as values',
    source: 'f(x => x.id, async (a, b) => { await a; }, function named() {}, function () {}, function* () {})',
    prints: [
      'f0 function ()',
      '  f(f1, f2, f3, f4, f5)',
      'f1 function (x)',
      '  return x.id',
      'f2 async function (a, b)',
      '  await a',
      'f3 function named()',
      'f4 function ()',
      'f5 function ()',
    ],
  },
  {
    does: 'a class as a value',
    source: 'f(class extends A { b = 1 })',
    prints: ['class  extends A has ', '  b = 1', 'f0 function ()', '  f(c0)'],
  },
  {
    does: 'JSX',
    source: '<A.B id={x} {...rest} on="t" bare><p>text {y} {/* no */}</p><></></A.B>',
    ends: 'jsx',
    prints: ['f0 function ()', '  other(A.B, {"id": x, ...rest, "on": "t", "bare": true}, other("p", y), other())'],
  },
  {
    does: 'dangerous markup keeps the names of its attributes',
    source: '<div dangerouslySetInnerHTML={{ __html: x }} />',
    ends: 'jsx',
    prints: ['f0 function ()', '  other("div", {"dangerouslySetInnerHTML": {"__html": x}})'],
  },
];

describe('expressions of TypeScript and JavaScript', () => {
  it.each(ROWS)('$does', async ({ source, ends = 'ts', prints }) => {
    expect(await printSource(source, ends)).toEqual(prints);
  });
});
