import type { FlowData } from '../flows/flow-data.ts';
import { createProgram } from '../flows/program.ts';
import { readHome } from '../flows/read-home.ts';
import type { Home } from '../flows/value.ts';
import { indexPaths } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import { TooDeep } from '../languages/syntax.ts';
import { extractFacts } from './extract-facts.ts';
import type { Facts } from './facts.ts';

export interface ReadFacts {
  facts: Facts;
  /** Files that could not be read, and why. */
  left: readonly { path: string; reason: string }[];
  /** Some files ask for more work than they may cost: facts of theirs may be missing. */
  clipped: boolean;
}

/**
 * The facts of a program's files.
 * @throws ParserBroken
 */
export async function readFacts(files: readonly { path: string; text: string }[], data: FlowData): Promise<ReadFacts> {
  const homes: Home[] = [];
  const left: { path: string; reason: string }[] = [];
  for (const { path, text } of files) {
    try {
      const home = await readHome(path, text);
      if (home) homes.push(home);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      left.push({ path, reason: error.message });
    }
  }
  const index = indexPaths(homes.map(({ path }) => path));
  const program = createProgram(homes, (path, module) => resolveModule(index, path, module));
  return { ...extractFacts(program, data), left };
}
