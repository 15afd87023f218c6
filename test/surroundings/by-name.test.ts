import { describe, expect, it } from 'vitest';
import { analyseTrees, type Tree } from '../support/review-trees.ts';

const SCRIPT = 'export const run = (req, res) => res.json(eval(req.query.sum));\n';
const PYTHON = 'from flask import request\n\n\ndef run():\n    return str(eval(request.args["sum"]))\n';
const GO =
  'package testing\n\nimport (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc Run(w http.ResponseWriter, r *http.Request) {\n\texec.Command("sh", "-c", r.URL.Query().Get("c")).Run()\n}\n';

const REST: Tree = { 'package.json': '{"dependencies":{"express":"5"}}', 'README.md': '# shop\n' };

/** How often each file was found to be wrong, and why it was not looked at. */
async function look(base: Tree, changed: Tree, options = {}): Promise<Record<string, string | number>> {
  const { coverage, findings } = await analyseTrees({ ...REST, ...base }, changed, options);
  return Object.fromEntries(
    coverage.map(({ path, reasonCode }) => [path, reasonCode ?? findings.filter((one) => one.path === path).length]),
  );
}

describe('a file in a folder for tests, by who imports it', () => {
  it.each<[string, Tree, Tree]>([
    [
      'an untouched module',
      {
        'src/app.js':
          "import express from 'express';\nimport { run } from './testing/sum.js';\nexpress().get('/', run);\n",
      },
      { 'src/testing/sum.js': SCRIPT },
    ],
    ['a module of the change', {}, { 'tests/sum.ts': SCRIPT, 'src/app.ts': "export * from '../tests/sum';\n" }],
    [
      'a module beside it that the service imports',
      { 'tests/index.js': "export { run } from './sum.js';\n", 'src/app.js': "const { run } = require('../tests');\n" },
      { 'tests/sum.js': SCRIPT },
    ],
    ['an alias', { 'src/app.ts': "import { run } from '@/testing/sum';\n" }, { 'src/testing/sum.ts': SCRIPT }],
    [
      'one that asserts',
      { 'app.js': "import assert from 'node:assert';\nimport './tests/sum.js';\n" },
      { 'tests/sum.js': SCRIPT },
    ],
    ['a module of Python', { 'shop/urls.py': 'from shop.testing import sums\n' }, { 'shop/testing/sums.py': PYTHON }],
    [
      'a name of one',
      { 'shop/urls.py': 'from .testing.sums import (\n    run,\n)\n' },
      { 'shop/testing/sums.py': PYTHON },
    ],
    [
      'a package of Go',
      { 'main.go': 'package main\n\nimport (\n\t"x.test/shop/internal/testing"\n)\n' },
      { 'internal/testing/run.go': GO },
    ],
  ])('%s: it is code like any other', async (_, base, changed) => {
    const [path = ''] = Object.keys(changed);
    expect((await look(base, changed))[path]).toBe(1);
    const tree = { ...base, ...changed };
    expect((await look({}, tree, { whole: true, repository: null }))[path]).toBe(1);
  });

  it.each<[string, Tree, Tree]>([
    ['nobody', {}, { 'tests/sum.js': SCRIPT }],
    [
      'tests alone',
      { 'tests/sum.test.js': "import { run } from './sum.js';\n", 'tests/all.js': "import './sum.js';\n" },
      { 'tests/sum.js': SCRIPT },
    ],
    [
      'two helpers of tests, each the other',
      { 'tests/a.js': "import './sum.js';\n" },
      { 'tests/sum.js': `import './a.js';\n${SCRIPT}` },
    ],
    ['another one of the name', { 'src/app.js': "import './sum.js';\n", 'src/sum.js': '' }, { 'tests/sum.js': SCRIPT }],
    [
      'what Python brings along',
      { 'shop/urls.py': 'import time\nfrom os import path\n' },
      { 'tests/time.py': PYTHON, 'tests/path.py': PYTHON },
    ],
    ['what Go brings along', { 'main.go': 'package main\n\nimport "testing"\n' }, { 'testing/run.go': GO }],
    ['a comment', { 'src/app.js': '// see tests/sum\n' }, { 'tests/sum.js': SCRIPT }],
  ])('%s: it is searched for credentials', async (_, base, changed) => {
    const [path = ''] = Object.keys(changed);
    expect((await look(base, changed))[path]).toBe('TEST_CODE');
    expect((await look({}, { ...base, ...changed }, { whole: true, repository: null }))[path]).toBe('TEST_CODE');
  });

  it('words of tests in its text say nothing, its own name does', async () => {
    const base = {
      'src/app.js': "import '../tests/sum.js';\nimport '../tests/run.test.js';\nimport './ab-test.js';\n",
      'shop/urls.py': 'from shop.testing import sums\n',
    };
    const said = "/*\n  test('x')\n*/\ndescribe('sum', () => {});\n";
    const changed = {
      'tests/sum.js': said + SCRIPT,
      'tests/run.test.js': SCRIPT,
      'src/ab-test.js': said + SCRIPT,
      'src/cd-test.js': said + SCRIPT,
      'shop/testing/sums.py': PYTHON.replace('request\n', 'request  # pytest\n'),
    };
    expect(await look(base, changed)).toEqual({
      'tests/sum.js': 1,
      'tests/run.test.js': 'TEST_CODE',
      'src/ab-test.js': 1,
      'src/cd-test.js': 'TEST_CODE',
      'shop/testing/sums.py': 1,
    });
  });

  it('what only its name calls a test is found from beside it', async () => {
    const base = { 'src/app.js': "import { run } from './ab-test.js';\n" };
    expect(await look(base, { 'src/ab-test.js': `describe('sum', () => {});\n${SCRIPT}` })).toEqual({
      'src/ab-test.js': 1,
    });
  });

  it('among a hundred others it is asked for as well', async () => {
    const others = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`tests/a${at}.js`, 'export {};\n']));
    const base = { 'src/app.js': "import '../tests/sum.js';\n" };
    expect(await look(base, { ...others, 'tests/sum.js': SCRIPT })).toMatchObject({
      'tests/a1.js': 'TEST_CODE',
      'tests/sum.js': 1,
    });
  });

  it('a folder of others’ code in which nothing is others’ changes nothing', async () => {
    const base = { 'src/app.js': "import { run } from './third_party/testing/sum.js';\n" };
    expect(await look(base, { 'src/third_party/testing/sum.js': SCRIPT })).toEqual({
      'src/third_party/testing/sum.js': 1,
    });
  });

  it.each([
    ['src/app.js', 'const run = await import(`./testing/sum.js`);'],
    ['src/app.js', "const { run } = require ('./testing/sum.js');"],
    ['src/app.js', "import { run } from /* here */ './testing/sum.js';"],
    ['src/app.js', "const load = createRequire(import.meta.url);\nconst { run } = load('./testing/sum');"],
    ['src/app.py', 'import os; from src.testing.sum import run'],
    ['src/app.py', 'if True: from src.testing.sum import run'],
    ['src/app.py', 'from src.testing.sum \\\n    import run'],
    ['src/app.py', 'run = importlib.import_module("src.testing.sum").run'],
  ])('however it is imported: %s: %s', async (app, line) => {
    const [path, text] = app.endsWith('.py') ? ['src/testing/sum.py', PYTHON] : ['src/testing/sum.js', SCRIPT];
    expect(await look({ [app]: `${line}\n` }, { [path]: text })).toEqual({ [path]: 1 });
  });
});

