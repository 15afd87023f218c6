import { expect, it } from 'vitest';
import { findNarrowedLocks } from '../../src/facts/changes/find-narrowed-locks.ts';
import { findRemovedLocks } from '../../src/facts/changes/find-removed-protections.ts';
import type { FactsBefore, FindFacts } from '../../src/facts/fact-hit.ts';
import { findIgnoredAnswers } from '../../src/facts/lost-care/find-ignored-answers.ts';
import { findRemovedAbsenceChecks } from '../../src/facts/lost-care/find-removed-absence-checks.ts';
import { findRemovedAwaits } from '../../src/facts/lost-care/find-removed-awaits.ts';
import { findRemovedCare, HANDLES, RELEASES } from '../../src/facts/lost-care/find-removed-care.ts';
import { findRemovedHandling } from '../../src/facts/lost-care/find-removed-handling.ts';
import { findOverwrites } from '../../src/facts/queries/find-overwrites.ts';
import { readFacts } from '../../src/facts/read-facts.ts';
import { findRemovedChecks } from '../../src/facts/removed-checks/find-removed-checks.ts';
import { findAnsweredOn } from '../../src/facts/slips/find-answered-on.ts';
import { findBoundRows } from '../../src/facts/slips/find-bound-rows.ts';
import { findForeignRows } from '../../src/facts/slips/find-foreign-rows.ts';
import { findLazyRelations } from '../../src/facts/slips/find-lazy-relations.ts';
import { findLocksTakenTwice } from '../../src/facts/slips/find-locks-taken-twice.ts';
import { findSentSecrets } from '../../src/facts/slips/find-sent-secrets.ts';
import { findStrayedRows } from '../../src/facts/slips/find-strayed-rows.ts';
import { findUnaskedRows } from '../../src/facts/slips/find-unasked-rows.ts';
import { findUnguardedMethods } from '../../src/facts/slips/find-unguarded-methods.ts';
import { listSlips } from '../../src/facts/slips/list-slips.ts';
import { readHome } from '../../src/flows/program/read-home.ts';
import { flowData } from '../support/flow-data.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const data = flowData();

/** Processor time, of which each of these takes a tenth: before there was a limit they took from 4 s to minutes. */
const MOST_MS = 2000;

