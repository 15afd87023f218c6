const OF_SCRIPT =
  /\b(?:from|import|require)\b(?:\s|\(|\/\*[^*]{0,100}\*\/){0,20}(?:'([^'\n]{1,200})'|"([^"\n]{1,200})"|`([^`$\n]{1,200})`)/g;
const OF_PYTHON =
  /(?:^|[;:])[ \t]*(?:from(?:[ \t]|\\\n){1,20}([\w.]{1,200})(?:[ \t]|\\\n){1,20}import(?:[ \t]|\\\n){1,20}(\([^()]{0,2000}\)|[^\n#;]{1,1000})|import(?:[ \t]|\\\n){1,20}([^\n#;]{1,1000}))/gm;
/** A line of its own, in the brackets of an import or behind the word. */
const OF_GO = /^[ \t]*(?:import[ \t]+)?(?:[\w.]{1,100}[ \t]+)?"([^"\n]{1,300})"[ \t]*(?:\/\/[^\n]*)?$/gm;

/** They take a name as a value: then any text of the file may be one. */
const BY_VALUE = /\bcreateRequire\b|\bimport_module\b|\b__import__\b/;
const TEXTS = /'([^'\n]{1,200})'|"([^"\n]{1,200})"/g;

/** Of one file; nobody writes more. */
const MOST = 2000;

/** The modules that a file imports, as `resolveModule` takes them, told by its text alone: what is only written so counts too. */
export function listImported(path: string, text: string): string[] {
  const isPython = path.endsWith('.py');
  const written = isPython ? OF_PYTHON : path.endsWith('.go') ? OF_GO : OF_SCRIPT;
  const modules = new Set<string>();
  const take = (pattern: RegExp, read: (found: RegExpExecArray) => string[]): void => {
    for (const found of text.matchAll(pattern)) {
      for (const module of read(found)) modules.add(module);
      if (modules.size >= MOST) break;
    }
  };
  take(written, isPython ? listOfPython : listGroups);
  if (BY_VALUE.test(text)) take(TEXTS, listGroups);
  return [...modules];
}

function listGroups([, ...groups]: RegExpExecArray): string[] {
  return groups.flatMap((group) => group ?? []);
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
