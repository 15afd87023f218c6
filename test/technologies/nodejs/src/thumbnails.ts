import { exec, execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';

const run = promisify(exec);

export async function answerThumbnail(name: string, response: ServerResponse): Promise<void> {
  const { stdout } = await run(`convert ${name} -resize 128x128 png:-`, { encoding: 'buffer' });
  response.setHeader('content-type', 'image/png');
  response.end(stdout);
}

export function identify(file: string, done: (size: string) => void): void {
  execFile('identify', ['-format', '%wx%h', '--', file], (_, size) => done(size));
}