describe('a folder that is called after others’ code, by what lies around the file', () => {
  it.each<[string, Tree, string, string | number]>([
    ['nothing', {}, 'third_party/sum.js', 1],
    ['nothing', {}, 'vendor/sum.py', 1],
    ['nothing', {}, 'api/venv/sum.py', 1],
    ['a licence', { 'third_party/sums/LICENSE': 'MIT' }, 'third_party/sums/lib/sum.js', 'VENDORED'],
    ['a licence of all', { 'vendor/LICENSE.txt': 'MIT' }, 'vendor/sum.py', 'VENDORED'],
    ['a licence of another', { 'third_party/other/LICENSE': 'MIT' }, 'third_party/sums/sum.js', 1],
    ['a licence above, of other code', { 'third_party/LICENSE': 'MIT' }, 'third_party/sums/sum.js', 1],
    ['a manifest', { 'bower_components/sums/.bower.json': '{}' }, 'bower_components/sums/sum.js', 'VENDORED'],
    ['an environment of Python', { 'api/venv/pyvenv.cfg': '' }, 'api/venv/bin/sum.py', 'VENDORED'],
    ['a licence of the project', { LICENSE: 'MIT' }, 'third_party/sums/sum.js', 1],
    ['a folder of tools', {}, 'node_modules/sums/sum.js', 'VENDORED'],
    ['what Go took', {}, 'vendor/x.test/sums/sum.go', 'VENDORED'],
  ])('%s', async (_, base, path, expected) => {
    const text = path.endsWith('.py') ? PYTHON : path.endsWith('.go') ? GO : SCRIPT;
    expect((await look(base, { [path]: text }))[path]).toBe(expected);
    expect((await look({}, { ...base, [path]: text }, { whole: true, repository: null }))[path]).toBe(expected);
  });

  it('a change cannot say it of itself: the analysers look', async () => {
    const changed = { 'third_party/sums/sum.js': SCRIPT, 'third_party/sums/LICENSE': 'MIT' };
    const { coverage, findings } = await analyseTrees(REST, changed);
    expect(coverage.map(({ path, reasonCode }) => [path, reasonCode])).toEqual([
      ['third_party/sums/LICENSE', 'NOT_BACKEND'],
      ['third_party/sums/sum.js', 'VENDORED_NEW'],
    ]);
    expect(findings).toHaveLength(1);
  });

  it('where nothing can be asked, the name must do', async () => {
    expect(await look({}, { 'third_party/sum.js': SCRIPT }, { repository: null })).toEqual({
      'third_party/sum.js': 'VENDORED',
    });
  });
});
