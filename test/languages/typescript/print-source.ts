import { lowerFile } from '../../../src/languages/lower-file.ts';
import { printModule } from '../print-form.ts';

/** One behaviour of the front end: a source, and the lines that its form prints. */
export interface Row {
  does: string;
  source: string;
  /** The end of the file's name, where it matters. */
  ends?: 'ts' | 'js' | 'jsx';
  prints: readonly string[];
}

export async function printSource(source: string, ends: string): Promise<string[]> {
  const module = await lowerFile(`a.${ends}`, source);
  return module ? printModule(module).trimEnd().split('\n') : [];
}
