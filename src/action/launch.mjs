// What action.yml starts. Plain JavaScript without a dependency: it installs those of the lockfile beside it when they are not
// there yet, without running a script of theirs, and then starts the Action by Node 24's type stripping.
// docs/decisions/0027-the-action.md
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** npm of the Node that runs us, as the runner brings it; else the one on the PATH. */
function findNpm() {
  const bin = dirname(process.execPath);
  const own = ['../lib/node_modules/npm/bin/npm-cli.js', 'node_modules/npm/bin/npm-cli.js'].map((path) =>
    join(bin, path),
  );
  const found = own.find((path) => existsSync(path));
  return found ? { command: process.execPath, first: [found] } : { command: 'npm', first: [] };
}

function install() {
  const { command, first } = findNpm();
  const args = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  // What installs needs no secret of the job.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(INPUT_|ACTIONS_|ANTHROPIC_|AWS_|GITHUB_TOKEN$)/.test(name)),
  );
  const shell = command === 'npm' && process.platform === 'win32';
  const run = spawnSync(command, [...first, ...args], { cwd: root, env, shell, encoding: 'utf8' });
  return run.status === 0 ? null : (run.error?.message ?? `${run.stdout}\n${run.stderr}`);
}

if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  const started = performance.now();
  const problem = install() && install();
  if (problem) {
    const text = problem.trim().slice(-2000).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    process.stdout.write(
      `::error title=backend-dev::npm could not install what the Action needs: ${text.replaceAll('##[', '## [')}\n`,
    );
    process.exit(2);
  }
  process.stdout.write(`installed in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
await import('./main.ts');
