import { readEnvironment } from '../config/env.ts';
import { serveMcp } from '../mcp/serve-mcp.ts';

/** `mcp`: tools for coding agents, until the client goes. */
export async function runMcp(dir: string): Promise<number> {
  await serveMcp(readEnvironment(), dir);
  return 0;
}
