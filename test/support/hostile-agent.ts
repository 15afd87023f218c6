import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENTS_DIR } from '../../src/agents/load-agents.ts';
import { makeTempDir } from './temp.ts';

/**
 * Our agent with one more flow, whose pattern takes for ever over `SLOW`: a file that hangs, on any machine and whatever else of
 * the engine is made faster.
 */
export function makeSlowAgent(): string {
  const dir = makeTempDir();
  cpSync(AGENTS_DIR, dir, { recursive: true });
  const flows = join(dir, 'backend-dev', 'flows');
  const command = readFileSync(join(flows, 'command-injection.yml'), 'utf8');
  mkdirSync(flows, { recursive: true });
  writeFileSync(
    join(flows, 'slow.yml'),
    command.replace(/^id: .*$/m, () => "id: slow\nlooksLike: '^(a+)+$'"),
  );
  return dir;
}

/** tree-sitter-python aborts its process on this: the state of its scanner, an indent a level and a string, outgrows its buffer. */
export const CRASHING = `import requests\nrequests.get(url)\n${nest(600)}${' '.repeat(600)}x = """a\nb"""\n`;

function nest(depth: number): string {
  return Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}if a:\n`).join('');
}
