import { describe, expect, it } from 'vitest';
import type { FindReaders } from '../../src/surroundings/find-readers.ts';
import { keyOf, listUncalled } from '../../src/surroundings/list-uncalled.ts';

type Tree = Record<string, string>;

function searchIn(tree: Tree): FindReaders {
  return async (words) => new Map(Object.entries(tree).filter(([, text]) => words.some((word) => text.includes(word))));
}

async function isUncalled(path: string, symbol: string, tree: Tree): Promise<boolean> {
  return (await listUncalled([{ path, symbol }], searchIn(tree))).has(keyOf({ path, symbol }));
}

const GO = { 'crypt/legacy.go': 'package crypt\n\n// LegacyEncrypt is deprecated.\nfunc LegacyEncrypt(b []byte) {}\n' };
const CALLER = { 'main.go': 'package main\n\nimport "a.test/m/crypt"\n\nfunc main() { crypt.LegacyEncrypt(nil) }\n' };
const IMPORTER = { 'main.go': 'package main\n\nimport "a.test/m/crypt/v2"\n\nvar _ = crypt.X\n' };
const PY = { 'a/dump.py': 'async def dump_job_state(job):\n    pass\n' };
const TS = { 'src/text.ts': 'export const sendReport = async (url: string) => {};\n' };

describe('a function that no code calls', () => {
  it.each<[string, string, string, Tree]>([
    [
      'of Go, but tests',
      'crypt/legacy.go',
      'LegacyEncrypt',
      { ...GO, ...IMPORTER, 'crypt/a_test.go': 'LegacyEncrypt(nil)' },
    ],
    ['of Go, in a package that tests alone import', 'crypt/legacy.go', 'x', { ...GO, 'a_test.go': CALLER['main.go'] }],
    ['of Python', 'a/dump.py', 'dump_job_state', PY],
    [
      'of Python, but words about it',
      'a/dump.py',
      'dump_job_state',
      { ...PY, 'b.py': '# see dump_job_state\n', 'README.md': 'dump_job_state' },
    ],
    ['of TypeScript', 'src/text.ts', 'sendReport', { ...TS, 'src/text.test.ts': 'sendReport()' }],
    ['of TypeScript, but one with a longer name', 'src/text.ts', 'sendReport', { ...TS, 'src/b.ts': 'sendReports()' }],
  ])('%s', async (_, path, symbol, tree) => {
    expect(await isUncalled(path, symbol, tree)).toBe(true);
  });

  it.each<[string, string, string, Tree]>([
    ['of Go that another file calls', 'crypt/legacy.go', 'LegacyEncrypt', { ...GO, ...CALLER }],
    ['of a program of Go', 'cmd/a/main.go', 'run', { 'cmd/a/main.go': 'package main\n\nfunc run() {}\n' }],
    ['of Go whose package is imported, by a short name', 'crypt/legacy.go', 'x', { ...GO, ...IMPORTER }],
    ['at the top of the module', 'a.go', 'x', { 'a.go': 'package a\n' }],
    [
      'of Python that calls itself where it stands',
      'a/dump.py',
      'dump_job_state',
      { 'a/dump.py': `${PY['a/dump.py']}\ndump_job_state(1)\n` },
    ],
    [
      'of Python with a decorator',
      'a/dump.py',
      'dump_job_state',
      { 'a/dump.py': `@app.route("/")\n${PY['a/dump.py']}` },
    ],
    [
      'of Python that a platform starts',
      'a/dump.py',
      'dump_job_state',
      { ...PY, 'serverless.yml': 'handler: a.dump.dump_job_state' },
    ],
    ['that is a method', 'a/dump.py', 'Job.dump_job_state', PY],
    ['that a framework finds by its place', 'src/routes/a.ts', 'sendReport', { 'src/routes/a.ts': TS['src/text.ts'] }],
    [
      'that is handed out whole',
      'src/text.ts',
      'sendReport',
      { 'src/text.ts': 'export default function sendReport() {}' },
    ],
    ['that is an entry', 'a/x.py', 'lambda_handler', { 'a/x.py': 'def lambda_handler(e, c):\n  pass\n' }],
    [
      'of a text whose definition is not seen',
      'src/text.ts',
      'sendReport',
      { 'src/text.ts': 'module.exports = { sendReport() {} };' },
    ],
  ])('not one %s', async (_, path, symbol, tree) => {
    expect(await isUncalled(path, symbol, tree)).toBe(false);
  });
});