const lines = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${make(at)}\n`).join('');

const GO = 'package a\n\ntype User struct {\n\tName string\n\tPassword string\n\tIsAdmin bool\n}\n\n';
const PYTHON = 'import redis\ncache = redis.Redis()\n\n';

it.each([
  ['beginnings of a bind', 'a.go', `${GO}func g() {\n\tdb.Create(&u)\n\t// ${'NewDecoder(r.Body '.repeat(3000)}\n}\n`],
  [
    'blanks in a write',
    'a.go',
    `${GO}func g(c *gin.Context) {\n\tvar u User\n\tc.Bind(&u)\n\tdb.Create(${' '.repeat(150_000)}v)\n}\n`,
  ],
  [
    'names that shadow each other',
    'a.go',
    `${GO}func g() {\n${lines(800, () => '\tvar x T')}\t{\n${lines(800, () => '\t\tx, y := h()')}\t}\n${lines(800, () => '\ta()')}}\n`,
  ],
  ['lines', 'a.go', `${GO}func g() {\n\tvar x T\n${lines(90_000, () => '\t// a')}\th(x)\n}\n`],
  ['empty lines', 'a.go', `${GO}func g() {\n${'\n'.repeat(95_000)}\tg()\n}\n`],
  ['answers', 'a.go', `${GO}func g(c *gin.Context) {\n/*\n${lines(50_000, () => '\tc.JSON(1, a)')}*/\n\th()\n}\n`],
  [
    'reads on one line before an answer',
    'a.go',
    `${GO}func g(c *gin.Context) {\n\tvar a User\n\t// ${'.First('.repeat(6000)}\n\tc.JSON(1, a)\n}\n`,
  ],
  [
    'errors that are set',
    'a.go',
    `${GO}func g() error {\n${lines(6000, (at) => `\tif a${at}Err != nil {\n\t\ta${at}Err = nil\n\t}`)}/*\n${'x\n'.repeat(150_000)}*/\n}\n`,
  ],
  [
    'tokens that are dropped',
    'a.py',
    `${PYTHON}def use(token):\n    x = cache.get(token)\n    if x:\n        pass\n${lines(15_000, () => '    cache.delete(token)')}`,
  ],
  [
    'methods that look something up',
    'a.py',
    `class V(LoginRequiredMixin):\n${lines(8000, (at) => `    def get${at}(self, request, pk):\n        return Order.objects.get(pk=pk)`)}`,
  ],
  ['values that are kept', 'a.py', lines(5000, (at) => `def f${at}(r${at}, k):\n    v = r${at}.get(k)\n    return v`)],
  [
    'reads by a function beside them',
    'a.py',
    `def g(k):\n${lines(3000, (at) => `    x${at} = 1`)}    return q.find(k)\n${lines(5000, (at) => `def f${at}(k):\n    v = g(k)\n    return v`)}`,
  ],
  [
    'relations of rows',
    'a.py',
    `def f(a):\n${lines(1500, () => '    for o in Order.objects.all():\n        use(o.customer)')}`,
  ],
  [
    'marks on one line',
    'a.py',
    `def f(x):\n    if (\n        y)\n    """\n    if ${'x.used or '.repeat(9000)}\n    """\n`,
  ],
  [
    'functions that call each other under a lock',
    'a.go',
    `package a\nfunc (t *T) f() {\n\tt.mu.Lock()\n\tt.f0()\n}\n${lines(8000, (at) => `func (t *T) f${at}() { t.f${at + 1}() }`)}`,
  ],
  [
    'locks and calls under them',
    'a.go',
    `package a\nfunc (t *T) g(a int) {}\nfunc (t *T) f() {\n${lines(4000, () => '\tt.mu.Lock()\n\tt.g(1)')}}\n`,
  ],
  [
    'locks with names of their own',
    'a.go',
    `package a\nfunc (t *T) f() {\n${lines(2000, (at) => `\tt.m${at}.Lock()\n\tt.g(1)`)}}\nfunc (t *T) g(a int) {\n${lines(2000, (at) => `\tt.h${at}()`)}}\n`,
  ],
  [
    'locks of a file',
    'a.py',
    lines(3000, (at) => `m${at}_lock = m${at}_lock\ndef f${at}():\n    with m${at}_lock:\n        g()`),
  ],
  [
    'files that are opened, before a long name,',
    'a.go',
    `package a\nfunc g() error {\n${lines(300, () => '\tf, err := os.Open(p)')}\tlog("${'f.'.repeat(8000)}")\n\tf.Close()\n\treturn nil\n}\n`,
  ],
  [
    'methods of a struct with a guarded map',
    'a.go',
    `package a\ntype T struct {\n\tmu sync.Mutex\n\tm map[string]int\n}\n${lines(4000, (at) => `func (t *T) f${at}() { t.m = nil }`)}func (t *T) a() { t.mu.Lock(); t.m = nil }\nfunc (t *T) b() { t.mu.Lock(); t.m = nil }\n`,
  ],
  [
    'methods that are searched for sixty maps',
    'a.go',
    `package a\ntype T struct {\n\tmu sync.Mutex\n${lines(60, (at) => `\tm${at} map[string]int`)}}\n${lines(3000, (at) => `// a\nfunc (t *T) f${at}() { t.m = nil }`)}`,
  ],
  [
    'structs without an end',
    'a.go',
    `package a\n// sync.Mutex\nfunc g() {}\n/*\n${lines(15_000, () => 'type T struct{')}*/`,
  ],
  ['letters of one word', 'a.ts', `function f() { /* ${'balance'.repeat(30_000)} */ }`],
  [
    'calls in chains that change nothing',
    'a.ts',
    `async function f(q) {\n  const a = await q.get();\n  if (a.balance < 1) return;\n${lines(250, () => `q${'.update(a)'.repeat(400)};`)}}`,
  ],
  [
    'names that are kept in each other',
    'a.ts',
    `function f(q) {\n${lines(5000, (at) => `const a${at} = a${at + 1}.x;`)}if (a0.balance < 1) return;\nq.update({ balance: { decrement: 1 } });\n}`,
  ],
  [
    'reads on one line, and names that they may fill',
    'a.go',
    `package a\nfunc f(q Q) {\n${lines(1000, (at) => `a${at} := b\nif a${at}.Balance < 1 { q.set() }`)}// ${'.Scan('.repeat(6000)} set balance =\n}\n`,
  ],
  [
    'functions in a function that check and change',
    'a.ts',
    `function make() {\n${lines(3000, (at) => `async function f${at}(q, n) { const a = await q.get(); if (a.balance < n) return; await q.query("update a set balance = balance - 1"); }`)}}`,
  ],
  [
    'failures that are answered',
    'a.go',
    `package a\nfunc f(w http.ResponseWriter) {\n${lines(3000, (at) => `if e${at} != nil { http.Error(w, "x", 500) }`)}}\n`,
  ],
  [
    'calls of functions that call functions',
    'a.go',
    `package a\nfunc f(c *gin.Context) {\n${lines(1000, (at) => `if e${at} != nil { sendError(c) }`)}}\nfunc sendError(c *gin.Context) {\n${lines(1000, () => 'help(c)')}}\nfunc help(c *gin.Context) {\n${lines(1000, () => 'x(c)')}}\n`,
  ],
  [
    'methods of one name that call it',
    'a.go',
    `package a\n${lines(4000, (at) => `func (t *T${at}) writeError(c *gin.Context) {\nif x { t.writeError(c) }\nt.writeError(c)\n}`)}`,
  ],
  [
    'rows that are asked for by their key',
    'a.py',
    `${lines(4000, (at) => `def f${at}(pk):\n    a = Issue.objects.get(pk=pk)`)}${lines(4000, (at) => `def g${at}(pk, project_id):\n    a = Issue.objects.get(pk=pk, zproject_id=z)`)}`,
  ],
])('%s by the thousand take no long time', async (_what, path, text) => {
  const home = await readHome(path, text);
  const took = startProcessorClock();
  for (const each of home ? [home] : [])
    for (const find of [
      findBoundRows,
      findForeignRows,
      findSentSecrets,
      findLazyRelations,
      findLocksTakenTwice,
      findAnsweredOn,
    ])
      find([each], [each]);
  const homes = home ? [home] : [];
  for (const find of [findStrayedRows, findUnaskedRows, findUnguardedMethods]) find(homes, homes);
  if (home) listSlips(home);
  if (home) findOverwrites(home);
  expect(home).not.toBeNull();
  expect(took()).toBeLessThan(MOST_MS);
});

