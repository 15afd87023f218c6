import { SERVER_FILE, showsServerCode } from '../change/server-code.ts';
import { isTest } from '../scope/select.ts';
import { dirOf, joinPath } from '../text/paths.ts';
import type { FindReaders } from './find-readers.ts';

const GLOBS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.html'].map(
  (one) => `*${one}`,
);
/** The most modules between a file and a page: a hook, a store, an API client. */
const MOST_BETWEEN = 3;

const IMPORT = /\b(?:from|import|require\()\s*\(?\s*['"]([^'"\n]{1,200})['"]/g;
/** What a page starts with. */
const STARTS = /<script\b[^>]{0,200}?\ssrc\s*=\s*['"]([^'"\n]{1,200})['"]/g;
/** What only the compiler reads. */
const TYPES = /^\s*import\s+type\b[^'"]{0,2000}['"][^'"\n]{0,200}['"];?/gm;
/** Runs in front of a person: state of a page, or the page itself. */
const PAGE =
  /^\s*['"]use client['"]|\buse(?:State|Effect|LayoutEffect|Reducer|Ref|Callback|Memo|Transition|Query|Mutation|Store|Router|SWR|Toast)\s*[(<]|(?<![\w.])(?:window|document|localStorage|sessionStorage|navigator)\.\w/m;

/**
 * Of these scripts those that only pages import, themselves or through others: they run in front of the person who waits,
 * also where the package around them serves. What nobody imports, or what cannot be told, is none of them.
 */
export async function listShown(
  scripts: readonly { path: string; text: string }[],
  find: FindReaders,
): Promise<Set<string>> {
  const asked = scripts.filter((script) => kindOf(script) !== 'server').map(({ path }) => path);
  const importers = new Map<string, { path: string; text: string }[]>();
  let open = asked;
  for (let step = 0; step <= MOST_BETWEEN && open.length > 0; step++) {
    const found = await find([...new Set(open.map(stemOf))], GLOBS);
    if (!found) break;
    const texts = [...found].map(([path, text]) => ({ path, text, from: listImports(path, text) }));
    for (const module of open)
      importers.set(
        module,
        texts.filter(({ path, from }) => path !== module && !isTest(path) && from.some((one) => means(one, module))),
      );
    const between = open.flatMap((module) => importers.get(module) ?? []).filter((one) => kindOf(one) === 'between');
    open = [...new Set(between.map(({ path }) => path))].filter((path) => !importers.has(path));
  }
  const isShown = (module: string, above: readonly string[] = []): boolean => {
    const by = importers.get(module) ?? [];
    return (
      by.length > 0 &&
      by.every((one) => {
        const kind = kindOf(one);
        return kind === 'between'
          ? !above.includes(one.path) && isShown(one.path, [...above, module])
          : kind === 'page';
      })
    );
  };
  return new Set(asked.filter((path) => isShown(path)));
}

function kindOf({ path, text }: { path: string; text: string }): 'page' | 'server' | 'between' {
  if (/\.(?:vue|svelte|html)$/.test(path) || /^\s*['"]use client['"]/.test(text)) return 'page';
  if (SERVER_FILE.test(path) || showsServerCode(text.replace(TYPES, ''))) return 'server';
  return PAGE.test(text) ? 'page' : 'between';
}

/** What a script imports: a path of the tree without its ending, or, of what is no relative import, how it ends. */
function listImports(path: string, text: string): { path: string; exact: boolean }[] {
  if (path.endsWith('.html'))
    return [...text.matchAll(STARTS)].flatMap(({ 1: src = '' }) =>
      /^(?:\w+:)?\/\//.test(src) ? [] : [{ path: bare(joinPath(dirOf(path), `./${src}`)), exact: true }],
    );
  return [...text.matchAll(IMPORT)].flatMap(({ 1: from = '' }) => {
    const name = bare(from);
    if (name.startsWith('.')) return [{ path: joinPath(dirOf(path), name), exact: true }];
    // The first part is an alias or a package, of a scope the first two.
    const tail = name.split('/').slice(/^@\w/.test(name) ? 2 : 1);
    return [
      ...(tail.length > 0 ? [{ path: tail.join('/'), exact: false }] : []),
      ...(/^@\w/.test(name) ? [{ path: name.split('/').slice(1).join('/'), exact: false }] : []),
      ...(name.includes('/') ? [{ path: name, exact: false }] : []),
    ];
  });
}

function means({ path, exact }: { path: string; exact: boolean }, module: string): boolean {
  const own = bare(module);
  return own === path || (!exact && own.endsWith(`/${path}`));
}

function bare(path: string): string {
  return path.replace(/\.(?:[cm]?[jt]sx?|vue|svelte)$/, '').replace(/(?<=[^./])\/index$/, '');
}

/** By what an import of it names: of an `index` its folder. */
function stemOf(path: string): string {
  return bare(path).split('/').at(-1) ?? '';
}
