import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Change, Content, Snapshot } from '../../src/change/change.ts';
import { decideRuntime } from '../../src/change/decide-runtime.ts';
import { addAll } from '../../src/diff/patch.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { listUnserved } from '../../src/surroundings/list-unserved.ts';
import { readRuntimes } from '../../src/surroundings/read-runtimes.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const on = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, '^1.0.0']));

describe('what a package runs as', () => {
  it.each([
    ['a framework', { dependencies: on('express', 'axios') }, 'server'],
    ['a page beside the service', { dependencies: on('react', '@nestjs/core') }, 'server'],
    ['a driver', { dependencies: on('ioredis') }, 'server'],
    ['plugs into a framework', { peerDependencies: on('express'), exports: {} }, 'server'],
    ['a page', { dependencies: on('vue', 'axios') }, 'browser'],
    ['a page that is built', { devDependencies: on('react', 'vite') }, 'browser'],
    ['a page with a server to develop with', { dependencies: on('react'), devDependencies: on('express') }, 'browser'],
    ['a command', { bin: 'cli.js', dependencies: on('commander', 'axios') }, 'tool'],
    ['a command that fills a database', { bin: { a: 'cli.js' }, dependencies: on('yargs', 'pg') }, 'tool'],
    ['a command that starts a service', { bin: 'cli.js', dependencies: on('commander', 'fastify') }, 'server'],
    ['a command without a sign of a terminal', { bin: 'server.js', dependencies: on('axios') }, null],
    ['the root of a workspace', { private: true, workspaces: ['packages/*'], devDependencies: on('turbo') }, 'tool'],
    ['a root with the service in it', { private: true, workspaces: ['a'], dependencies: on('koa') }, 'server'],
    ['published', { exports: './index.js', dependencies: on('axios') }, 'library'],
    ['as npm init makes it', { name: 'a', main: 'index.js', dependencies: on('axios') }, null],
    ['only what it is built with', { devDependencies: on('fastify', 'esbuild') }, null],
    ['an app on phones', { dependencies: on('expo', 'react-native', 'axios') }, 'browser'],
    ['an app beside its service', { dependencies: on('react-native', 'express') }, 'server'],
    ['a page that calls by tRPC', { dependencies: on('react', '@trpc/client', '@trpc/server') }, 'browser'],
    ['what answers by tRPC', { dependencies: on('@trpc/server', 'react') }, 'server'],
    ['a page that calls, and serves', { dependencies: on('react', '@trpc/client', '@trpc/server', 'next') }, 'server'],
    ['pages of documents', { private: true, devDependencies: on('@docusaurus/types', 'axios') }, 'tool'],
    [
      'within the page of another service',
      { dependencies: on('react', '@stripe/ui-extension-sdk', 'stripe') },
      'browser',
    ],
    [
      'a program of the desktop',
      { dependencies: on('better-sqlite3', 'react'), devDependencies: on('electron') },
      'tool',
    ],
    ['a plugin of such a program', { devDependencies: on('obsidian', 'esbuild') }, 'tool'],
    ['a program of the desktop that serves', { dependencies: on('electron', 'express') }, 'server'],
  ])('%s', (_, manifest, runtime) => {
    expect(decideRuntime(JSON.stringify(manifest))).toBe(runtime);
  });

  it.each(['', '{', 'null', '[]', '"express"', '{"dependencies":["express"]}', '{"dependencies":null,"bin":7}'])(
    'nothing: %s',
    (text) => {
      expect(decideRuntime(text)).toBe(null);
    },
  );
});

const TOOL = JSON.stringify({ bin: 'a.js', dependencies: on('commander') });
const PAGE = JSON.stringify({ dependencies: on('vue') });
const SERVER = JSON.stringify({ dependencies: on('express') });

function treeOf(texts: Record<string, string>): Snapshot['readBase'] {
  return async (paths) =>
    new Map(
      paths.map((path): [string, Content] => {
        const text = texts[path];
        return [path, text === undefined ? { kind: 'absent' } : { kind: 'text', text }];
      }),
    );
}

