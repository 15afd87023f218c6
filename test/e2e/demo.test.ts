import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FROM_BUILD } from '../support/build.ts';

it('the demo prints the comments with their code, and ends by itself with --once', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env.PATH ?? '', NO_COLOR: '1' };
    const args = [FROM_BUILD, 'src/run.mjs', 'sandbox/demo/main.ts', '--once'];
    execFile(process.execPath, args, { cwd: root, env }, (error, out, words) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout: out, stderr: words }),
    );
  });
  expect(code).toBe(0);
  expect(stderr.match(/^.+ …$/gm)).toHaveLength(4);
  expect(stdout).toContain('orders/src/routes/orders.ts:11-13');
  expect(stdout).toContain('Request input becomes SQL text');
  expect(stdout).toContain('ignored by');
  expect(stdout).toMatch(/9 of 9 backend files reviewed · model off/);
  expect(stdout).toMatch(
    /1 review, \d+ inline comments\nwebhook acknowledged in \d+ ms, review complete after [\d.]+ s\n12 GitHub requests/,
  );
});
