import type { FlowData } from '../flows/flow-data.ts';
import { readProgram } from '../flows/program/read-program.ts';
import { type Extracted, extractFacts } from './extract-facts.ts';

export interface ReadFacts extends Extracted {
  /** Files that could not be read, and why. */
  left: readonly { path: string; reason: string }[];
}

/**
 * The facts of a program's files.
 *
 * @param of paths of the files whose facts are wanted, with those that their package or router gets elsewhere; null: of all
 * @throws ParserBroken
 */
export async function readFacts(
  files: readonly { path: string; text: string }[],
  data: FlowData,
  of: readonly string[] | null = null,
): Promise<ReadFacts> {
  const { program, homes, left } = await readProgram(files);
  const own = of === null ? homes : homes.filter(({ path }) => of.includes(path));
  return { ...extractFacts(program, data, own), left };
}
