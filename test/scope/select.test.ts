import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/change/decode-text.ts';
import { showsServerCode } from '../../src/change/server-code.ts';
import { decideClip, decideSelection, parseGitattributes } from '../../src/scope/select.ts';
import { matchesGlob } from '../../src/text/match-globs.ts';
import { startProcessorClock } from '../support/processor-time.ts';

describe('decideSelection', () => {
  it.each([
    ['src/server.ts', 'typescript'],
    ['lib/index.mjs', 'javascript'],
    ['app/views.py', 'python'],
    ['cmd/main.go', 'go'],
    ['internal/mail@home/client.go', 'go'],
    ['test_project/settings.py', 'test'],
    ['projects/settings.py', 'python'],
    ['db/migrations/001_init.sql', 'sql'],
    ['vendor/app/migrations/002.sql', 'sql'],
    ['dist/migrations/003.js', 'javascript'],
    ['openapi.yaml', 'openapi'],
    ['schema.graphql', 'graphql'],
    ['api/v1/user.proto', 'protobuf'],
    ['Dockerfile', 'dockerfile'],
    ['docker/api.Dockerfile', 'dockerfile'],
    ['docker/Dockerfile.worker', 'dockerfile'],
    ['docker-compose.yml', 'yaml'],
    ['k8s/deployment.yaml', 'yaml'],
    ['.env.production', 'config'],
    ['deploy/nginx.conf', 'config'],
    ['examples/server.ts', 'typescript'],
    ['pkg/user_test.go', 'test'],
    ['src/__e2e__/api.servertest.ts', 'test'],
    ['src/fetch-latest.ts', 'typescript'],
    ['src/api.latest.ts', 'typescript'],
    ['tests/test_user.py', 'test'],
    ['.github/workflows/ci.yml', 'workflow'],
    ['../../shop/.github/workflows/ci.yml', 'workflow'],
    ['vendored/.github/workflows/ci.yml', 'yaml'],
    ['.github/actions/note/action.yml', 'workflow'],
    ['.github/dependabot.yml', 'credentials'],
    ['db/migrations/guard_test.go', 'test'],
    ['db/migrations/012_test.sql', 'sql'],
    ['tests/setup/Dockerfile', 'test'],
    ['scripts/deploy.sh', 'credentials'],
  ])('%s is %s', (path, kind) => {
    expect(decideSelection(path)).toMatchObject({ kind });
  });

  it.each([
    ['package-lock.json', 'LOCK_FILE'],
    ['go.sum', 'LOCK_FILE'],
    ['node_modules/a/index.js', 'VENDORED'],
    ['vendor/github.com/a/b.go', 'VENDORED'],
    ['third_party/a/b.go', 'VENDORED'],
    ['.pnp.cjs', 'VENDORED'],
    ['apps/api/.pnp.loader.mjs', 'VENDORED'],
    ['.yarn/releases/yarn-4.5.0.cjs', 'VENDORED'],
    ['svc/vendor/golang.org/x/b.go', 'VENDORED'],
    ['styles/a.css', 'FRONT_END'],
    ['assets/logo.svg', 'FRONT_END'],
    ['notes.txt', 'NOT_BACKEND'],
    ['types/index.d.ts', 'NOT_BACKEND'],
    ['docker/Dockerfile.dockerignore', 'NOT_BACKEND'],
    ['clients/api.generated.yaml', 'GENERATED_NAME'],
  ])('%s is left out: %s', (path, reasonCode) => {
    expect(decideSelection(path)).toEqual({ reasonCode });
  });

  it.each(['README.md', 'docs/deploy.mdx', 'docs/a.rst', 'docker/Dockerfile.md', 'docker/my.cnf'])(
    '%s is searched for credentials',
    (path) => {
      expect(decideSelection(path)).toEqual({ kind: 'credentials' });
    },
  );

  it('takes any folder for the top of a repository where none is around', () => {
    expect(decideSelection('shop/.github/workflows/ci.yml', { anyTop: true })).toEqual({ kind: 'workflow' });
    expect(decideSelection('shop/.github/dependabot.yml', { anyTop: true })).toEqual({ kind: 'credentials' });
    expect(decideSelection('shop/workflows/ci.yml', { anyTop: true })).toEqual({ kind: 'yaml' });
  });

  it('takes no folder for proof: a domain may be called assets, build, vendor or public', () => {
    for (const path of ['services/assets/store.go', 'internal/build/run.go', 'app/static/views.py', 'src/build/run.ts'])
      expect(decideSelection(path)).toEqual({ kind: expect.stringMatching(/go|python|typescript/) });
    expect(decideSelection('src/vendor/suppliers.ts')).toEqual({ kind: 'typescript' });
    expect(decideSelection('api/user.stories.go')).toEqual({ kind: 'go' });
    expect(decideSelection('api/reader.story.py')).toEqual({ kind: 'python' });
  });

  it.each([
    ['src/App.tsx', 'FRONT_END'],
    ['frontend/src/main.ts', 'FRONT_END'],
    ['src/routes/public/orders.ts', 'FRONT_END'],
    ['src/routes/orders.stories.ts', 'FRONT_END'],
    ['src/user.story.js', 'FRONT_END'],
    ['static/app.min.js', 'FRONT_END'],
    ['lib/app.bundle.js', 'BUILT'],
    ['app/panel/1714.c4badc2254b5f733.js', 'BUILT'],
    ['app/panel/vendors-1f3a.chunk.js', 'BUILT'],
    ['dist/index.js', 'BUILT'],
  ])('the text of %s decides whether it is left out: %s', (path, onlyServerCode) => {
    expect(decideSelection(path)).toEqual({ kind: expect.any(String), onlyServerCode });
  });

  it('what lies around a file decides whether others wrote it', () => {
    expect(decideSelection('third_party/a.go', { vendored: 'own' })).toEqual({ kind: 'go' });
    expect(decideSelection('vendor/a.py', { vendored: 'brought' })).toEqual({
      kind: 'python',
      unjudged: 'VENDORED_NEW',
    });
    expect(decideSelection('node_modules/a.js', { vendored: 'own' })).toEqual({ reasonCode: 'VENDORED' });
    expect(decideSelection('src/a.py', { vendored: 'brought' })).toEqual({ kind: 'python' });
  });

  it('keeps generated files from the model, not from the analysers', () => {
    expect(decideSelection('api/user.pb.go')).toEqual({ kind: 'go', unjudged: 'GENERATED' });
  });

  it.each([
    'src/test-setup.ts',
    'test-files/seed.ts',
    'src/test-utils/db.ts',
    'jest.setup.js',
    'integration-tests/a.go',
    'packages/app-e2e/src/run.ts',
    'e2e-helpers/server.ts',
    'load-tests/orders.js',
    'k6/orders.js',
    'mock-server/index.js',
    'internal/suites/http.go',
    'scripts/test-environments/oidc/configuration.yml',
    'src/http/__fixtures__/routers/a.ts',
    'packages/shop-test-utils/src/config.ts',
    '.dredd/hooks/helpers.go',
  ])('%s is test code', (path) => expect(decideSelection(path)).toMatchObject({ kind: 'test' }));

  it.each([
    ['src/testing/orders.ts', 'typescript'],
    ['tests/orders.py', 'python'],
    ['internal/testing/orders.go', 'go'],
  ])('who imports %s decides whether it is a test', (path, unlessUsed) => {
    expect(decideSelection(path)).toEqual({ kind: 'test', unlessUsed });
  });

  it.each([
    ['src/services/ab-test.ts', 'typescript'],
    ['src/routes/speed.test.js', 'javascript'],
    ['src/user.test.ts', 'typescript'],
    ['clinic/blood_test.py', 'python'],
  ])('the text of %s decides whether it is a test', (path, unlessTested) => {
    expect(decideSelection(path)).toEqual({ kind: 'test', unlessTested, unlessUsed: unlessTested });
  });

  it.each(['config/env.test.js', 'tests/blood_test.py', 'pkg/user_test.go', 'src/db-helpers.spec.ts'])(
    '%s is for tests, whatever it holds',
    (path) => expect(decideSelection(path)).toEqual({ kind: 'test' }),
  );

  it('a workflow is one, whatever it is called', () => {
    expect(decideSelection('.github/workflows/pr-test.yml')).toEqual({ kind: 'workflow' });
    expect(decideSelection('.github/actions/e2e/action.yml')).toEqual({ kind: 'workflow' });
  });

  it.each([
    'src/latest/run.ts',
    'src/contest.ts',
    'src/testing.ts',
    'attestation/verify.go',
    'src/test-results.ts',
    'src/loads/run.ts',
    'src/mock.ts',
    'internal/hotel/suites/rooms.go',
  ])('%s is no test code', (path) => expect(decideSelection(path)).not.toEqual({ kind: 'test' }));
});

