import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { onTestFinished } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';

export const CLI = fileURLToPath(urlOfProgram('cli/main'));

export interface Mcp {
  client: Client;
  pid: number;
  call: (name: string, args?: Record<string, unknown>) => Promise<Said>;
}

export interface Said {
  isError: boolean;
  text: string;
  structured: Record<string, unknown>;
}

interface Options {
  env?: Record<string, string>;
  args?: string[];
  client?: ClientOptions;
}

/** `backend-dev mcp` in a process of its own, as a coding agent starts it, and the SDK's client at its other end. */
export async function openMcp(cwd: string, { env = {}, args = [], client: options = {} }: Options = {}): Promise<Mcp> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, 'mcp', ...args],
    cwd,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'fatal', ...env },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1' }, options);
  // What is not of the protocol on standard output is an error of the client's.
  const faults: Error[] = [];
  Object.assign(client, { onerror: (error: Error) => faults.push(error) });
  onTestFinished(async () => {
    await client.close();
    if (faults.length > 0) throw new Error(`not of the protocol: ${faults.map(String).join('; ')}`);
  });
  await client.connect(transport, { timeout: 60_000 });
  return {
    client,
    pid: transport.pid ?? 0,
    call: async (name, args = {}) => {
      const result = await client.callTool({ name, arguments: args }, { timeout: 120_000 });
      const [first] = result.content as { type: string; text: string }[];
      return {
        isError: result.isError === true,
        text: first?.text ?? '',
        structured: (result.structuredContent ?? {}) as Record<string, unknown>,
      };
    },
  };
}

/** Processes that another one started and that still run. Linux tells. */
export function listChildren(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  } catch {
    return [];
  }
}
