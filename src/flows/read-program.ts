import { indexPaths } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import { TooDeep } from '../languages/syntax.ts';
import { createProgram, type Program } from './program.ts';
import { readHome } from './read-home.ts';
import type { Home } from './value.ts';

export interface ReadProgram {
  program: Program;
  homes: readonly Home[];
  /** Files that are nested too deep to be read, and why in words. */
  left: readonly { path: string; reason: string }[];
}

/**
 * Files as one program, those of a language that is not known left out.
 * @throws ParserBroken
 */
export async function readProgram(files: readonly { path: string; text: string }[]): Promise<ReadProgram> {
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
  return { program: createProgram(homes, (path, module) => resolveModule(index, path, module)), homes, left };
}
