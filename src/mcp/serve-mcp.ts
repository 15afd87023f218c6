import { Console } from 'node:console';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Environment } from '../config/env.ts';
import { createLog } from '../log.ts';
import { createMcpServer } from './create-mcp-server.ts';
import { createSession } from './session.ts';

/**
 * Speaks the Model Context Protocol on standard input and output until the client closes it, or a signal comes. Logs go to standard
 * error. What is under way then is ended, with its processes.
 *
 * @param dir where the repository is looked for
 */
export async function serveMcp(env: Environment, dir: string): Promise<void> {
  // A word of a library on standard output would be no message of the protocol.
  globalThis.console = new Console(process.stderr, process.stderr);
  const log = createLog({ LOG_LEVEL: env.LOG_LEVEL, LOG_FORMAT: 'json' });
  const session = createSession(env, dir);
  const transport = new StdioServerTransport();
  const closed = new Promise<void>((resolve) => {
    const close = transport.close.bind(transport);
    // The library tells its own listener alone, and that one is taken.
    transport.close = async () => {
      await close();
      resolve();
    };
  });
  const handle = serveStdio(() => createMcpServer(session, log), {
    transport,
    onerror: (error) => log.warn({ err: error }, 'protocol'),
  });
  const stop = (): void => void handle.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  log.info({ dir }, 'listening');
  await closed;
  await session.close();
  log.info('closed');
}
