import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runUntil } from '../../src/call-off.ts';
import { runGit } from '../../src/git/run-git.ts';
import { listChildren } from '../support/open-mcp.ts';
import { waitFor } from '../support/stack.ts';
import { makeTempDir } from '../support/temp.ts';

describe('git for a request', () => {
  it('is ended when the request is called off, and not begun afterwards', async () => {
    const dir = makeTempDir();
    // Nobody ever writes to it, so git waits for ever.
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const stop = new AbortController();
    const before = new Set(listChildren(process.pid));
    const late = runUntil(stop.signal, () => runGit(dir, ['hash-object', '--no-filters', pipe]));
    const started = (): number[] => listChildren(process.pid).filter((pid) => !before.has(pid));
    await waitFor('its process', () => started().length > 0);
    const [git = 0] = started();
    stop.abort(new Error('called off'));
    await expect(late).rejects.toThrow('called off');
    await waitFor('its end', () => !existsSync(`/proc/${git}`));
    await expect(runUntil(stop.signal, () => runGit(dir, ['--version']))).rejects.toThrow('called off');
    expect(String(await runGit(dir, ['--version']))).toContain('git version');
  });
});