describe('the nearest manifest on the base', () => {
  it.each([
    ['the folder’s own', { 'package.json': SERVER, 'a/package.json': TOOL }, {}, 'tool'],
    ['one above', { 'package.json': TOOL }, {}, 'tool'],
    ['none', {}, {}, null],
    ['made by the change', {}, { 'package.json': TOOL }, null],
    ['a nearer one that the change makes', { 'package.json': TOOL }, { 'a/package.json': SERVER }, 'server'],
    ['a nearer page that the change makes', { 'package.json': TOOL }, { 'a/package.json': PAGE }, null],
    [
      'a nearer one that the change removes',
      { 'package.json': TOOL, 'a/package.json': SERVER },
      { 'a/package.json': null },
      null,
    ],
    ['that the change makes a tool of', { 'a/package.json': SERVER }, { 'a/package.json': TOOL }, null],
    ['that the change makes a server of', { 'a/package.json': TOOL }, { 'a/package.json': SERVER }, 'server'],
    ['unreadable', { 'package.json': TOOL, 'a/package.json': '{' }, {}, null],
  ])('%s', async (_, base: Record<string, string>, change: Record<string, string | null>, runtime) => {
    const head = Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, text]) => text !== null));
    const snapshot = { readBase: treeOf(base), readHead: treeOf(head as Record<string, string>) };
    const path = 'a/src/b.ts';
    expect((await readRuntimes([path], snapshot, 100)).runtimeOf({ path, text: '' })).toBe(runtime);
  });

  it('is not asked for beyond a limit', async () => {
    const asked: string[] = [];
    const read: Snapshot['readBase'] = async (paths) => {
      asked.push(...paths);
      return await treeOf({ 'package.json': TOOL })(paths);
    };
    const paths = Array.from({ length: 50 }, (_, at) => `p${at}/a.ts`);
    const { runtimeOf } = await readRuntimes(paths, { readBase: read, readHead: read }, 10);
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(runtimeOf({ path: 'p49/a.ts', text: '' })).toBe(null);
  });

  it('is not believed of what shows that it runs on a server', async () => {
    const read = treeOf({ 'package.json': PAGE });
    const { runtimeOf } = await readRuntimes(['a.ts', 'b.server.ts'], { readBase: read, readHead: read }, 100);
    expect(runtimeOf({ path: 'a.ts', text: 'await fetch(url);' })).toBe('browser');
    expect(runtimeOf({ path: 'a.ts', text: "import { createServer } from 'node:http';" })).toBe(null);
    const phone = "import * as Files from 'expo-file-system';\nimport { open } from './db';\n";
    expect(runtimeOf({ path: 'a.ts', text: phone })).toBe('browser');
    expect(runtimeOf({ path: 'a.ts', text: phone.replace('expo-file-system', 'node:fs') })).toBe(null);
    expect(runtimeOf({ path: 'b.server.ts', text: 'await fetch(url);' })).toBe(null);
  });
});

function changeOf(path: string): Change {
  const none = maskText('');
  const file = { path, previousPath: null, status: 'added' as const, hunks: null, binary: false, blob: null };
  return { title: none, description: none, base: null, head: null, unlisted: 0, files: [file] };
}

function changeThatAdds(path: string, text: string): Change {
  const change = changeOf(path);
  return { ...change, files: change.files.map((file) => ({ ...file, hunks: addAll(text) })) };
}

