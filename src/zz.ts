import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './change/source-file.ts';
import { decideSelection } from './scope/select.ts';
import { nameUsedTests } from './surroundings/by-name/name-used-tests.ts';

const M = '/work/.mirror';
const only = process.argv.slice(2);
for (const name of readdirSync(M)) {
  if (only.length && !only.includes(name)) continue;
  const dir = `/tmp/trees/${name}`;
  if (!existsSync(dir)) {
    mkdirSync(dir, { recursive: true });
    try {
      execFileSync('bash', [
        '-c',
        `git --git-dir=$(ls -d ${M}/${name}/*.git ${M}/${name}/repo 2>/dev/null | head -1) archive HEAD | tar x -C ${dir}`,
      ]);
    } catch {
      continue;
    }
  }
  const files = execFileSync(
    'bash',
    [
      '-c',
      `cd ${dir}; find . -type f -size -300k \\( -name '*.ts' -o -name '*.js' -o -name '*.py' -o -name '*.go' -o -name '*.tsx' -o -name '*.mjs' \\) | grep -v node_modules | cut -c3-`,
    ],
    { maxBuffer: 1e9 },
  )
    .toString()
    .trim()
    .split('\n');
  const sources: SourceFile[] = files.flatMap((path) => {
    const s = decideSelection(path);
    if (!('kind' in s)) return [];
    let text = '';
    try {
      text = readFileSync(join(dir, path), 'utf8');
    } catch {
      return [];
    }
    return [{ path, kind: s.kind, text, hunks: null }];
  });
  const c = process.cpuUsage();
  const out = await nameUsedTests(sources, null);
  const cpu = process.cpuUsage(c);
  const used = out.filter((one, at) => one.kind !== sources[at]?.kind).map(({ path }) => path);
  const tests = sources.filter((x) => x.kind === 'test').length;
  console.log(
    name,
    sources.length,
    'tests',
    tests,
    'used',
    used.length,
    Math.round((cpu.user + cpu.system) / 1000) + 'ms',
    used.slice(0, 12).join(' '),
  );
}
