import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** As Vitest does it: the servers are started and stopped, the exit code is set, and the process ends by itself. */
const RUN = `
  const { openPostgresServer } = await import('./test/support/start-databases.ts');
  const server = await openPostgresServer();
  await server.close();
  process.exitCode = 1;
`;

it('a run that was red ends with 1 where a database was started', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUN], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([1, null]);
});
