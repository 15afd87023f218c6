import { expect, it } from 'vitest';
import { readEnvironment } from '../src/config/env.ts';
import { createLog } from '../src/log.ts';

it('writes no credential, wherever it stands in what is logged', () => {
  const token = ['ghp', 'w5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUxQ7m'].join('_');
  const lines: string[] = [];
  const log = createLog(readEnvironment({ LOG_LEVEL: 'trace' }), { write: (line) => void lines.push(line) });
  log.info({ deep: [{ text: `T=${token}` }], err: new Error(`failed for ${token}`) }, `with ${token}`);
  log.child({ own: token }).warn('of a child');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).toContain('••••••••');
  expect(lines.join('')).not.toContain(token.slice(4, 12));
});
