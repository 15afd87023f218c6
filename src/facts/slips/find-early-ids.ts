import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Language } from '../../languages/form.ts';
import { closingOf } from '../../text/closing-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** Code that makes a row, and code that writes it. Only the write gives the row its id. The first group is the row's name. */
const ROWS: Readonly<
  Record<Language, { made: RegExp; id: string; written: (name: string) => string; all: RegExp | null }>
> = {
  python: {
    made: /^[ \t]+(\w+)\s*(?::\s*\w+)?=\s*(?:\w+\.)?[A-Z]\w*\(/gm,
    id: 'id',
    written: (name) => `(?<![\\w.])([\\w.]+)\\.(?:add|add_all|merge)\\(\\s*\\[?[^)\\n]{0,${MOST_BETWEEN}}\\b${name}\\b`,
    // Source: docs.sqlalchemy.org, "Flushing": an id of the database is there after the flush.
    all: /\.(?:flush|commit|refresh)\(|\.execute\(|\bquery\(|scalars?\(/,
  },
  typescript: {
    made: /\b(?:const|let)\s+(\w+)\s*=\s*(?:this\.)?\w*(?:[rR]epo(?:sitory)?|em|manager|entityManager)\w*\.create\(/g,
    id: 'id',
    written: (name) =>
      `(?<![\\w.])([\\w.]+)\\.(?:save|insert|persist|persistAndFlush)\\(\\s*(?:\\w+\\s*,\\s*)?\\[?\\s*${name}\\b`,
    all: null,
  },
  go: {
    made: /^[ \t]+(\w+)\s*:=\s*&?[\w.]*[A-Z]\w*\{/gm,
    id: 'ID',
    written: (name) =>
      `(?<![\\w.])([\\w.]+?)(?:\\.(?:WithContext|Debug)\\([^()\\n]{0,40}\\))?\\.Create\\(\\s*&?${name}\\b`,
    all: null,
  },
};

/** What writes rows: a session, a client of a database. Of a set or a pool nothing is known. */
const WRITES_ROWS = /(?:^|\.)\w*(?:session|db|orm|tx|repo(?:sitory)?|em|manager)$/i;
/** The class gives itself an id. */
const OWN_ID =
  /\bself\.id\s*=|\bid\b[^\n=]{0,80}=\s*(?:field\([^\n]*default_factory|(?:[\w.]*\.)?(?:uuid\w*|random[A-Z]\w*|nanoid|ulid|cuid\w*|createId|v[47])\()|@BeforeCreate|@BeforeInsert|\bBeforeCreate\(/i;

/** The id of a row is handed on before the row is written, which is when it gets one. */
export function findEarlyIds(home: Home): FoundSlip[] {
  const { language } = home.module;
  const own = language === 'typescript' ? [...home.text.matchAll(REPOSITORY)].map(([, name = '']) => name) : [];
  const { made } = ROWS[language];
  const all = own.length === 0 ? made : new RegExp(`${made.source}|${ofNamed(own)}`, made.flags);
  if (!new RegExp(all.source, all.flags.replace('g', '')).test(home.text) || OWN_ID.test(home.text)) return [];
  return home.module.functions.filter(({ id }) => id !== 0).flatMap((form) => findIn(home, form, all, new Set(own)));
}

/** `private readonly orders: Repository<Order>`: whatever it is called. */
const REPOSITORY = /\b(\w+)\s*:\s*(?:Entity)?Repository</g;

function ofNamed(names: readonly string[]): string {
  return `\\b(?:const|let)\\s+(\\w+)\\s*=\\s*(?:this\\.)?(?:${names.join('|')})\\.create\\(`;
}

const MOST = 40;

function findIn(home: Home, form: FunctionForm, made: RegExp, own: ReadonlySet<string>): FoundSlip[] {
  const { id, written, all } = ROWS[home.module.language];
  const text = textOf(home, form.span);
  return [...text.matchAll(made)].slice(0, MOST).flatMap((match): FoundSlip[] => {
    const name = escapeRegExp(match[1] ?? match[2] ?? '');
    const open = match.index + match[0].length - 1;
    const close = closingOf(text, open) + 1;
    if (close === 0) return [];
    // It brings an id along.
    if (new RegExp(`\\b${id}\\s*[:=]|\\*\\*|\\.\\.\\.`, 'i').test(text.slice(open, close))) return [];
    const rest = text.slice(close);
    const write = new RegExp(written(name)).exec(rest);
    const use = new RegExp(`(?<![\\w.])${name}\\.${id}\\b(?!\\s*(?::?=(?!=)|\\())`).exec(rest);
    if (
      !write ||
      !use ||
      !(WRITES_ROWS.test(write[1] ?? '') || own.has(lastPart(write[1] ?? ''))) ||
      new RegExp(`\\b${name}\\.${id}\\s*:?=(?!=)|\\b${name}\\s*=(?!=)`).test(rest)
    )
      return [];
    const until = rest.slice(0, use.index);
    // Python: it is added, and written when the session flushes.
    const isWritten = all ? all.test(until) : write.index < use.index;
    const line = rest.slice(rest.lastIndexOf('\n', use.index) + 1).split('\n', 1)[0] ?? '';
    if (
      isWritten ||
      /\blog\w*\b|\bassert\b|\bif\b|\bexpect\b|\breturn\b|\blambda\b|=>|\bfunc\(/.test(
        line.replace(/^\s*if\s+(?:\w+,\s*)?err\s*:?=/, '') + lastLines(until),
      )
    )
      return [];
    const start = form.span[0] + close + use.index;
    const at: [number, number] = [start, start + use[0].length];
    // A method of it, or a function that it is handed to, may give it one.
    const between = until.replace(write[0], '');
    const suspected = new RegExp(`\\b${name}\\.\\w+\\(|\\(\\s*&?${name}\\s*[,)]`).test(between);
    return [{ kind: 'id-before-write', home, form, span: at, suspected, names: { USE: use[0], NAME: name } }];
  });
}

/** A function that is only handed on runs later. */
function lastLines(text: string): string {
  const closed = text.lastIndexOf('}');
  return [...text.matchAll(LATER)].some((one) => one.index + one[0].length > closed) ? '=>' : '';
}

const LATER = new RegExp(
  `=>|\\bfunc\\([^)]{0,${MOST_BETWEEN}}\\)[^{\\n]{0,${MOST_BETWEEN}}|\\bdef [^\\n]{1,${MOST_BETWEEN}}:|\\blambda\\b`,
  'g',
);