const NO_FACTS = { routes: [], queries: [], inputs: [], answers: [], statuses: [] } as unknown as FactsBefore['facts'];

const many = (make: (at: number) => string, count = 8000): string[] =>
  Array.from({ length: count }, (_, at) => make(at));

const made = many((at) => `  const c${at} = open(a);`);
const used = many((at) => `  use(c${at}.x);`);

it.each<[string, FindFacts, string[], string[], number]>([
  ['close()', findRemovedCare(RELEASES), [...made, ...many((at) => `  c${at}.close();`)], made, 1],
  ['checks', findRemovedAbsenceChecks, [...many((at) => `  if (!c${at}) return;`), ...used], used, 5],
  [
    'checks of what is not used',
    findRemovedAbsenceChecks,
    [...made, ...many((at) => `  if (!c${at}) return;`)],
    made,
    0,
  ],
  [
    'lines that begin alike',
    findRemovedChecks('caller'),
    many((at) => `  const value${at} = load(a, ${at}, x);`),
    many((at) => `  const value${at} = load(a, ${at}, y);`, 8001),
    0,
  ],
  [
    'try',
    findRemovedHandling,
    many((at) => `  try {\n    send${at}(a);\n  } catch (error) {\n    log(error);\n  }`, 800).flatMap((one) =>
      one.split('\n'),
    ),
    many((at) => `  send${at}(a);`, 800),
    5,
  ],
  [
    'await',
    findRemovedAwaits,
    many((at) => `  const c${at} = await load${at}(a);\n  x${at}();`, 3000).flatMap((one) => one.split('\n')),
    many((at) => `  const c${at} = load${at}(a);\n  x${at}();`, 3000).flatMap((one) => one.split('\n')),
    5,
  ],
  ['switch', findRemovedChecks('address'), [...many((at) => `  switch (a${at}) {`, 20_000), ...used], used, 0],
  [
    'delete',
    findRemovedChecks('fields'),
    [...many((at) => `  delete a.x${at};`), ...used, '  return a;'],
    [...used, '  return a;'],
    201,
  ],
  [
    'answers',
    findIgnoredAnswers,
    many((at) => `  if (!(await claim${at}(a))) return false;`, 3000),
    many((at) => `  await claim${at}(a);`, 3000),
    0,
  ],
  [
    'a line of blanks',
    findRemovedChecks('fields'),
    [...used, `  set(f${'s'.repeat(330)},"i"${'\t'.repeat(330)})${'\t'.repeat(330)})`],
    used,
    0,
  ],
  ['a long name', findRemovedLocks, [...used, `  ${'acquireLock'.repeat(85)};`], used, 0],
  [
    'a condition, with as many empty lines,',
    findRemovedChecks('caller'),
    [...many(() => '', 60_000), '  rows.find({ owner: req.user.id });'],
    [...many(() => '', 60_000), ...many(() => '\t', 40_000), '  rows.find({});'],
    1,
  ],
  [
    'an option, with as many empty lines,',
    findRemovedCare(HANDLES),
    [...many(() => '', 60_000), '  rows.create(a, { transaction });'],
    [...many(() => '', 60_000), '  rows.create(a);'],
    1,
  ],
])(
  '%s, gone by the thousand from one function, takes no long time and is told a few times',
  (_what, find, was, now, told) => {
    const [base, head] = [was, now].map((body) => ['export async function f(a) {', ...body, '}']) as [
      string[],
      string[],
    ];
    const text = (all: string[]) => (place: { startLine: number; endLine: number }) =>
      all.slice(place.startLine - 1, place.endLine).join('\n');
    const notIn = (all: string[], other: string[]) => {
      const known = new Set(other);
      return all.map((one, at) => ({ line: at + 1, text: one })).filter((one) => !known.has(one.text));
    };
    const placed = (all: string[]) => [{ name: 'f', place: { path: 'a.ts', startLine: 1, endLine: all.length } }];
    const [removed, added] = [notIn(base, head), notIn(head, base)];
    const before = {
      path: 'a.ts',
      removed,
      added,
      edits: [{ removed, added, at: 2 }],
      read: text(base),
      functions: { base: placed(base), head: placed(head), known: placed(head) },
      facts: NO_FACTS,
    } as FactsBefore;
    const took = startProcessorClock();
    const found = find(NO_FACTS, text(head), before);
    expect(found).toHaveLength(told);
    expect(took()).toBeLessThan(MOST_MS);
  },
);

