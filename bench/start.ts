import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILES = 20;

/** The packed tarball as a user has it: its size, and its first and later starts on a change of 20 files beside eslint's. */
export async function benchStart(dir: string): Promise<Figure[]> {
  const user = join(dir, 'user');
  mkdirSync(user);
  const [packed] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--pack-destination', dir)) as { filename: string }[];
  run(user, 'npm', 'init', '-y');
  const installing = performance.now();
  run(user, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', join(dir, packed?.filename ?? ''));
  const installed = (performance.now() - installing) / 1000;
  const repo = makeChange(dir);
  const program = join(user, 'node_modules/backend-dev/dist/cli/main.js');
  const review = (): number => time(repo, program, 'review', '--no-model', '--format', 'json');
  const eslint = (): number => time(repo, join(ROOT, 'node_modules/eslint/bin/eslint.js'), 'src');
  const [first, firstBeside] = [[review()], [eslint()]];
  const [later, laterBeside] = [repeat(review), repeat(eslint)];
  return [
    figure('first review, 20 files', first, firstBeside, 'under 15 s'),
    figure('next review, 20 files', later, laterBeside, 'under 3 s'),
    {
      what: 'package, installed',
      value: `${(measure(join(user, 'node_modules')) / 1e6).toFixed(0)} MB`,
      beside: `${installed.toFixed(0)} s with a cache`,
      aim: 'noted',
    },
  ];
}

const TRIES = 5;

const repeat = (once: () => number): number[] => Array.from({ length: TRIES }, once);

function figure(what: string, own: number[], beside: number[], aim: string): Figure {
  const [load = 0] = loadavg();
  return {
    what,
    value: describe(own),
    beside: `eslint ${describe(beside)}; load ${load.toFixed(0)}`,
    aim,
  };
}

/** The least is what a quiet machine takes. */
function describe(seconds: number[]): string {
  const least = `${Math.min(...seconds).toFixed(1)} s`;
  return seconds.length === 1 ? least : `${least} (median ${median(seconds).toFixed(1)})`;
}

/** Twenty files of our own, as JavaScript, so that both read the same: the first half of each stands on the base. */
function makeChange(dir: string): string {
  const repo = join(dir, 'start');
  mkdirSync(join(repo, 'src'), { recursive: true });
  const texts = globSync('src/{worker,queue,github,server}/*.ts', { cwd: ROOT })
    .map((path) => ({
      name: `${path.slice(4, -3).replace('/', '-')}.js`,
      text: readFileSync(join(ROOT, path), 'utf8'),
    }))
    .sort((a, b) => b.text.length - a.text.length || (a.name < b.name ? -1 : 1))
    .slice(0, FILES)
    .map(({ name, text }) => ({ name, text: stripTypeScriptTypes(text) }));
  writeFileSync(
    join(repo, 'eslint.config.js'),
    'export default [{ rules: { "no-undef": "error", "no-unused-vars": "error" } }];\n',
  );
  writeFileSync(join(repo, 'package.json'), '{ "type": "module", "dependencies": { "express": "*" } }\n');
  run(repo, 'git', 'init', '--quiet', '--initial-branch=main');
  for (const { name, text } of texts) writeFileSync(join(repo, 'src', name), text.slice(0, text.length / 2));
  run(repo, 'git', 'add', '--all');
  run(repo, 'git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=base');
  for (const { name, text } of texts) writeFileSync(join(repo, 'src', name), text);
  return repo;
}

function time(cwd: string, ...args: string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status === null || status > 1) throw new Error(stderr);
  return (performance.now() - began) / 1000;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function run(cwd: string, file: string, ...args: string[]): string {
  return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function measure(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + measure(join(path, name)), 0);
}
