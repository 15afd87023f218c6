import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENTS_DIR } from '../../src/agents/load-agents.ts';
import { makeTempDir } from './temp.ts';

/**
 * Our agent with a class whose pattern takes for ever over `SLOW`: a file that hangs, on any machine and whatever else of the engine
 * is made faster.
 */
export function makeSlowAgent(): string {
  return makeAgentWith("dangerous: statement\nlooksLike: '^(a+)+$'\n");
}

/** Our agent with wrong data: no process that is to serve it gets ready. */
export function makeBrokenAgent(): string {
  return makeAgentWith('unheardOf: true\n');
}

function makeAgentWith(lines: string): string {
  const dir = makeTempDir();
  cpSync(AGENTS_DIR, dir, { recursive: true });
  const path = join(dir, 'backend-dev', 'classes', 'command-injection.yml');
  writeFileSync(path, `${readFileSync(path, 'utf8')}${lines}`);
  return dir;
}

/** tree-sitter-python aborts its process on this: the state of its scanner, an indent a level and a string, outgrows its buffer. */
export const CRASHING = `import requests\nrequests.get(url)\n${nest(600)}${' '.repeat(600)}x = """a\nb"""\n`;

function nest(depth: number): string {
  return Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}if a:\n`).join('');
}
