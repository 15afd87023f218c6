import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { isComment } from '../text/is-comment.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import type { FindReaders } from './find-readers.ts';
import { READER_GLOBS } from './names-file.ts';

/** The place of a finding: its file, and the dotted name of what encloses it. */
export interface Enclosed {
  path: string;
  symbol: string;
}

export const keyOf = ({ path, symbol }: Enclosed): string => `${path}\n${symbol}`;

const CODE = /\.(?:go|py|[cm]?[jt]s)$/;
const DOCUMENT = /\.(?:md|mdx|rst|adoc)$/;
/** A word that stands in much of any program says nothing; nor is it a name that somebody chose for this one. */
const LEAST_LETTERS = 6;
/** Called by what runs the program, which no file of it says: entries, hooks and handlers of platforms and frameworks. */
const ENTRY =
  /^(?:main|init|handler|lambda_?handler|setup|register|configure|middleware|upgrade|downgrade|create_?app|bootstrap|(?:on|do|test|pytest|get(?:Server|Static))_?[A-Z_]\w*)$|^(?:Test|Benchmark|Example|Fuzz)[A-Z]/i;
/** Found by where it lies. */
const ROUTED = /(?:^|\/)(?:pages|app|routes|api|functions|handlers|controllers|plugins|migrations|commands|hooks)\//;

/**
 * Of these places, by their keys, those in functions that no code calls, but tests: nothing outside its own definition names the
 * function, and nothing is put on it where it is defined. Of Go also those of a package that no code imports. What has no name of
 * its own, or may be called by name or by place, is none of them.
 */
export async function listUncalled(places: readonly Enclosed[], find: FindReaders): Promise<Set<string>> {
  // A function may hold many findings, and a folder many functions.
  const distinct = new Map(places.filter(({ path }) => CODE.test(path)).map((one) => [keyOf(one), one]));
  const asked = [...distinct.values()].map((one) => ({ one, ...namesOf(one) }));
  const words = new Set(asked.flatMap(({ word, folder }) => [word, folder].flatMap((name) => name ?? [])));
  const found = words.size > 0 ? await find([...words], READER_GLOBS) : null;
  if (!found) return new Set();
  const readers = [...found].filter(([path]) => !isTest(path) && !DOCUMENT.test(path));
  const called = new Set([...words].filter((word) => readers.some(([path, text]) => calls(path, text, word))));
  const isUncalled = (word: string, path: string): boolean => !called.has(word) && !isPut(found.get(path), word);
  const dirs = new Map(asked.flatMap(({ one, folder }) => (folder === null ? [] : [[dirOf(one.path), folder]])));
  const left = new Set(
    [...dirs].flatMap(([dir, folder]) => {
      const named = new RegExp(`/${escapeRegExp(folder)}(?:/v\\d+)?"`);
      return readers.some(([path, text]) => imports(path, text, dir, named)) ? [] : [dir];
    }),
  );
  const isLeft = (path: string): boolean => !isProgram(found.get(path)) && left.has(dirOf(path));
  return new Set(
    asked
      .filter(
        ({ one, word, folder }) =>
          (word !== null && isUncalled(word, one.path)) || (folder !== null && isLeft(one.path)),
      )
      .map(({ one }) => keyOf(one)),
  );
}

/** The name by which code would call it, and the one by which Go would import its package; null: none that says anything. */
function namesOf({ path, symbol }: Enclosed): { word: string | null; folder: string | null } {
  const isMethod = symbol.includes('.');
  const says = symbol.length >= LEAST_LETTERS && !ENTRY.test(symbol) && !ROUTED.test(path);
  const folder = path.endsWith('.go') && path.includes('/') ? nameOf(dirOf(path)) : null;
  return { word: says && !isMethod ? symbol : null, folder };
}

/** Anything but its definition, and words about it. */
function calls(path: string, text: string, word: string): boolean {
  const name = escapeRegExp(word);
  const named = new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g');
  const defined = new RegExp(
    `^\\s*(?:export\\s+)?(?:async\\s+)?(?:def|func|function\\*?|const|let|var)\\s+${name}(?![\\w$])`,
  );
  return text
    .split('\n')
    .some(
      (line) =>
        line.includes(word) &&
        !(CODE.test(path) && isComment(line)) &&
        [...line.matchAll(named)].length > (defined.test(line) ? 1 : 0),
    );
}

/** A decorator, a directive or a default export hands it to others without its name. */
function isPut(text: string | undefined, word: string): boolean {
  const at =
    text?.search(new RegExp(`(?:def|func|function\\*?|const|let|var)\\s+${escapeRegExp(word)}(?![\\w$])`)) ?? -1;
  if (text === undefined || at < 0) return true;
  const start = text.lastIndexOf('\n', at) + 1;
  const above = text.slice(0, start).trimEnd().split('\n').at(-1) ?? '';
  return /^\s*(?:@|\)\s*$|\/\/(?:go:|export\b))/.test(above) || /\bexport\s+default\b/.test(text.slice(start, at));
}

function isProgram(text: string | undefined): boolean {
  return text === undefined || /^package main\b/m.test(text);
}

/** `"example.org/module/internal/keys"`, also of a later version, in a file of another folder. */
function imports(path: string, text: string, dir: string, named: RegExp): boolean {
  return path.endsWith('.go') && dirOf(path) !== dir && named.test(text);
}