describe('a change', () => {
  const agent = loadAgents().get('backend-dev');
  const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));
  const analysis: Analysis = {
    compare: async () => [],
    outline: async () => [],
    analyse: async (files) => await Promise.all(files.map((file) => analyseFile(analysers, file))),
  };
  const TEXT =
    "import axios from 'axios';\nexport const load = async (id) => (await axios.get(`https://api.acme.io/${id}`)).data;\n";
  it.each([
    ['of a page', { 'web/package.json': PAGE }, {}, 0],
    ['of a service', { 'web/package.json': SERVER }, {}, 1],
    ['that says that it is a page', { 'web/package.json': SERVER }, { 'web/package.json': PAGE }, 1],
    ['that brings its manifest', {}, { 'web/package.json': PAGE }, 1],
  ])('%s', async (_, base: Record<string, string>, head: Record<string, string>, count) => {
    const snapshot = { readBase: treeOf(base), readHead: treeOf({ ...base, ...head, 'web/a.js': TEXT }) };
    const { findings } = await analyseChange(changeOf('web/a.js'), snapshot, analysis, { whole: true });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(Array(count).fill('missing-request-timeout'));
  });

  const express = (version: string, ...beside: string[]) =>
    JSON.stringify({ dependencies: { express: version, ...on(...beside) } });
  it.each([
    ['before the version that mended it', express('^4.18.2'), 1],
    ['of that version', express('^5.0.0'), 0],
    ['of a version that is not said', express('latest'), 0],
    ['of a version that may be either', express('>=4.0.0'), 0],
    ['of one of two versions', express('^4.0.0 || ^5.0.0'), 0],
    ['before that version, as people write it', express('4.x'), 1],
    ['with a package that mends it', express('~4.21.0', 'express-async-errors'), 0],
    ['that cannot be read', '{', 0],
    ['without it', JSON.stringify({ dependencies: {} }), 0],
  ])('of a package that uses a library %s', async (_, manifest, count) => {
    const text =
      "import express from 'express';\nconst app = express();\napp.get('/', async (req, res) => res.json(await load()));\n";
    const tree = treeOf({ 'package.json': manifest, 'a.js': text });
    const { findings } = await analyseChange(changeOf('a.js'), { readBase: tree, readHead: tree }, analysis, {
      whole: true,
    });
    const found = findings.filter(({ ruleId }) => ruleId === 'rejection-unheard');
    expect(found).toHaveLength(count);
    for (const one of found) expect(one).not.toHaveProperty('since');
  });

  it('knows what the page of a server starts', async () => {
    const both = JSON.stringify({ dependencies: { express: '5', vue: '3' } });
    const texts = {
      'package.json': both,
      'index.html': '<script type="module" src="/src/main.js"></script>\n',
      'src/main.js': "import { load } from './load';\nload(1);\n",
      'src/load.js': TEXT,
      'src/both.js': TEXT,
      'server/main.js':
        "import express from 'express';\nimport { load } from '../src/both';\nexpress().get('/', load);\n",
    };
    const snapshot = { readBase: treeOf(texts), readHead: treeOf(texts) };
    const [file] = changeOf('').files;
    const files = Object.keys(texts).flatMap((path) => (file ? [{ ...file, path }] : []));
    const { findings } = await analyseChange({ ...changeOf(''), files }, snapshot, analysis, { whole: true });
    const slow = findings.filter(({ ruleId }) => ruleId === 'missing-request-timeout');
    expect(slow.map(({ path }) => path)).toEqual(['src/both.js']);
  });

  it('asks for no manifest where nothing depends on it', async () => {
    const asked: string[] = [];
    const readHead = treeOf({
      'web/package.json': PAGE,
      'web/a.js':
        "import crypto from 'crypto';\nexport const flaw = (key) => crypto.createCipheriv('des', key, null);\n",
    });
    const readBase: Snapshot['readBase'] = async (paths) => {
      asked.push(...paths);
      return await treeOf({})(paths);
    };
    const { findings } = await analyseChange(changeOf('web/a.js'), { readBase, readHead }, analysis, { whole: true });
    expect([findings.length, asked]).toEqual([1, []]);
  });
});

