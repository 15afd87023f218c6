import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../../src/git/run-git.ts';
import { makeTempDir } from './temp.ts';

/** Has a repository run a program for whatever git may run one for. @returns the file that is there once one of them ran */
export async function makeRunning(dir: string): Promise<string> {
  const mark = join(makeTempDir(), 'ran');
  const run = `sh -c 'touch ${mark}; cat'`;
  for (const [name, value] of [
    ['filter.evil.clean', run],
    ['filter.evil.smudge', run],
    ['filter.evil.process', run],
    ['filter.evil.required', 'true'],
    ['diff.evil.command', run],
    ['diff.evil.textconv', run],
    ['diff.external', run],
    ['core.fsmonitor', run],
    ['core.pager', run],
    ['core.sshCommand', run],
    ['core.alternateRefsCommand', run],
    ['core.editor', run],
    ['core.hooksPath', join(dir, 'hooks')],
    ['credential.helper', `!${run}`],
    ['gpg.program', run],
    ['log.showSignature', 'true'],
    ['merge.evil.driver', run],
    ['pager.diff', run],
    ['pager.log', run],
    ['alias.ls-files', `!${run}`],
    ['alias.rev-parse', `!${run}`],
  ] as const)
    await runGit(dir, ['config', name, value]);
  mkdirSync(join(dir, 'hooks'), { recursive: true });
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction', 'post-checkout'])
    writeFileSync(join(dir, 'hooks', hook), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  writeFileSync(join(dir, '.gitattributes'), '* filter=evil diff=evil merge=evil text\n');
  return mark;
}

/**
 * A PATH on which every repository belongs to somebody else, for git: it refuses them all ("dubious ownership"). Source: git,
 * setup.c, GIT_TEST_ASSUME_DIFFERENT_OWNER.
 */
export function makeDubious(dir: string): string {
  const bin = makeTempDir();
  const path = process.env.PATH ?? '';
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const text = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${git}' "$@"\n`;
  writeFileSync(join(bin, 'git'), text, { mode: 0o755 });
  const dubious = `${bin}:${path}`;
  const { status, stderr } = spawnSync('git', ['-C', dir, 'rev-parse', 'HEAD'], {
    encoding: 'utf8',
    env: { PATH: dubious, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' },
  });
  if (status === 0 || !stderr.includes('dubious ownership')) throw new Error(`git refuses nothing: ${stderr}`);
  return dubious;
}
