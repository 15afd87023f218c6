import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** As Vitest does it: the servers are started and stopped, and the exit code is set. */
const RUN = `
  const { openPostgresServer } = await import('./test/support/start-databases.ts');
  const server = await openPostgresServer();
  await server.close();
`;

it.each([
  ['red', 'process.exitCode = 1;', 1],
  ['red, and ended at once', 'process.exit(1);', 1],
  ['green', 'process.exitCode = 0;', 0],
  ['green, and ended at once', 'process.exit(0);', 0],
])('a run that was %s ends so where a database was started', async (_, end, code) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUN + end], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([code, null]);
});