describe('who reads a file', () => {
  const agent = loadAgents().get('backend-dev');
  const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));
  const analysis: Analysis = {
    compare: async () => [],
    outline: async () => [],
    analyse: async (files) => await Promise.all(files.map((file) => analyseFile(analysers, file))),
  };
  const NEXT = JSON.stringify({ dependencies: on('next', 'react') });
  const SEND = 'export async function send(id: string) {\n  return await fetch(`https://api.acme.io/${id}`);\n}\n';
  const HOOK =
    "import { useState } from 'react';\nimport { send } from '@/lib/send';\nexport const useSend = () => useState(send);\n";
  const ROUTE =
    "import { send } from '../../lib/send';\nexport async function GET() {\n  return await send('https://a.test');\n}\n";
  type Tree = Record<string, string>;

  /** Of a change that adds this file to the others. */
  async function reviewAdded(path: string, code: string, others: Tree): Promise<RawFinding[]> {
    const changed = changeThatAdds(path, code);
    const repository = createMemoryRepository({ base: others, head: { ...others, [path]: code } });
    return (await analyseChange(changed, repository, analysis, { repository })).findings;
  }

  /** Rules of the findings in one file: of the whole tree, and of a change that adds the file's lines. */
  async function look(path: string, base: Tree, head: Tree = base): Promise<[scan: string[], review: string[]]> {
    const scanned = { ...changeOf(path), files: Object.keys(head).flatMap((one) => changeOf(one).files) };
    const changed = changeThatAdds(path, head[path] ?? '');
    const repository = createMemoryRepository({ base, head });
    const scan = await analyseChange(scanned, repository, analysis, { whole: true });
    const review = await analyseChange(changed, repository, analysis, { repository });
    return [scan, review].map(({ findings }) =>
      findings.filter((one) => one.path === path).map(({ ruleId }) => ruleId),
    ) as [string[], string[]];
  }

  it.each([
    ['a page', { 'src/app/a.tsx': "'use client';\nimport { send } from '../lib/send';\n" }, 0],
    ['a hook', { 'src/hooks/use-send.ts': HOOK }, 0],
    ['a component of another kind', { 'src/A.vue': "<script>import { send } from './lib/send';</script>" }, 0],
    [
      'what a hook loads',
      { 'src/a.ts': "export { send } from './lib/send';\n", 'src/b.ts': HOOK.replace('@/lib/send', './a') },
      0,
    ],
    ['a route', { 'src/app/api/route.ts': ROUTE }, 1],
    ['a page and a route', { 'src/hooks/use-send.ts': HOOK, 'src/app/api/route.ts': ROUTE }, 1],
    [
      'a page, and what nobody is known to load',
      { 'src/hooks/use-send.ts': HOOK, 'src/jobs.ts': "import { send } from './lib/send';\n" },
      1,
    ],
    ['nobody', {}, 1],
    ['a test', { 'src/lib/send.test.ts': "import { send } from './send';\n" }, 1],
    [
      'two that load each other',
      { 'src/a.ts': "import './b';\nimport './lib/send';\n", 'src/b.ts': "import './a';\n" },
      1,
    ],
    ['a page that means another file', { 'src/hooks/use-send.ts': HOOK.replace('@/lib/send', 'send') }, 1],
    ['a page that names it', { 'src/app/a.tsx': "'use client';\n// send\n" }, 1],
  ])('a script that is loaded by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('missing-request-timeout');
    expect(await look('src/lib/send.ts', { 'package.json': NEXT, 'src/lib/send.ts': SEND, ...readers })).toEqual([
      wanted,
      wanted,
    ]);
  });

  it('is asked of both sides of a change', async () => {
    const base = { 'package.json': NEXT, 'src/lib/send.ts': SEND };
    const head = { ...base, 'src/hooks/use-send.ts': HOOK };
    expect((await look('src/lib/send.ts', base, head))[1]).toEqual(['missing-request-timeout']);
    expect((await look('src/lib/send.ts', { ...head, 'src/app/api/route.ts': ROUTE }, head))[1]).toEqual([
      'missing-request-timeout',
    ]);
  });

  it('a script that shows code of a server is one, whoever loads it', async () => {
    const tree = {
      'package.json': NEXT,
      'src/lib/send.ts': `import { db } from './db';\n${SEND}`,
      'src/hooks/use-send.ts': HOOK,
    };
    expect(await look('src/lib/send.ts', tree)).toEqual([['missing-request-timeout'], ['missing-request-timeout']]);
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  it.each([
    ['a test', { 'cmd/import_test.go': 'var key = "stub/issuer.key"\n' }, 0],
    [
      'a test and the code',
      { 'cmd/import_test.go': 'var key = "stub/issuer.key"\n', 'cmd/a.go': 'var key = "stub/issuer.key"\n' },
      1,
    ],
    [
      'a test and a set-up',
      { 'cmd/import_test.go': 'var key = "stub/issuer.key"\n', 'compose.yml': 'key: ./stub/issuer.key\n' },
      1,
    ],
    [
      'a test, and the code means another file',
      {
        'cmd/import_test.go': 'var key = "stub/issuer.key"\n',
        'cmd/a.go': 'var use = "import ./path/to/issuer.key"\n',
      },
      0,
    ],
    [
      'settings that tests alone name',
      { 'cmd/configs/tls.conf': 'key: "stub/issuer.key"\n', 'cmd/a_test.go': 'var c = "configs/tls.conf"\n' },
      0,
    ],
    [
      'settings that code names, too',
      {
        'cmd/configs/tls.conf': 'key: "stub/issuer.key"\n',
        'cmd/a_test.go': 'var c = "configs/tls.conf"\n',
        'cmd/a.go': 'var c = "configs/tls.conf"\n',
      },
      1,
    ],
    [
      'a test, and the code names one whose name ends so',
      { 'cmd/import_test.go': 'var key = "stub/issuer.key"\n', 'cmd/a.go': 'var help = "stub/my-issuer.key"\n' },
      0,
    ],
    ['settings that nobody names', { 'cmd/configs/tls.conf': 'key: "stub/issuer.key"\n' }, 1],
    ['a test and code beside it', { 'a_test.go': 'var k = "issuer.key"\n', 'cmd/a.go': 'var k = "issuer.key"\n' }, 1],
    ['nobody', {}, 1],
    ['the code', { 'cmd/a.go': 'var key = "stub/issuer.key"\n' }, 1],
  ])('a key that is named by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('secret-in-source');
    expect(await look('cmd/stub/issuer.key', { 'cmd/stub/issuer.key': KEY, ...readers })).toEqual([wanted, wanted]);
  });

  it.each([
    ['by it alone', { 'examples/mtls/compose.yml': 'volume: ./certs/server.key\n' }, 0],
    [
      'by another one, too',
      { 'examples/mtls/compose.yml': './certs/server.key\n', 'examples/b/a.yml': './certs/server.key\n' },
      1,
    ],
    [
      'by the code, too',
      { 'examples/mtls/compose.yml': './certs/server.key\n', 'main.go': 'var key = "certs/server.key"\n' },
      1,
    ],
    ['by its folder', { 'examples/mtls/compose.yml': 'volumes:\n  - ./certs:/etc/certs:ro\n' }, 0],
    ['by a word like its folder', { 'examples/mtls/README.md': 'Make your own-certs first.\n' }, 1],
    [
      'by tests, too',
      { 'acceptance/Makefile': 'mkcert -key-file server.key\n', 'examples/mtls/a.yml': 'certs/server.key' },
      0,
    ],
    ['by nobody', {}, 1],
  ])('a key of an example that is named %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('secret-in-source');
    expect(await look('examples/mtls/certs/server.key', { 'examples/mtls/certs/server.key': KEY, ...readers })).toEqual(
      [wanted, wanted],
    );
  });

  const REPORT = 'import requests\nfor row in requests.get(url).json():\n    print(row)\n';
  const APP = { 'app/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n' };
  it.each([
    ['nobody', APP, 0],
    [
      'a document, a linter and a pipeline that runs it',
      {
        ...APP,
        'README.md': 'tools/reports/report.py',
        '.pre-commit-config.yaml': 'files: tools/reports/report.py',
        '.github/workflows/a.yml': 'run: python tools/reports/report.py\n',
      },
      0,
    ],
    ['code that means another one', { ...APP, 'app/a.py': 'from app.reporting import report_all\n' }, 0],
    ['code', { ...APP, 'app/a.py': 'from tools.reports.report import rows\n' }, 1],
    ['an image', { ...APP, Dockerfile: 'FROM python:3.13\nCMD ["python", "tools/reports/report.py"]\n' }, 1],
    ['a script of the set-up', { ...APP, 'deploy/start.sh': 'exec python tools/reports/report.py\n' }, 1],
    ['nobody, where there is nothing else', {}, 1],
  ])('a program among tools that is named by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('missing-request-timeout');
    const path = 'tools/reports/report.py';
    expect(await look(path, { [path]: REPORT, ...readers })).toEqual([wanted, wanted]);
  });

  const SEND_BY_HAND = 'export const send = async (id) => await fetch(`https://api.acme.io/${id}`);\n';
  it.each([
    ['nobody', {}, 0],
    [
      'another tool',
      { 'extra/release/final.mjs': "import { send } from './lib.mjs';\nawait send(process.env.URL);\n" },
      0,
    ],
    [
      'a tool that the service starts',
      {
        'extra/release/final.mjs': "import { send } from './lib.mjs';\nawait send(process.env.URL);\n",
        'app/start.sh': 'exec node extra/release/final.mjs\n',
      },
      1,
    ],
    ['code', { 'app/a.mjs': "import { send } from '../extra/release/lib.mjs';\n" }, 1],
    ['code that means its own', { 'app/a.mjs': "import { send } from './lib.mjs';\n", 'app/lib.mjs': '' }, 0],
  ])('what tools share, and is named by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('missing-request-timeout');
    const path = 'extra/release/lib.mjs';
    expect(await look(path, { [path]: SEND_BY_HAND, ...APP, ...readers })).toEqual([wanted, wanted]);
  });

  it.each([
    ['a workspace that runs it from its sources', { '.amp/services.yaml': 'run: go run ./tools/bridge proxy\n' }, 0],
    ['an image', { Dockerfile: 'FROM golang:1.25\nRUN go build -o /bridge ./tools/bridge\n' }, 1],
  ])('a program of Go among tools that is named by %s', async (_, readers: Tree, count) => {
    const wanted = count === 0 ? [] : ['no-graceful-shutdown', 'server-without-timeouts'];
    const path = 'tools/bridge/main.go';
    const main = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", mux) }\n';
    const found = await look(path, { [path]: main, ...APP, ...readers });
    expect(found.map((ids) => ids.sort())).toEqual([wanted, wanted]);
  });

  it.each([
    ['cmd/app-scripts/main.go', 0],
    ['cmd/generate_licenses/main.go', 0],
    ['cmd/translation/main.go', 0],
    ['cmd/shop-demo-offline/main.go', 0],
    ['cmd/shop-upgrade-tests/main.go', 0],
    ['cmd/shop-latest/main.go', 2],
    ['cmd/genome/main.go', 2],
    ['.github/report/main.go', 0],
    ['cmd/app/main.go', 2],
  ])('a program of Go in %s that nothing names', async (path, count) => {
    const main = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", mux) }\n';
    const [found] = await look(path, { [path]: main, ...APP });
    expect(found).toHaveLength(count);
  });

  it.each([
    ['nobody', {}, 0],
    ['the program of its example', { 'examples/app/main.go': 'package main\n\nimport "acme/examples/app/web"\n' }, 0],
    ['a test', { 'internal/a_test.go': 'package a\n\nimport "acme/examples/app/web"\n' }, 0],
    ['the service', { 'internal/a.go': 'package a\n\nimport "acme/examples/app/web"\n' }, 1],
  ])('a package of Go below an example that is imported by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('server-without-timeouts');
    const path = 'examples/app/web/serve.go';
    const code = 'package web\n\nimport "net/http"\n\nfunc Serve() { http.ListenAndServe(":80", mux) }\n';
    const found = await look(path, { [path]: code, ...APP, ...readers });
    expect(found.map((ids) => ids.filter((id) => id === 'server-without-timeouts'))).toEqual([wanted, wanted]);
  });

  const LIMITS = `package mid

import "net/http"

func Limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		next.ServeHTTP(w, r)
	})
}
`;
  it.each([
    ['nowhere', {}, 'medium'],
    ['in a middleware', { 'internal/mid/limit.go': LIMITS }, 'low'],
    ['in a middleware of a test', { 'internal/mid/limit_test.go': LIMITS }, 'medium'],
    ['in another handler alone', { 'a.go': 'package a\n\nfunc b() { http.MaxBytesReader(w, r.Body, 9) }\n' }, 'medium'],
  ])('how large a body may be is limited %s', async (_, others: Tree, confidence) => {
    const path = 'internal/hooks/hook.go';
    const code =
      'package hooks\n\nimport ("io"; "net/http")\n\nfunc Hook(w http.ResponseWriter, r *http.Request) { b, err := io.ReadAll(r.Body); save(b, err) }\n';
    const findings = await reviewAdded(path, code, others);
    expect(findings.filter(({ ruleId }) => ruleId === 'unbounded-body')).toMatchObject([{ path, confidence }]);
  });

  const TRUSTS = "import express from 'express';\nexport const app = express();\napp.set('trust proxy', true);\n";
  it.each([
    ['nobody', {}, 'low'],
    ['a handler', { 'src/a.ts': 'export const a = (req, res) => res.json({ from: req.ip });\n' }, 'high'],
    [
      'a handler that takes it out',
      { 'src/a.ts': 'export const a = (req) => { const { ip } = req; log(ip); };\n' },
      'high',
    ],
    [
      'a limiter',
      { 'src/a.ts': "import { rateLimit } from 'express-rate-limit';\nexport const a = rateLimit();\n" },
      'high',
    ],
    ['a log', { 'src/a.ts': "app.use(morgan('combined'));\n" }, 'high'],
    ['a log without it', { 'src/a.ts': "app.use(morgan('tiny'));\n" }, 'low'],
    ['a test alone', { 'test/a.test.ts': 'expect(req.ip).toBe(1);\n' }, 'low'],
    ['something else of that name', { 'src/a.ts': 'export const a = (host) => dial(host.ip);\n' }, 'low'],
  ])('the address that a proxy says is read by %s', async (_, others: Tree, confidence) => {
    const path = 'src/app.ts';
    const findings = await reviewAdded(path, TRUSTS, others);
    expect(findings.filter(({ ruleId }) => ruleId === 'any-proxy-trusted')).toMatchObject([{ path, confidence }]);
  });

  const BEARER = "export const who = (req) => verify(req.headers.authorization?.replace('Bearer ', ''));\n";
  it.each([
    ['nothing', {}, 'high'],
    ['a token of a header', { 'src/who.ts': BEARER }, 'low'],
    [
      'a token of a header, and a cookie',
      { 'src/who.ts': BEARER, 'src/b.ts': 'export const b = (req) => req.cookies.b;\n' },
      'high',
    ],
    [
      'a token, or a password that browsers send',
      { 'src/who.ts': `${BEARER}app.use(basicAuth({ users }));\n` },
      'high',
    ],
    ['a token, and a cookie in a test', { 'src/who.ts': BEARER, 'test/a.test.ts': "set('Cookie', 'a=b');\n" }, 'low'],
    ['a token in a test alone', { 'test/a.test.ts': BEARER }, 'high'],
    [
      'a token, and pages that send what they keep',
      { 'src/who.ts': BEARER, 'web/a.ts': "fetch(a, { credentials: 'include' });\n" },
      'high',
    ],
  ])('an API for every origin that reads %s', async (_, others: Tree, confidence) => {
    const path = 'src/app.ts';
    const code = "import cors from 'cors';\napp.use(cors({ origin: true, credentials: true }));\n";
    const findings = await reviewAdded(path, code, others);
    const found = findings.filter(({ ruleId }) => ruleId === 'cors-any-origin-with-credentials');
    expect(found).toMatchObject([{ path, confidence }]);
  });

  it.each([
    ['is mostly right', 'timing-unsafe-comparison', 'high', 'if (req.get("x-token") === process.env.TOKEN) go();'],
    [
      'is mostly in vain',
      'path-traversal',
      'low',
      `const { name } = req.query;\n${'  count();\n'.repeat(20)}  res.send(fs.readFileSync('./files/' + name));`,
    ],
    ['is the path of a request to the worst', 'command-injection', 'high', 'exec(`ls ${req.query.name}`);'],
  ])('of a tree in use, what %s', async (_, rule, inTree, statement) => {
    const path = 'src/files.js';
    const code = `const fs = require('fs');\nconst { exec } = require('child_process');\nconst app = require('express')();\napp.get('/a', (req, res) => {\n  ${statement}\n});\n`;
    const head = { [path]: code };
    const scan = await analyseChange(changeOf(path), createMemoryRepository({ base: head, head }), analysis, {
      whole: true,
    });
    const sureness = (all: readonly RawFinding[]): string[] =>
      all.filter(({ ruleId }) => ruleId === rule).map(({ confidence }) => confidence);
    expect(sureness(scan.findings)).toEqual([inTree]);
    expect(sureness(await reviewAdded(path, code, {}))).not.toEqual(['low']);
  });

  it.each([
    ['is called', { 'package.json': '{}', 'src/app.ts': "import { isSame } from './same';\nisSame(1);\n" }, 'high'],
    ['is called by nothing', { 'package.json': '{}', 'src/app.ts': '// isSame\n' }, 'low'],
    ['is called by nothing in a folder, without the rest of its project', { 'src/app.ts': '' }, 'high'],
  ])('of a tree in use, a function that %s', async (_, others: Tree, confidence) => {
    const path = 'src/same.ts';
    const head = {
      ...others,
      [path]: 'export function isSame(req) {\n  return req.get("x-token") === process.env.TOKEN;\n}\n',
    };
    const scanned = { ...changeOf(path), files: Object.keys(head).flatMap((one) => changeOf(one).files) };
    const { findings } = await analyseChange(scanned, createMemoryRepository({ base: head, head }), analysis, {
      whole: true,
    });
    const found = findings.filter(({ ruleId }) => ruleId === 'timing-unsafe-comparison');
    expect(found).toMatchObject([{ path, confidence }]);
  });

  const CLEANS = "const app = require('express')();\napp.use(mongoSanitize());\n";
  it.each([
    ['nowhere', {}, 'high'],
    ['before all handlers', { 'src/app.js': CLEANS }, 'low'],
    ['of each query', { 'src/db.js': "mongoose.set('sanitizeFilter', true);\n" }, 'low'],
    ['in a test', { 'test/app.test.js': CLEANS }, 'high'],
  ])('objects in a filter are taken out %s', async (_, others: Tree, confidence) => {
    const path = 'src/log-in.js';
    const code =
      "const mongoose = require('mongoose');\nconst app = require('express')();\nconst User = mongoose.model('User', schema);\napp.post('/a', async (req, res) => res.json(await User.findOne({ email: req.body.email })));\n";
    const findings = await reviewAdded(path, code, others);
    expect(findings.filter(({ ruleId }) => ruleId === 'nosql-injection')).toMatchObject([{ path, confidence }]);
  });

  it('is told of a text of many empty lines in linear time', async () => {
    const path = 'tools/reports/report.py';
    const text = `report${'\n'.repeat(900_000)}`;
    const took = startProcessorClock();
    await listUnserved([path], async () => new Map([['app/a.py', text]]));
    expect(took()).toBeLessThan(20_000);
  });

  it.each([
    ['nobody', {}, 0],
    ['a pipeline that checks it', { '.github/workflows/a.yml': 'working-directory: tools/mover\n' }, 0],
    ['a pipeline that gives it out', { '.github/workflows/a.yml': 'with:\n  context: tools/mover\n' }, 1],
    ['a set-up', { 'compose.yml': 'services:\n  mover:\n    build: tools/mover\n' }, 1],
  ])('an image among tools that is named by %s', async (_, readers: Tree, count) => {
    const wanted = Array(count).fill('container-runs-as-root');
    const path = 'tools/mover/Dockerfile';
    const image = 'FROM python:3.13-slim\nCOPY . .\nCMD ["python", "main.py"]\n';
    expect(await look(path, { [path]: image, ...APP, ...readers })).toEqual([wanted, wanted]);
  });
});
