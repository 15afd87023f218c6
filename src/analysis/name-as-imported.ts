import type { RawFinding } from '../findings/finding.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';

type File = { kind: string; text: string };

/** What a file calls a member of a module (`rand.Read`); null: as the module is called. */
type Rename = (module: string, member: string) => string | null;

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
    code.replace(MEMBERS, (all: string, module: string, member: string) => rename(module, member) ?? all),
  );
  return renamed === fix ? finding : { ...finding, fix: renamed };
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
    if (!one?.alias || one.alias === '_') return null;
    return one.alias === '.' ? member : `${one.alias}.${member}`;
  };
}

function ofPython(head: string): Rename {
  const modules = new Map(
    [...head.matchAll(/^import\s+(\w+)(?:\s+as\s+(\w+))?\s*$/gm)].map(({ 1: name = '', 2: alias }) => [
      name,
      alias ?? name,
    ]),
  );
  return (module, member) => {
    const alias = modules.get(module);
    if (alias !== undefined) return alias === module ? null : `${alias}.${member}`;
    const from = new RegExp(
      `^from\\s+${escapeRegExp(module)}\\s+import\\b[^\\n#]{0,400}?(?<![\\w.])${escapeRegExp(member)}\\b(?:\\s+as\\s+(\\w+))?`,
      'm',
    ).exec(head);
    return from ? (from[1] ?? member) : null;
  };
}

/** Names that people give modules. */
const CALLED: Readonly<Record<string, string>> = { jwt: 'jsonwebtoken' };

function ofTypescript(head: string): Rename {
  return (module, member) => {
    const from = `['"](?:node:)?${escapeRegExp(CALLED[module] ?? module)}['"]`;
    const whole = new RegExp(
      `^(?:import\\s+(?:\\*\\s+as\\s+)?([\\w$]+)\\s*(?:,\\s*\\{[^}]{0,400}\\}\\s*)?from\\s+${from}|(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*require\\(${from}\\))`,
      'm',
    ).exec(head);
    const name = whole?.[1] ?? whole?.[2];
    if (name !== undefined) return name === module ? null : `${name}.${member}`;
    const parts = new RegExp(
      `^(?:import\\s+\\{([^}]{0,400})\\}\\s*from\\s+${from}|(?:const|let|var)\\s+\\{([^}]{0,400})\\}\\s*=\\s*require\\(${from}\\))`,
      'm',
    ).exec(head);
    if (!parts) return null;
    // What is not among them is imported beside them: a bare `crypto` is another one.
    const own = new RegExp(`(?<![\\w$])${escapeRegExp(member)}\\s*(?:as|:)\\s*([\\w$]+)`).exec(
      parts[1] ?? parts[2] ?? '',
    );
    return own?.[1] ?? member;
  };
}
