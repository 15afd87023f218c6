import { codeOf } from '../text/code-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import type { RawFinding, Suggestion } from './finding.ts';

type File = { kind: string; text: string };

/** What a file calls a member of a module (`rand.Read`); null: it has no such import. `beside`: it must be added to an import. */
type Rename = (module: string, member: string) => { name: string; beside?: true } | null;

/** Imports stand at the begin of a file. */
const MOST_TEXT = 20_000;

/** The offered fix in the names under which this file has its imports: `crand.Read` where it says `crand "crypto/rand"`. */
export function nameAsImported(finding: RawFinding, file: File): RawFinding {
  const { fix } = finding;
  if (fix === null || !MEMBER.test(fix)) return finding;
  const head = file.text.slice(0, MOST_TEXT);
  const rename = READERS[file.kind]?.(head);
  if (!rename) return finding;
  const renamed = fix.replace(/`[^`]+`/g, (code) =>
    code.replace(MEMBERS, (all: string, module: string, member: string) => rename(module, member)?.name ?? all),
  );
  return renamed === fix ? finding : { ...finding, fix: renamed };
}

/**
 * An exact fix in the names under which the file has its imports. Null: it names a module that the file has not, so whoever
 * commits it gets an error in place of a flaw; a replaced line cannot bring an import.
 */
export function createFit(file: File): (suggestion: Suggestion) => Suggestion | null {
  let code: string | null = null;
  const codeIn = (): string => (code ??= textless(file.text).replace(/^[ \t]*(?:import|from)\b.*$/gm, ''));
  return (suggestion) => fitSuggestion(suggestion, file, codeIn);
}

function fitSuggestion(suggestion: Suggestion, { kind, text }: File, codeIn: () => string): Suggestion | null {
  const { startLine, endLine, replacement } = suggestion;
  const read = READERS[kind];
  if (!read) return suggestion;
  const replaced = text
    .split('\n')
    .slice(startLine - 1, endLine)
    .join('\n');
  const told = textless(replacement);
  const own = new Set([...told.matchAll(MEMBERS)].map(([, head = '']) => head).filter((head) => !has(replaced, head)));
  if (own.size === 0) return suggestion;
  const rename = read(text.slice(0, MOST_TEXT));
  let isKnown = true;
  const fitted = replacement.replace(MEMBERS, (all: string, head: string, member: string) => {
    if (!own.has(head)) return all;
    const found = rename(head, member);
    if (found && found.beside !== true) return found.name;
    // A value of the code, of the fix itself, or of the runtime.
    isKnown &&= has(codeIn(), head) || GLOBAL.test(head) || isBound(told, head);
    return all;
  });
  return isKnown ? { ...suggestion, replacement: fitted } : null;
}

const GLOBAL = /^(?:process|console|crypto|performance|globalThis|self|this|super|cls)$/;

function textless(text: string): string {
  return codeOf(text).replace(/(["'])(?:\\.|(?!\1)[^\n\\])*\1/g, '""');
}

/** Said as a name, and not as a field of something. */
function has(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(code);
}

function isBound(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$.])`).test(code);
}

const MEMBER = /`[^`]*\b[a-z]\w*\.[A-Za-z]/;
const MEMBERS = /(?<![\w$.'"/-])([a-z]\w*)\.([A-Za-z]\w*)/g;

const READERS: Readonly<Record<string, (head: string) => Rename>> = {
  go: ofGo,
  python: ofPython,
  typescript: ofTypescript,
  javascript: ofTypescript,
};

/** What `crypto/rand` has, and `math/rand` has not. */
const OF_CRYPTO = /^(?:Read|Text|Reader|Prime)$/;

function ofGo(head: string): Rename {
  const imports = [...head.matchAll(/^\s*(?:import\s+)?(?:([\w.]+)\s+)?"([\w./-]+)"\s*(?:\/\/.*)?$/gm)].map(
    ({ 1: alias, 2: path = '' }) => ({
      alias,
      path,
      own:
        path
          .replace(/\/v\d+$/, '')
          .split('/')
          .at(-1) ?? '',
    }),
  );
  return (module, member) => {
    const meant = imports.filter(({ own }) => own === module);
    const one =
      module === 'rand' && OF_CRYPTO.test(member) ? meant.find(({ path }) => path === 'crypto/rand') : meant[0];
    if (!one || one.alias === '_') return null;
    return { name: one.alias === '.' ? member : `${one.alias ?? module}.${member}` };
  };
}

function ofPython(head: string): Rename {
  const modules = new Map(
    [...head.matchAll(/^import[ \t]+([^\n#;]{1,400})/gm)].flatMap(({ 1: names = '' }) =>
      [...names.matchAll(/(?:^|,)\s*(\w+)(?:\s+as\s+(\w+))?\s*(?=,|$)/g)].map(
        ({ 1: name = '', 2: alias }): [string, string] => [name, alias ?? name],
      ),
    ),
  );
  return (module, member) => {
    const alias = modules.get(module);
    if (alias !== undefined) return { name: `${alias}.${member}` };
    const from = new RegExp(
      `^from\\s+${escapeRegExp(module)}\\s+import\\b[^\\n#]{0,400}?(?<![\\w.])${escapeRegExp(member)}\\b(?:\\s+as\\s+(\\w+))?`,
      'm',
    ).exec(head);
    return from ? { name: from[1] ?? member } : null;
  };
}

/** Names that people give modules. */
const CALLED: Readonly<Record<string, string>> = { jwt: 'jsonwebtoken' };

function ofTypescript(head: string): Rename {
  return (module, member) => {
    const from = `['"](?:node:)?${escapeRegExp(Object.hasOwn(CALLED, module) ? (CALLED[module] ?? module) : module)}['"]`;
    const whole = new RegExp(
      `^(?:import\\s+(?:\\*\\s+as\\s+)?([\\w$]+)\\s*(?:,\\s*\\{[^}]{0,400}\\}\\s*)?from\\s+${from}|(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*require\\(${from}\\))`,
      'm',
    ).exec(head);
    const name = whole?.[1] ?? whole?.[2];
    if (name !== undefined) return { name: `${name}.${member}` };
    const parts = new RegExp(
      `^(?:import\\s+\\{([^}]{0,400})\\}\\s*from\\s+${from}|(?:const|let|var)\\s+\\{([^}]{0,400})\\}\\s*=\\s*require\\(${from}\\))`,
      'm',
    ).exec(head);
    if (!parts) return null;
    // What is not among them is imported beside them: a bare `crypto` is another one.
    const own = new RegExp(`(?<![\\w$])${escapeRegExp(member)}(?![\\w$])(?:\\s*(?:as|:)\\s*([\\w$]+))?`).exec(
      parts[1] ?? parts[2] ?? '',
    );
    return own ? { name: own[1] ?? member } : { name: member, beside: true };
  };
}