it('a function of forty thousand lines is not searched for what its lock keeps', () => {
  const body = [...many((at) => `\tq.f${at}++`, 20_000), '\tq.mu.Unlock()', ...many((at) => `\tuse(q.f${at})`, 20_000)];
  const head = ['func (q *Q) f() {', '\tq.mu.Lock()', ...body, '}'];
  const base = head.with(20_002, '\tdefer q.mu.Unlock()');
  const of = (all: string[]) => (place: { startLine: number; endLine: number }) =>
    all.slice(place.startLine - 1, place.endLine).join('\n');
  const placed = [{ name: 'f', place: { path: 'a.go', startLine: 1, endLine: head.length } }];
  const before = {
    path: 'a.go',
    removed: [{ line: 20_003, text: base[20_002] }],
    added: [{ line: 20_003, text: head[20_002] }],
    edits: [],
    read: of(base),
    functions: { base: placed, head: placed, known: placed },
    facts: {},
  } as unknown as FactsBefore;
  const took = startProcessorClock();
  expect(findNarrowedLocks({} as Parameters<FindFacts>[0], of(head), before)).toEqual([]);
  expect(took()).toBeLessThan(MOST_MS);
});

const ROUTER = (at: number): string =>
  `const r${at + 1} = t.router({${Array.from({ length: 16 }, (_, key) => `k${key}: r${at}`).join(', ')}});`;
