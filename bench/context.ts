import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAnalysisPool } from '../src/analysis/process/pool.ts';
import type { SelectedFile } from '../src/change/selected-file.ts';
import { readSystemPath } from '../src/config/env.ts';
import { findContext } from '../src/context/find-context.ts';
import { diffTexts } from '../src/diff/diff-texts.ts';
import { createGitRepository } from '../src/git/create-git-repository.ts';
import { maskText } from '../src/secrets/mask-text.ts';
import type { Figure } from './figure.ts';

const FILES = 200_000;
const IN_DIR = 200;
const EVERY = 1000;

/** Definitions, callers and siblings for a change, in a repository of 200,000 files; memory is that of this process. */
export async function benchContext(dir: string): Promise<Figure[]> {
  const where = join(dir, 'context.git');
  mkdirSync(where);
  await git(where, ['init', '--bare', '-q', '.']);
  await git(where, ['fast-import', '--quiet'], writeRepository());
  const sides = { base: 'refs/heads/main', head: 'refs/heads/main' };
  const repository = createGitRepository({ dir: where, sides });
  const text = CHANGED.replace('  await check(id);\n', '');
  const file: SelectedFile = {
    path: 'pkg0/orders.ts',
    kind: 'typescript',
    text: maskText(text),
    hunks: diffTexts(CHANGED, text),
  };
  const pool = createAnalysisPool({});
  const analysis = pool.open('backend-dev', { owner: 'bench', pullRequest: 'bench#1' });
  const outline = (files: Parameters<typeof analysis.outline>[0]) => analysis.outline(files);
  const find = () => findContext([file], { repository, outline }, { mostChars: 20_000 });
  await outline([{ path: 'a.ts', text: '' }]);
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const { pieces } = await find();
  const first = performance.now() - started;
  const again = performance.now();
  await find();
  const second = performance.now() - again;
  const grown = (process.memoryUsage.rss() - before) / 1_048_576;
  const searched = performance.now();
  await repository.search('head', { texts: ['namedNowhere'], whole: true, most: 1, mostOfFile: 1 });
  const search = performance.now() - searched;
  await pool.close();
  return [
    {
      what: `context of a change among ${FILES.toLocaleString('en')} files`,
      value: `${(first / 1000).toFixed(1)} s, ${(second / 1000).toFixed(1)} s again; ${pieces.length} pieces`,
      beside: `x${(first / search).toFixed(1)} of one search of it`,
      aim: '-',
    },
    {
      what: 'memory that finding it takes',
      value: `${Math.max(0, Math.round(grown))} MB`,
      beside: '-',
      aim: 'under 400 MB',
    },
  ];
}

const CHANGED = `import { check } from '../pkg1/check.js';
import { reserveStock } from '../pkg2/stock.js';
export async function cancelOrder(id: string) {
  await check(id);
  await reserveStock(id);
}
`;

/** Most files are alike; one in a thousand calls what is changed. */
function* writeRepository(): Iterable<string> {
  const blobs = [
    'export function other(id: string) {\n  return id;\n}\n',
    "import { cancelOrder } from '../pkg0/orders.js';\nexport async function run(id: string) {\n  await cancelOrder(id);\n}\n",
    CHANGED,
    'export async function check(id: string) {\n  if (id === "") throw new Error("no");\n}\n',
    'export async function reserveStock(id: string) {\n  return id;\n}\n',
  ];
  for (const [index, text] of blobs.entries())
    yield `blob\nmark :${index + 1}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  yield 'commit refs/heads/main\ncommitter a <a@example.com> 0 +0000\ndata 1\na\n';
  for (let at = 0; at < FILES; at++) {
    const mark = at % EVERY === 0 ? 2 : 1;
    yield `M 100644 :${mark} pkg${Math.floor(at / IN_DIR)}/file${at}.ts\n`;
  }
  yield 'M 100644 :3 pkg0/orders.ts\nM 100644 :4 pkg1/check.ts\nM 100644 :5 pkg2/stock.ts\n';
}

async function git(dir: string, args: readonly string[], input: Iterable<string> = []): Promise<void> {
  const child = spawn('git', [...args], {
    cwd: dir,
    env: { PATH: readSystemPath() },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  for (const text of input) if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  child.stdin.end();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}`);
}
