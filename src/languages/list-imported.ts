const OF_SCRIPT = /\b(?:from|import|require\()\s{0,20}\(?\s{0,20}['"]([^'"\n]{1,200})['"]/g;
const OF_PYTHON =
  /^[ \t]*(?:from[ \t]{1,20}([\w.]{1,200})[ \t]{1,20}import[ \t]{1,20}(\([^()]{0,2000}\)|[^\n#]{1,1000})|import[ \t]{1,20}([^\n#]{1,1000}))/gm;
/** A line of its own, in the brackets of an import or behind the word. */
const OF_GO = /^[ \t]*(?:import[ \t]+)?(?:[\w.]{1,100}[ \t]+)?"([^"\n]{1,300})"[ \t]*(?:\/\/[^\n]*)?$/gm;

/** Of one file; nobody writes more. */
const MOST = 2000;

/** The modules that a file imports, as `resolveModule` takes them, told by its text alone: what is only written so counts too. */
export function listImported(path: string, text: string): string[] {
  const isPython = path.endsWith('.py');
  const written = isPython ? OF_PYTHON : path.endsWith('.go') ? OF_GO : OF_SCRIPT;
  const modules = new Set<string>();
  for (const found of text.matchAll(written)) {
    for (const module of isPython ? listOfPython(found) : [found[1] ?? '']) modules.add(module);
    if (modules.size >= MOST) break;
  }
  return [...modules];
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
    .flatMap((part) => /^\s*([\w.]{1,200})/.exec(part)?.[1] ?? []);
}