const RESOLVERS = "import { Query, Resolver } from '@nestjs/graphql';\n@Resolver()\nexport class A {\n";

it.each([
  [
    'routers that stand in each other under many names',
    'a.ts',
    `import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();\nconst r0 = t.router({ p: t.procedure.query(() => 1) });\n${lines(8, ROUTER)}`,
  ],
  [
    'mutations and types on one line',
    'a.py',
    `import graphene\n${lines(300, (at) => `class M${at}(graphene.Mutation):\n    class Arguments:\n        a = graphene.String()\n    def mutate(root, info, a):\n        return a`)}# ${'a:'.repeat(5000)}\n`,
  ],
  ...(
    [
      ['types without a body', `\`type A ${'type Query '.repeat(8000)}\``],
      ['a long word in a type', `\`type Query { ${'a'.repeat(60_000)} }\``],
      ['blanks in a type', `\`type Query { ${'a'.padEnd(60_000)} }\``],
      ['quotes in a comment', `1; // type A ${"'\\".repeat(30_000)}\n// ${"'''a".repeat(15_000)}`],
    ] as const
  ).map(([what, text]) => [
    what,
    'a.ts',
    `${RESOLVERS}${lines(40, (at) => `  @Query(() => String)\n  q${at}() { return 1; }`)}}\nconst s = ${text};\n`,
  ]),
] as [string, string, string][])('procedures: %s take no long time', async (_what, path, text) => {
  const took = startProcessorClock();
  await readFacts([{ path, text }], data);
  expect(took()).toBeLessThan(MOST_MS);
});

it.each([100, 50_000])(
  'a helper of long words, %d characters a line, is searched for what took the place of many checks',
  (size) => {
    const line = 'redirect'.repeat(size / 8);
    const helper = ['function helper(a) {', ...many(() => line, 200_000 / size), '}'];
    const base = ['function f(a) {', line, ...many((at) => `  if (!safeRedirect(a${at})) return;`, 200), '}'];
    const head = ['function f(a) {', line, '  helper(a);', '}'];
    const read = (own: string[]) => (place: { path: string; startLine: number; endLine: number }) =>
      (place.path === 'b.ts' ? helper : own).slice(place.startLine - 1, place.endLine).join('\n');
    const f = (all: string[]) => ({ name: 'f', place: { path: 'a.ts', startLine: 1, endLine: all.length } });
    const known = [f(head), { name: 'helper', place: { path: 'b.ts', startLine: 1, endLine: helper.length } }];
    const removed = base.slice(2, -1).map((text, at) => ({ line: at + 3, text }));
    const added = [{ line: 3, text: head[2] ?? '' }];
    const before = {
      path: 'a.ts',
      removed,
      added,
      edits: [{ removed, added, at: 3 }],
      read: read(base),
      functions: { base: [f(base)], head: [f(head)], known },
      facts: NO_FACTS,
    } as FactsBefore;
    const took = startProcessorClock();
    expect(findRemovedChecks('redirect')(NO_FACTS, read(head), before)).toHaveLength(200);
    expect(took()).toBeLessThan(MOST_MS);
  },
);
