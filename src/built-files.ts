import { fileURLToPath } from 'node:url';

/** Where a program of ours lies that is started by its path, such as `analysis/process/child`: built code starts built code. */
export function urlOfProgram(name: string): URL {
  return new URL(import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, import.meta.url);
}

/** Beside the built code; a checkout that was not built has none. */
export const PARSED_FILES = fileURLToPath(new URL('./parsed-files.txt', import.meta.url));
/** The examples of what is in there: only tests and `explain-rule` look at these. */
export const PARSED_EXAMPLES = fileURLToPath(new URL('./parsed-examples.txt', import.meta.url));
