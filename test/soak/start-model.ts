import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claudeStream } from '../support/claude-stream.ts';

/** A Messages API that finds nothing; now and then it is overloaded. */
export async function startModel(): Promise<{ url: string; asked: () => number; close: () => void }> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked += 1;
      if (asked % 7 === 0) return response.writeHead(529).end('{"type":"error","error":{"type":"overloaded_error"}}');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(claudeStream('{"findings":[],"verdicts":[]}'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