describe('server code', () => {
  it.each([
    "import { Hono } from 'hono';",
    "const cp = require('child_process');",
    "import { readFile } from 'node:fs/promises';",
    "import { pool } from '../../db.js';\nexport const list = (req) => pool.query(q);",
    'export const list = async (request) => run(request.query.no);',
    'res.status(500).send(error.stack);',
    "app.get('/orders', list);",
    'export async function POST(request) { return save(request); }',
    "'use server';\nexport async function save(form) {}",
    'run(`select id from orders where no = ${no}`);',
    "@Controller('orders')\nexport class Orders {}",
  ])('%s runs on a server', (text) => expect(showsServerCode(text)).toBe(true));

  it.each([
    "import { useState } from 'react';\nexport const App = () => <select><option>from here</option></select>;",
    "const data = await fetch('/api/orders').then((res) => res.json());",
    "import axios from 'axios';\nexport const list = () => api.get('/orders');",
    "document.querySelector('#a').addEventListener('click', () => go());",
    "import styles from './app.module.css';",
    "import { createRouter } from 'vue-router';\napp.use(router);",
    "import { formatDate } from '../date.js';\nif (process.env.NODE_ENV !== 'production') warn();",
  ])('%s does not', (text) => expect(showsServerCode(text)).toBe(false));

  // A quadratic search would not end within the test's time limit.
  it.each(["import '", 'select ', '"select ', 'from ', "from '../", 'req', 'insert into '])(
    'is looked for in a megabyte of %j',
    (piece) => expect(showsServerCode(piece.repeat(1_000_000 / piece.length))).toBe(false),
  );
});

