import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { claudeStream } from './claude-stream.ts';

/** An answer, or a stream: `end` says how it ends, `cut` with its connection, `open` never. */
export type Said =
  | { status: number; text: string; inputTokens?: number; headers?: Record<string, string> }
  | { stream: string; end?: 'whole' | 'cut' | 'open' };

/** A Messages API that answers every request alike and keeps what it was sent. */
export async function startModel(
  answer: (body: string) => Said,
  /** What an answer waits for. */
  until: (body: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ url: string; sent: string[] }> {
  const { close, ...model } = await keepModel(answer, until);
  onTestFinished(close);
  return model;
}

/** The same for a whole file of tests, which closes it itself. */
export async function keepModel(
  answer: (body: string) => Said,
  until: (body: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ url: string; sent: string[]; close: () => void }> {
  const sent: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', async () => {
      sent.push(body + JSON.stringify(request.headers));
      await until(body);
      const said = answer(body);
      if ('stream' in said) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        if (said.end === 'open') response.write(said.stream);
        else if (said.end === 'cut') response.write(said.stream, () => response.destroy());
        else response.end(said.stream);
        return;
      }
      const { status, text, inputTokens, headers } = said;
      if (status === 200)
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end(claudeStream(text, 'end_turn', inputTokens));
      else
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify({ type: 'error', error: { type: 'api_error', message: text } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
