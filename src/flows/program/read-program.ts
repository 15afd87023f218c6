import { indexPaths } from '../../languages/path-index.ts';
import { listWritten } from '../../languages/read-view.ts';
import { resolveModule, resolveView } from '../../languages/resolve-module.ts';
import { TooDeep } from '../../languages/syntax.ts';
import { engineOf } from '../../text/view-engine.ts';
import type { Home } from '../values/value.ts';
import { createProgram, type Program, type View } from './program.ts';
import { readHome } from './read-home.ts';

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
  const views = new Map(files.filter(({ path }) => engineOf(path) !== null).map(({ path, text }) => [path, text]));
  const ofViews = indexPaths([...views.keys()]);
  const read = new Map<string, View>();
  const findView = (path: string, name: string): View | null => {
    const [found] = views.size > 0 ? resolveView(ofViews, path, name) : [];
    if (found === undefined) return null;
    const view = read.get(found) ?? { path: found, written: listWritten(found, views.get(found) ?? '') };
    read.set(found, view);
    return view;
  };
  return { program: createProgram(homes, (path, module) => resolveModule(index, path, module), findView), homes, left };
}
