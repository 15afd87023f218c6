import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { makeTempDir } from '../support/temp.ts';
import { startAppProcess } from './app-process.ts';

const MB = 1024 * 1024;
const BODY = Buffer.alloc(24 * MB, 0x20);

/** In MB. Source: proc(5), status. */
function readPeak(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Sends a body without a good signature, all but its last byte, and stays until the App answers or hangs up. */
function send(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: sha256=${'0'.repeat(64)}\r\ncontent-length: ${BODY.length}\r\n\r\n`,
      );
      socket.write(BODY.subarray(1));
    });
    socket.on('error', () => undefined).on('close', () => resolve());
    socket.resume();
  });
}

it.runIf(process.platform === 'linux')(
  'sixty unsigned bodies of 24 MB at once take no memory beyond the cap of all bodies',
  async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const app = await startAppProcess({ sandbox, dir: makeTempDir(), modelUrl: 'http://127.0.0.1:9', limits: null });
    onTestFinished(() => app.stop());
    const before = readPeak(app.pid);
    await Promise.all(Array.from({ length: 60 }, () => send(app.port)));
    const grown = readPeak(app.pid) - before;
    expect(app.ended()).toBe(null);
    // 64 MB are held at most; the rest is what Node's buffers leave behind before they are collected: 420 MB were measured. All of
    // the bodies together are 1.4 GB.
    expect(grown).toBeLessThan(800);
    const health = await fetch(`http://127.0.0.1:${app.port}/healthz`);
    expect(health.status).toBe(200);
  },
);
