import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeTempDir } from '../support/temp.ts';

const MODULE = fileURLToPath(new URL('../../src/local/list-subject.ts', import.meta.url));
/** Root may read everything. */
const SCRIPT = `
  const { listSubject } = await import(process.argv[1]);
  process.chdir(process.argv[2]);
  if (process.getuid() === 0) process.seteuid(65534);
  const { change, snapshot, settings } = await listSubject(process.cwd(), ['.']);
  const paths = change.files.map(({ path }) => path);
  const kinds = [...(await snapshot.readHead(paths))].map(([path, { kind }]) => [path, kind]);
  console.log(JSON.stringify({ kinds, unlisted: change.unlisted, notes: settings.notes }));
`;

it('a file and a folder that this user may not read cost a scan those and nothing else, and are named', () => {
  const dir = makeTempDir();
  mkdirSync(join(dir, 'closed'));
  writeFileSync(join(dir, 'closed', 'a.ts'), 'export {};');
  writeFileSync(join(dir, 'b.ts'), 'export {};');
  writeFileSync(join(dir, 'c.ts'), 'export {};');
  chmodSync(dir, 0o755);
  chmodSync(join(dir, 'b.ts'), 0o000);
  chmodSync(join(dir, 'closed'), 0o000);
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT, MODULE, dir], {
    encoding: 'utf8',
  });
  chmodSync(join(dir, 'closed'), 0o755);
  expect(JSON.parse(output)).toEqual({
    kinds: [
      ['b.ts', 'absent'],
      ['c.ts', 'text'],
    ],
    unlisted: 1,
    notes: ['Not read, since this user may not list them: `closed`.'],
  });
});