describe('decideClip', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`;

  it.each([
    { what: 'ordinary code', path: 'a.ts', text: 'const a = 1;\n', reason: null },
    { what: 'an LFS pointer', path: 'a.sql', text: pointer, reason: 'LFS_POINTER' },
    { what: 'code that begins like an LFS pointer', path: 'a.yaml', text: `${pointer}run: evil\n`, reason: null },
    {
      what: 'code that calls itself generated',
      path: 'a.go',
      text: '// Code generated by x. DO NOT EDIT.\n// @generated\npackage a\n',
      reason: null,
    },
    { what: 'minified code', path: 'a.js', text: `var a=${'1+'.repeat(1000)}1;\n`, reason: 'MINIFIED' },
    {
      what: 'code with a source map',
      path: 'a.js',
      text: `const a = 1;\n//# sourceMappingURL=data:${'A'.repeat(5000)}\n`,
      reason: null,
    },
    {
      what: 'a migration, whatever it looks like',
      path: 'migrations/1.sql',
      text: `insert into a values ${'(1),'.repeat(1000)}(1);\n`,
      reason: null,
    },
    { what: 'a huge file', path: 'a.ts', text: 'x'.repeat(1_000_001), reason: 'TOO_LARGE' },
  ])('$what', ({ path, text, reason }) => {
    expect(decideClip(path, text)).toBe(reason);
  });
});

describe('decodeText', () => {
  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  it.each([
    { what: 'UTF-8 with a mark', bytes: Buffer.from('\ufeffa\n'), content: { kind: 'text', text: '\ufeffa\n' } },
    { what: 'a replacement character', bytes: Buffer.from('\ufffd'), content: { kind: 'text', text: '\ufffd' } },
    {
      what: 'UTF-16 with a mark',
      bytes: Buffer.from('\ufeffdrop table a;\n', 'utf16le'),
      content: { kind: 'text', text: 'drop table a;\n', lossy: true },
    },
    {
      what: 'big-endian UTF-16 without a mark',
      bytes: utf16be('drop table a;\n'),
      content: { kind: 'text', text: 'drop table a;\n', lossy: true },
    },
    {
      what: 'a stray NUL byte',
      bytes: Buffer.from("const a = '\0';\nexec(b);\n"),
      content: { kind: 'text', text: "const a = '\0';\nexec(b);\n", lossy: true },
    },
    {
      what: 'Latin-1',
      bytes: Buffer.from('# gr\u00fc\u00df\n', 'latin1'),
      content: { kind: 'text', text: '# gr\ufffd\ufffd\n', lossy: true },
    },
    { what: 'a picture', bytes: Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3]), content: { kind: 'binary' } },
    { what: 'too much', bytes: Buffer.alloc(2_000_001, 32), content: { kind: 'too-large' } },
  ])('$what', ({ bytes, content }) => {
    expect(decodeText(bytes)).toEqual(content);
  });
});

describe('globs of a repository', () => {
  it.each([
    ['src/a.ts', 'src/*.ts', true],
    ['src/b/a.ts', 'src/*.ts', false],
    ['src/b/a.ts', 'src/**', true],
    ['x/gen/a.go', '*.go', true],
    ['x/gen/a.go', 'gen/', false],
    ['a.gen.ts', '*.gen.*', true],
  ])('%s against %s: %s', (path, glob, match) => {
    expect(matchesGlob(path, glob)).toBe(match);
  });

  it('are matched in a moment, however they are made', () => {
    const took = startProcessorClock();
    matchesGlob(`${'a/'.repeat(200)}b`, `${'**/a/'.repeat(30)}c`);
    matchesGlob('a'.repeat(5000), `${'*a'.repeat(95)}b`);
    expect(took()).toBeLessThan(20_000);
  });

  it('read linguist attributes', () => {
    const generated = parseGitattributes('*.gen.go linguist-generated=true\napi/** linguist-vendored\n*.sql text\n');
    expect(['x/a.gen.go', 'api/b/c.ts', 'a.sql'].map(generated)).toEqual([true, true, false]);
  });
});
