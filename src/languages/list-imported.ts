const OF_SCRIPT = /\b(?:from|import|require\()\s*\(?\s*['"]([^'"\n]{1,200})['"]/g;
const OF_PYTHON =
  /^[ \t]*(?:from[ \t]+(\.*[\w.]{0,200})[ \t]+import[ \t]+(\([^()]{0,4000}\)|[^\n#]{1,1000})|import[ \t]+([^\n#]{1,1000}))/gm;
/** A line of its own, in the brackets of an import or behind the word. */
const OF_GO = /^[ \t]*(?:import[ \t]+)?(?:[\w.]{1,100}[ \t]+)?"([^"\n]{1,300})"[ \t]*(?:\/\/[^\n]*)?$/gm;

/** The modules that a file imports, as `resolveModule` takes them, told by its text alone: what is only written so counts too. */
export function listImported(path: string, text: string): string[] {
  if (path.endsWith('.py')) return [...text.matchAll(OF_PYTHON)].flatMap(listOfPython);
  const written = path.endsWith('.go') ? OF_GO : OF_SCRIPT;
  return [...text.matchAll(written)].flatMap(([, from]) => from ?? []);
}

/** What is taken out of a package may be a module of it. */
function listOfPython([, from, taken, whole]: RegExpExecArray): string[] {
  const names = listNames(taken ?? whole ?? '');
  if (from === undefined) return names;
  const below = from === '' || from.endsWith('.') ? from : `${from}.`;
  return [from, ...names.map((name) => below + name)];
}

function listNames(text: string): string[] {
  return text
    .replace(/#[^\n]*|[()\\]/g, '')
    .split(',')
    .flatMap((part) => /^\s*([\w.]+)/.exec(part)?.[1] ?? []);
}
