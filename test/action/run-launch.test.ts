import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { readCommands } from '../support/run-action.ts';
import { makeTempDir } from '../support/temp.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function launch(dir: string, env: Record<string, string>): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(dir, 'src/action/launch.mjs')], { env }, (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
    );
  });
}

it('installs what the lockfile beside it names without its scripts and secrets, once, and then starts the Action', async () => {
  const dir = makeTempDir();
  const [seen, bin] = [join(dir, 'seen'), join(dir, 'bin')];
  mkdirSync(join(dir, 'src/action'), { recursive: true });
  mkdirSync(bin);
  cpSync(join(ROOT, 'src/action/launch.mjs'), join(dir, 'src/action/launch.mjs'));
  writeFileSync(join(dir, 'src/action/main.ts'), "const text: string = 'started';\nconsole.log(text);\n");
  writeFileSync(
    join(dir, 'package.json'),
    '{"name":"x","version":"1.0.0","type":"module","scripts":{"postinstall":"exit 1"}}',
  );
  const env = { PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: dir, 'INPUT_GITHUB-TOKEN': 'ghs_secret' };
  // Without a lockfile npm refuses.
  const broken = await launch(dir, env);
  expect(broken.code).toBe(2);
  expect(readCommands(broken.stdout)).toMatchObject([
    { name: 'error', data: expect.stringContaining('npm could not install') },
  ]);
  writeFileSync(
    join(dir, 'package-lock.json'),
    '{"name":"x","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"x","version":"1.0.0"}}}',
  );
  writeFileSync(
    join(bin, 'npm'),
    `#!/bin/sh\nenv > ${seen}\necho "$@" >> ${seen}\nmkdir -p node_modules\necho '{}' > node_modules/.package-lock.json\n`,
    { mode: 0o755 },
  );
  const first = await launch(dir, env);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^installed in [\d.]+ s\nstarted\n$/);
  expect(readFileSync(seen, 'utf8')).toContain('ci --omit=dev --ignore-scripts');
  expect(readFileSync(seen, 'utf8')).not.toContain('ghs_secret');
  expect((await launch(dir, env)).stdout).toBe('started\n');
});

it('our own analysers find nothing in the workflows of the page', async () => {
  const dir = makeTempDir();
  const folder = join(dir, '.github/workflows');
  mkdirSync(folder, { recursive: true });
  const page = readFileSync(join(ROOT, 'docs/github-action.md'), 'utf8');
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  for (const [index, yaml] of examples.entries()) writeFileSync(join(folder, `${index}.yml`), yaml);
  const stdout = await new Promise<string>((resolve) => {
    const args = [fileURLToPath(urlOfProgram('cli/main')), 'scan', '.', '--format', 'json'];
    execFile(process.execPath, args, { cwd: dir, env: { PATH: process.env.PATH } }, (_, text) => resolve(text));
  });
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: unknown[];
    coverage: { files: { status: string }[] };
  };
  expect(findings).toEqual([]);
  expect(coverage.files.map((file) => file.status)).toEqual(examples.map(() => 'reviewed'));
});
