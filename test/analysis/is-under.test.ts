import { expect, it } from 'vitest';
import { parseSource, type RuleLanguage } from '../../src/analysis/languages.ts';
import { createIsUnder } from '../../src/analysis/rules/is-under.ts';
import { escapeRegExp } from '../../src/text/escape-reg-exp.ts';

it.each<[RuleLanguage, string, string[]]>([
  ['typescript', 'if (a.b) { f(() => mark()); }', ['(a.b)']],
  ['typescript', 'if (!skip) return; mark();', ['(!skip)']],
  ['typescript', 'if (!skip) { log(); return; } mark();', ['(!skip)']],
  ['typescript', 'if (skip) { log(); } mark();', []],
  ['typescript', 'mark(); if (skip) return;', []],
  ['typescript', 'const x = skip ? mark() : 1;', ['skip']],
  ['typescript', 'const x = { ...(skip && mark()) };', ['skip']],
  ['typescript', "switch (mode) { case 'off': mark(); }", ["'off'"]],
  ['typescript', 'if (mark()) { f(); }', []],
  ['typescript', 'if (dev) process.exit(1); mark();', ['(dev)']],
  ['python', 'if skip:\n    mark()\n', ['skip']],
  ['python', 'def f():\n    if not skip:\n        return\n    mark()\n', ['not skip']],
  ['python', 'x = mark() if skip else None\n', ['skip']],
  ['python', 'if a:\n    pass\nelif skip:\n    mark()\n', ['skip', 'a']],
  ['go', 'package a\nfunc f() { if !skip { return }; mark() }', ['!skip']],
  ['go', 'package a\nfunc f() { if skip { for { mark() } } }', ['skip']],
  ['go', 'package a\nfunc f() { if skip { panic("a") }; mark() }', ['skip']],
  ['go', 'package a\nfunc f() { switch mode { case "off": mark() } }', ['"off"']],
])('%s: %s', (language, text, expected) => {
  const mark = parseSource(language, { kind: language, path: 'a', text }).find({ rule: { pattern: 'mark()' } });
  const isUnder = (said: string): boolean => mark !== null && createIsUnder(new RegExp(said))(mark);
  expect(isUnder('[^]')).toBe(expected.length > 0);
  for (const one of expected) expect(isUnder(`^${escapeRegExp(one)}$`)).toBe(true);
});
