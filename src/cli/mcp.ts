import { readEnvironment } from '../config/env.ts';
import { serveMcp } from '../mcp/serve-mcp.ts';

/** `mcp`: offers tools to a coding agent until the client ends. */
export async function runMcp(dir: string): Promise<number> {
  await serveMcp(readEnvironment(), dir);
  return 0;
}
