import { createHmac, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What the world sends to an open port, and GitHub's own oddities: none of it is a pull request. */
export interface Strangers {
  /** One of each. @returns what was answered otherwise than it should have been */
  call(): Promise<string[]>;
  close(): void;
}

const PATH = '/api/github/webhooks';

export function createStrangers(port: number, secret: string): Strangers {
  const open = new Set<Socket>();
  const url = `http://127.0.0.1:${port}${PATH}`;
  const post = async (body: string | Buffer, own: Record<string, string> = {}): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': randomUUID(),
      ...own,
    };
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      // Refused in the middle of its body, as the large ones may be.
      return 0;
    }
  };
  const sign = (body: string): Record<string, string> => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  });
  const forged = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
  /** A body that never ends; the App hangs up. */
  const drip = (): void => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\nx-hub-signature-256: sha256=${'0'.repeat(64)}\r\n\r\n{`,
      ),
    );
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    socket.resume();
  };
  return {
    call: async () => {
      drip();
      const large = Buffer.alloc(24 * 1024 * 1024, 0x20);
      const answers: [string, Promise<number>, number[]][] = [
        ['no signature', post('{}'), [401]],
        ['a forged signature', post('{}', forged), [401]],
        ['a signature of another body', post('{}', sign('{"a":1}')), [401]],
        ['null', post('null', sign('null')), [200]],
        ['an array', post('[]', sign('[]')), [200]],
        ['an event called __proto__', post('{}', { ...sign('{}'), 'x-github-event': '__proto__' }), [200]],
        ['an unknown event', post('{}', { ...sign('{}'), 'x-github-event': 'star' }), [200]],
        ['no pull request', post('{"action":"opened"}', sign('{"action":"opened"}')), [200]],
        ['no JSON', post('{"a":', sign('{"a":')), [400]],
        ...Array.from({ length: 6 }, (_, index): [string, Promise<number>, number[]] => [
          `large forged body ${index}`,
          post(large, forged),
          [401, 503, 408, 0],
        ]),
      ];
      const wrong: string[] = [];
      for (const [what, answer, wanted] of answers)
        if (!wanted.includes(await answer)) wrong.push(`${what}: answered ${await answer}`);
      return wrong;
    },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
